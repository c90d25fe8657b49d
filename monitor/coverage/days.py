"""Reads the days that a page states: of visits, letters, publication and meetings. The words before a date tell what it
is.

A date without a year stays as it is written. The reader works out a year only if the sentence also names the day of the
week, and that agrees with the page's own date. Such a date is an inference, not a statement of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from monitor.coverage.passages import Passage
from monitor.coverage.words import compiled
from monitor.model import Fact
from monitor.model.date_spans import LEAP, Span, spans
from monitor.model.english_dates import MONTH, ORDINAL, iso, month_number

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CUES = (
    ("next_meeting", r"\bnext\s+(?:\w+\s+){0,3}meeting\b"),
    (
        "meeting_date",
        r"\b(?:meeting|meet|met|agenda|minutes)\b|\b(?:committee|cabinet|panel|board)\b[^.;]{0,30}\b(?:on|of|held)\b",
    ),
    ("letter_date", r"\bdated\b|\b(?:letter|report)\s+of\s+(?:the\s+)?$|\bwrote\b"),
    ("report_published", r"\b(?:publish\w*|publication|released|issued|came\s+out|out\s+today)\b"),
    ("visit_dates", r"\b(?:visit\w*|inspect(?:ed|ions?|ors)|took\s+place|carried\s+out|on\s+site|fieldwork|spent)\b"),
)
_PATTERNS = tuple((field, compiled(words)) for field, words in _CUES)
_EARLIER = compiled(
    r"\b(?:previous(?:ly)?|last|earlier|prior|before|since|followed|subsequent)\b[^.;]{0,60}\b(?:inspect\w*"
    r"|visit\w*|judged|rated)\b"
    r"|\b(?:inspect\w*|visit\w*|judged|rated)\b[^.;]{0,20}\b(?:previously|before)\b|\bhad\s+been\s+(?:judged"
    r"|rated)|\bjudged\b|\brated\b"
)
_DEADLINE = compiled(r"\b(?:by|until|before)\s+(?:the\s+)?(?:\w+day,?\s+)?(?:the\s+)?$")
_TO_COME = compiled(
    r"\b(?:due|set|expected|likely|scheduled)\s+(?:to\s+be\s+)?(?:publish|releas|issu|out)\w*\s+(?:on\s+)?(?:\w+day,?\s+)?(?:the\s+)?$"
)
_CLAUSE = re.compile(r"[;]|, (?:and|but|while|which)\b|\b(?:recent|latest|current|and that)\b")
_SHORT_DAY = re.compile(
    rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+)?(?:the\s+)?(?P<day>\d{{1,2}}){ORDINAL}(?:(?:\s+{MONTH})?\s*(?:and"
    rf"|to|-|\u2013)\s*\d{{1,2}}{ORDINAL})?\s+(?:of\s+)?(?P<month>{MONTH})\b(?!\s*,?\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"(?<!\d )(?<!\dth )\b(?P<month>{MONTH})\s+(?P<year>20\d\d)\b", re.IGNORECASE)
_VISITED_AFTER = compiled(
    r"(?:(?!\b(?:committee|cabinet|met|meeting|report|letter|publish\w*|panel|councillors?)\b)[^.;]){0,90}?\b(?:inspect(?:ed"
    r"|ions?|ors)|visit(?:ed)?)\b(?!\s+(?:report|letter))"
)
_TODAY = compiled(
    r"\b(?:publish\w*|released|issued|out)\s+(?:\w+\s+){0,2}today\b|\btoday\b[^.]{0,40}\b(?:publish|releas|issu)\w*"
)
_CHARACTERS_BEFORE_DATE = 500
"""How far before a date the reader looks for the word that tells what the date is."""
_MAX_DATES_OF_PASSAGE = 40
"""The reader looks at no more dates of one passage; no sentence has so many."""
_MAX_DAYS_OF_VISIT = 45
_MAX_DAYS_BETWEEN_VISITS = 60
"""Two periods of one inspection, or its dates in two papers, lie at most so many days apart."""
_MAX_DAYS_SINCE_VISIT = 550
"""A page that names an older visit is about something else."""
_MAX_DAYS_UNTIL_TOLD = 4
"""A newspaper or a council writes "on Thursday 25 May" at most so many days after that day."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a page as facts and inferences, and the days that it states whole."""

    facts: tuple[Fact, ...]
    inferred: tuple[Fact, ...]
    visits: tuple[tuple[str, str], ...]
    letters: tuple[str, ...]
    reports: tuple[str, ...]


def days_of(title: str, said: Sequence[Passage], published: str | None) -> Days:
    """Find all days of a page. The title helps to decide which visit counts, but gives no fact of the text."""
    dated = [(p, field, span) for p in said for field, span in _whole(p.plain)]
    spans_ = [s for _, f, s in dated if f == "visit_dates"] + [s for f, s in _whole(title) if f == "visit_dates"]
    since = _current_since(spans_, published)
    facts = [Fact(f, _value(f, s), p.text) for p, f, s in dated if f != "visit_dates" or s.end >= since]
    facts += [fact for p in said for fact in _partial(p)]
    inferred = [fact for p in said for fact in _inferred(p, published)]
    visits = dict.fromkeys((s.start.isoformat(), s.end.isoformat()) for s in spans_ if s.end >= since)
    return Days(
        facts=_first_of_each(facts),
        inferred=_first_of_each(inferred),
        visits=tuple(visits),
        letters=_of(facts, "letter_date"),
        reports=_of(facts, "report_published"),
    )


def _current_since(visits: Sequence[Span], published: str | None) -> date:
    """The first day on which the visit that the page is about can have been: near the latest visit that it names, and
    not years before the page itself."""
    near = max((span.end.toordinal() for span in visits), default=0) - _MAX_DAYS_BETWEEN_VISITS
    fresh = date.fromisoformat(published).toordinal() - _MAX_DAYS_SINCE_VISIT if published else 0
    return date.fromordinal(max(near, fresh, 1))


def iso_day(published: str | None) -> str | None:
    """Return the day of an ISO 8601 date or time, or None for other text."""
    try:
        return date.fromisoformat((published or "")[:10]).isoformat()
    except ValueError:
        return None


def _first_of_each(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Each date once, with the first sentence that has it. The foot of a page repeats dates."""
    return tuple({(f.field, str(f.value)): f for f in reversed(facts)}.values())[::-1]


def _of(facts: Sequence[Fact], field: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(f.value for f in facts if f.field == field and re.fullmatch(r"\d{4}-\d\d-\d\d", f.value))
    )


def _value(field: str, span: Span) -> object:
    if field != "visit_dates":
        return span.start.isoformat()
    return [span.start.isoformat()] if span.start == span.end else [span.start.isoformat(), span.end.isoformat()]


def _whole(words: str) -> Iterator[tuple[str, Span]]:
    """Dates with their years, each with the field that the nearest words before it give it."""
    from_here = 0
    for span in islice(spans(words), _MAX_DATES_OF_PASSAGE):
        field = _field(words, from_here, span.at)
        from_here = span.at + len(span.words)
        if field is None or (span.end - span.start).days > _MAX_DAYS_OF_VISIT or span.end < span.start:
            continue
        yield field, span


def _field(words: str, start: int, at: int) -> str | None:
    """The field of the date at this place. None for a date of an earlier inspection, or without a word that tells."""
    farthest = max(0, at - _CHARACTERS_BEFORE_DATE)
    if _TO_COME.search(words[start:at]) or _DEADLINE.search(words[farthest:at]):
        return None
    near = words[max(start, farthest) : at]
    before = near if _telling(near) else words[farthest:at]
    field = _telling(before) or ("visit_dates" if _VISITED_AFTER.match(words[at:]) else None)
    if field == "visit_dates" and _EARLIER.search(_CLAUSE.split(before)[-1]):
        return None
    return field


def _telling(before: str) -> str | None:
    """The field whose words stand nearest before the date."""
    found = [(match.end(), -n, field) for n, (field, cue) in enumerate(_PATTERNS) for match in cue.finditer(before)]
    return max(found)[2] if found else None


def _partial(p: Passage) -> Iterator[Fact]:
    """Days of publication and visits without a year, as the page writes them."""
    whole = [range(span.at, span.at + len(span.words)) for span in islice(spans(p.plain), _MAX_DATES_OF_PASSAGE)]
    for short in islice(_SHORT_DAY.finditer(p.plain), _MAX_DATES_OF_PASSAGE):
        if any(short.start() in stretch for stretch in whole):
            continue
        field = _field(p.plain, 0, short.start())
        if field == "visit_dates":
            yield Fact(field, [short[0]], p.text)
        elif field in ("report_published", "letter_date"):
            yield Fact(field, short[0], p.text)


def _inferred(p: Passage, published: str | None) -> Iterator[Fact]:
    """Whole dates worked out with the page's own date: "Thursday 25 May" in the year in which 25 May was a Thursday."""
    if not published:
        return
    day = date.fromisoformat(published)
    if _TODAY.search(p.plain) and not _SHORT_DAY.search(p.plain):
        yield Fact("report_published", day.isoformat(), p.text)
    for short in islice(_SHORT_DAY.finditer(p.plain), _MAX_DATES_OF_PASSAGE):
        field = _field(p.plain, 0, short.start())
        when = _in_year(short, day)
        if when and field in ("report_published", "visit_dates", "letter_date"):
            yield Fact(field, [when] if field == "visit_dates" else when, p.text)


def _in_year(short: re.Match[str], published: date) -> str | None:
    """The date in the page's own year, if the day of the week is written and right, and the day is past. 29 February is
    of the last year that has one."""
    if not short["weekday"] or re.search(r"\d\D+\d", short[0]):
        return None
    days = (iso(short["day"], short["month"], published.year - n) for n in range(LEAP + 1))
    found = next(filter(None, days), None)
    if found is None:
        return None
    when = date.fromisoformat(found)
    right = _WEEKDAYS[when.weekday()] == short["weekday"].lower()
    return found if right and (when - published).days <= _MAX_DAYS_UNTIL_TOLD else None


def months_in(words: str) -> Iterator[tuple[str, int]]:
    """Find months without a day: "September 2020" as 2020-09, with its place."""
    for found in _MONTH_YEAR.finditer(words):
        if not re.search(rf"\d{ORDINAL}(?:\s+of)?\s+$", words[max(0, found.start() - 12) : found.start()]):
            yield f"{found['year']}-{month_number(found['month']):02}", found.start()
