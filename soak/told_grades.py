"""Holds every grade that a message tells against the judgement, the change or the page's fact that it came from.

Reads the finished words and not the code that made them: each grade with a capital in the program's own words, the area
that stands beside it, and what it "was". So a grade of another area, or the first of a page for the whole, is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.model import Event
from monitor.model.areas import OVERALL
from monitor.model.payloads import ReportPayload
from monitor.wording import describe, grading

_QUOTATION = re.compile(r"“[^“”]*”")
_GRADES = ("Requires improvement", "Outstanding", "Good", "Inadequate", "Adequate")
_GRADE = "|".join(_GRADES)
_NAMES = {
    **{name.lower(): area for area, name in grading.AREAS.items()},
    **{name.lower(): area for area, name in grading.SIF_AREAS.items()},
    **{grading.short_name(area, "ilacs").lower(): area for area in grading.AREAS},
}
_AREA = "|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))
_AREA_THEN_GRADE = re.compile(
    rf"\b(?P<area>{_AREA}):? (?:up to |down to )?(?P<now>{_GRADE})\b(?: \(was (?P<was>{_GRADE})\b)?",
    re.IGNORECASE,
)
_GRADE_FOR_AREA = re.compile(rf"\b(?P<now>{_GRADE}) for (?:the )?(?P<area>{_AREA})\b", re.IGNORECASE)
_OVERALL = re.compile(rf"\b(?P<now>{_GRADE}) (?:overall|again|in all \w+ areas)\b(?: \(was (?P<was>{_GRADE})\b)?")
_JUDGED = re.compile(rf"was judged (?P<told>[^:“]*?(?:{_GRADE})[^:“]*)")
_ONE_JUDGED = re.compile(rf"(?P<now>{_GRADE})(?: (?P<all>overall)| for (?:the )?(?P<area>{_AREA}))?", re.IGNORECASE)


def wrong_grades(event: Event, card: describe.Card | None = None) -> Iterator[str]:
    """Each grade told of an event, on its card or on the one that is given, that nothing of the event gives."""
    shown = card or describe.describe(event)
    yield from _of_report(event, shown) if event.kind.startswith("report.") else _of_page(event, shown)


def _of_report(event: Event, card: describe.Card) -> Iterator[str]:
    now, was = _now(event), _was(event)
    said = _QUOTATION.sub("", " | ".join([card.what, card.gist, card.alert, *card.notes]))
    for found in [*_AREA_THEN_GRADE.finditer(said), *_GRADE_FOR_AREA.finditer(said)]:
        yield from _differs(found.groupdict(), _NAMES[found["area"].lower()], now, was, said)
    for found in _OVERALL.finditer(card.what):
        yield from _differs_overall(found.groupdict(), now, was, card.what)
    for line in card.lines:
        yield from _of_line(line, now, was)
    known = {*now.values(), *was.values(), *_recalled(event)}
    yield from (f"{grade} of nothing: {said}" for grade in re.findall(rf"\b(?:{_GRADE})\b", said) if grade not in known)


def _of_line(line: grading.Line, now: Mapping[str, str], was: Mapping[str, str]) -> Iterator[str]:
    """A line of the table: its first grade is the one now, unless nothing is judged any more; a second was before."""
    told = re.findall(rf"\b(?:{_GRADE})\b", line.text)
    if line.direction == "first_separate":
        pairs = [(line.key, told[0]), *_named_pairs(line.text)]
        yield from (f"{area} told as {grade}: {line}" for area, grade in pairs if now.get(area) != grade)
        return
    gone = line.direction == "no_longer_judged" or "not judged" in line.text.partition("(")[0]
    wanted = [*([] if gone else [now.get(line.key)]), was.get(line.key)]
    if told and told != [grade for grade in wanted if grade][: len(told)]:
        yield f"{told} told where {wanted} is known: {line}"


def _named_pairs(text: str) -> Iterator[tuple[str, str]]:
    """ "care leavers: Outstanding" of a line; not what was judged together."""
    for found in _AREA_THEN_GRADE.finditer(text):
        yield _NAMES[found["area"].lower()], found["now"]


def _differs(
    told: Mapping[str, str | None], area: str, now: Mapping[str, str], was: Mapping[str, str], said: str
) -> Iterator[str]:
    if now.get(area) != told["now"]:
        yield f"{area} told as {told['now']}, known as {now.get(area)}: {said}"
    if told.get("was") and was.get(area) != told["was"]:
        yield f"{area} told as {told['was']} before, known as {was.get(area)}: {said}"


def _differs_overall(
    told: Mapping[str, str | None], now: Mapping[str, str], was: Mapping[str, str], said: str
) -> Iterator[str]:
    if OVERALL in now:
        yield from _differs(told, OVERALL, now, was, said)
    elif set(now.values()) != {told["now"]}:
        yield f"{told['now']} told for all of {now}: {said}"


def _now(event: Event) -> dict[str, str]:
    made = dict(event.after_as(ReportPayload).judgements)
    made |= {change.area: change.after for change in event.changes if change.after}
    return {area: grading.grade(found) for area, found in made.items() if found}


def _was(event: Event) -> dict[str, str]:
    return {change.area: grading.grade(change.before) for change in event.changes if change.before}


def _recalled(event: Event) -> Iterator[str]:
    """Grades of earlier inspections, which a visit's letter leaves as they are."""
    for judged in event.after_as(ReportPayload).history:
        yield from (grading.grade(found) for found in judged.judgements.values())
    yield from (grading.grade(found) for found in event.before_as(ReportPayload).judgements.values() if found)


def _of_page(event: Event, card: describe.Card) -> Iterator[str]:
    """ "was judged Good for help and protection": a fact of the page says so, of that area, in words that have it."""
    given = [_fact(fact.field, fact.value, fact.quote) for fact in event.facts]
    for sentence in [card.what, card.gist, card.alert, *card.notes]:
        for judged in _JUDGED.finditer(sentence):
            for told in _ONE_JUDGED.finditer(judged["told"]):
                area = OVERALL if told["all"] else _NAMES.get((told["area"] or "").lower())
                if not any(_gives(fact, told["now"], area) for fact in given):
                    yield f"{told[0]} of no fact: {sentence}"


def _fact(field: str, value: Any, quote: str) -> tuple[str | None, str, str]:
    """The area of a fact, its grade and its quotation."""
    known = value if isinstance(value, dict) else {"grade": value}
    area = known.get("area") or field.partition(".")[2] or None
    return area, str(known.get("grade") or ""), quote.lower()


def _gives(fact: tuple[str | None, str, str], told: str, area: str | None) -> bool:
    known, found, quote = fact
    same_area = known == area if area else known not in grading.AREAS
    return same_area and grading.grade(found) == told and found.lower().split()[0][:6] in quote
