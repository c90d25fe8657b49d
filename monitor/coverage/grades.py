"""Reads grades in pages: given now, in force, given before, hoped for. They only support a letter: no page changes a
judgement. A word such as "good" is a grade only in a sentence that says judged or rated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from monitor.councils.registry import Council, Registry
from monitor.coverage.claims import is_stated
from monitor.coverage.days import months_in
from monitor.coverage.grade_areas import area_of
from monitor.coverage.grade_lists import labelled, names_two, recalled
from monitor.coverage.grade_moves import Statement, raised
from monitor.coverage.grade_times import is_of_before
from monitor.coverage.passages import Passage
from monitor.coverage.subject import is_beside_others, is_of_others
from monitor.coverage.verdicts import QUOTED, Verdict, verdicts
from monitor.coverage.wishes import wish_before, wished
from monitor.coverage.words import CLOSING, COUNTS, GRADE, INSPECTION, OPENING, SERVICES, compiled
from monitor.letters.areas import ILACS
from monitor.letters.grades import canonical
from monitor.model import Fact
from monitor.model.letter import GRADED_KINDS

GRADED = (None, *GRADED_KINDS)
"""Kinds of inspection that give grades. Visits and joint inspections never do."""

_RATINGS = compiled(
    rf"\b{QUOTED}\s+ratings?\s+(?:(?:was|were)\s+(?:received|given|awarded)\s+)?for\s+(?P<areas>[^;.]+)"
)
_RATED = compiled(rf"{OPENING}(?P<grade>{GRADE}){CLOSING}?-?\s*-rated\b|\b(?P<grade2>{GRADE})-rated\b")
_SUCCESSIVE = compiled(
    rf"\b(?P<form>(?P<count>{'|'.join(COUNTS)})\s+(?:successive|consecutive|previous|straight))\s+{QUOTED}\s+(?:rating"
    rf"|judge?ment|grade|inspection|report)s?"
)
_STANDING = compiled(r"\b(?:is|are|remains?|currently|still|continues?\s+to\s+be)\b[^.;]{0,40}$")
_NOT_OFSTED = compiled(
    r"\b(?:by|of|from)\s+(?:residents|parents|families|carers|young\s+people|customers|staff|users"
    r"|the\s+council\s+itself|itself|themselves|peers?|auditors?)\b"
    r"|\b(?:residents|parents|families|carers|young\s+people|staff|auditors|peers?)\s+(?:have\s+"
    r"|has\s+|also\s+)?(?:rate|judge|grade)d?\b"
    r"|\b(?:rate|judge|assess|see|grade)[sd]?\s+(?:itself|themselves|ourselves)\b|self-(?:assess"
    r"|evaluat)\w+|(?<!\d )\b(?:cases?|audits?|centres?|schools?|nurser\w+|homes?|colleges?|CQC"
    r"|HMICFRS|probation|LGA|adult|(?:police|fire|youth\s+justice|librar\w+|highways|housing|health|ambulance|waste|planning|parking|regist\w+"
    r"|leisure|museums?|bereavement|electoral|customer|catering|transport|music|legal|finance|benefits|parks|emergency|hospital)\s+(?:\w+\s+)?"
    r"(?:services?|department|team)|(?:own|internal)\s+inspectors|regulator\s+of"
    r"|(?:fostering|adoption)\s+agenc\w+|peer\s+(?:review|challenge))\b"
)
_OF_SERVICES = compiled(
    rf"\b(?:{SERVICES}|services?|council|authority|borough|department|them|leaders(?:hip)?|overall|judge?ments?)\b"
    rf"|\b(?:help\s+and\s+protection|in\s+care|care\s+leavers|effectiveness|its\s+(?:\w+\s+){{0,2}}inspection)\b"
)
_OFSTED = compiled(rf"\b{INSPECTION}\b")
_CORRECTION = compiled(r"\b(?:corrections?|clarifications?|corrected)\b")
_WHOSE = compiled(r"\bwhose\b[^,;]*$")
"""What an aside says of a council is not its news: "Devon, whose services are rated good, helps Torbay"."""
_PREVIOUS_INSPECTION = compiled(
    r"(?<!since the )(?<!since its )\b(?:previous|last)\s+(?:\w+\s+){0,3}?inspection\b[^.;]{0,60}"
    r"\b(?:was|were|judged|rated)\b"
    rf"(?:(?!\bnow\b)[^.;]){{0,40}}?{QUOTED}"
)


OfOthers = Callable[[int], bool]
"""Whether what a sentence says up to a place, it says of a council that the page is not about."""
_FURTHER = re.compile(rf"(?:\band|,|;|\bwith)\s+(?:\w+\s+){{0,5}}?{QUOTED}", re.IGNORECASE)


def facts(
    title: str,
    said: Sequence[Passage],
    kind: str | None,
    published: str | None,
    about: Sequence[Council],
    registry: Registry,
) -> Iterator[Fact]:
    """Find every grade with its sentence and its field. A grade counts as given now only if `about` names councils: if
    the page is about a certain council. Of a correction none is sure: it says what is right beside what was wrong."""
    if _CORRECTION.search(title):
        return
    ofsted = bool(about) and any(_OFSTED.search(words) for words in (title, *(p.plain for p in said)))
    for p, of_before in zip(said, recalled(said, published), strict=True):
        if of_before and labelled(p)[1]:
            continue
        of_others = partial(is_of_others, p.plain, about=about, registry=registry)
        earlier = list(_before(p, published, of_others))
        yield from earlier
        beside_others = partial(is_beside_others, p.plain, about=about, registry=registry)
        yield from _rated(p, lambda at: of_others(at) or beside_others(at))  # noqa: B023 - called at once
        if ofsted and not p.spoken:
            statements = _beside_earlier(p, published) if earlier else _statements(p, published)
            yield from _given(p, kind, [s for s in statements if not of_others(s.end)])
        yield from wished(p, of_others)


def given_now(found: Sequence[Fact]) -> bool:
    """Return True if one of the facts is a grade given now."""
    return any(fact.field == "judgement_now" for fact in found)


def _given(p: Passage, kind: str | None, statements: Sequence[Statement]) -> Iterator[Fact]:
    """Grades that Ofsted gives now, according to the page. The page of a visit can only recall the grade in force."""
    for area, grade, at, _ in statements:
        before = p.plain[:at]
        if (
            wish_before(before)
            or not is_stated(before, p.plain)
            or _NOT_OFSTED.search(p.plain)
            or not _OF_SERVICES.search(p.plain)
        ):
            continue
        value = {"grade": grade} | ({"area": area} if area else {})
        if kind in GRADED and not _WHOSE.search(before):
            yield Fact("judgement_now", value, p.text)
        elif _STANDING.search(before) or p.item is False:
            yield Fact("judgement_current_standing", value, p.text)


def _beside_earlier(p: Passage, published: str | None) -> Iterator[Statement]:
    """What a sentence that recalls a grade gives now: "giving them a good rating after they were deemed inadequate"."""
    yield from raised(p, published)
    yield from (_statement(p.plain, v) for v in verdicts(p.plain) if not is_of_before(p.plain, v, published))


def _statements(p: Passage, published: str | None) -> Iterator[Statement]:
    """Grades that a sentence states: "Care leavers: good", "judged good overall", "requires improvement"."""
    line, area = labelled(p)
    if line and area:
        if not names_two(line):
            yield Statement(area, canonical(line["grade"]), *line.span("grade"))
        return
    yield from raised(p, published)
    for match in _RATINGS.finditer(p.plain):
        areas = (found.lastgroup for found in re.finditer(ILACS.pattern(), match["areas"], re.IGNORECASE))
        yield from (Statement(name, canonical(match["grade"]), *match.span("grade")) for name in areas if name)
    found = list(verdicts(p.plain))
    yield from (_statement(p.plain, verdict) for verdict in found)
    if found:
        yield from _also(p.plain, found[0].end)


def _statement(words: str, verdict: Verdict) -> Statement:
    area = area_of(words, verdict.grade_start, verdict.grade_end)
    return Statement(area, verdict.grade, verdict.start, verdict.grade_end)


def _also(words: str, after: int) -> Iterator[Statement]:
    """Further grades of a sentence that begins with one: "was judged good overall, and outstanding for its leaders"."""
    for match in _FURTHER.finditer(words, after):
        own = words[match.start() :]
        if area := area_of(own, *(place - match.start() for place in match.span("grade"))) or area_of(
            words, *match.span("grade")
        ):
            yield Statement(area, canonical(match["grade"]), match.start(), match.end())


def _before(p: Passage, published: str | None, of_others: OfOthers) -> Iterator[Fact]:
    """Grades of earlier inspections, with year, month or count if the sentence has them."""
    if (found := _SUCCESSIVE.search(p.plain)) and not of_others(found.end()):
        count = COUNTS[found["count"].lower()]
        yield Fact(
            "judgement_previous", _previous(found["grade"]) | {"count": count, "form": found["form"].lower()}, p.text
        )
        return
    if (found := _PREVIOUS_INSPECTION.search(p.plain)) and not of_others(found.end()):
        yield Fact("judgement_previous", _previous(found["grade"], p.plain), p.text)
        return
    for verdict in () if _NOT_OFSTED.search(p.plain) else verdicts(p.plain):
        if is_of_before(p.plain, verdict, published) and not of_others(verdict.grade_end):
            value = _previous(verdict.grade, p.plain[max(0, verdict.start - 60) :])
            yield Fact("judgement_previous", value, p.text)
            return


def _previous(grade: str, words: str = "") -> dict[str, Any]:
    """The grade with the month ("date": "2020-01") or otherwise the year beside it."""
    value: dict[str, Any] = {"grade": canonical(grade)}
    if month := next(months_in(words), None):
        return value | {"date": month[0]}
    year = re.search(r"\b(?:in|of)\s+(?P<year>20\d\d)\b|\bsince\s+(?P<since>20\d\d)\s+when\b", words, re.IGNORECASE)
    return value | ({"year": int(year["year"] or year["since"])} if year else {})


def _rated(p: Passage, of_others: OfOthers) -> Iterator[Fact]:
    """ "an \u2018inadequate\u2019-rated children\u2019s service": a grade in force, given some time before."""
    found = _RATED.search(p.plain)
    if (
        found
        and not of_others(found.end())
        and not re.search(r"\b(?:formerly|previously|once)\W+(?:\w+\W+)?$", p.plain[: found.start()], re.IGNORECASE)
    ):
        yield Fact("judgement_current_standing", {"grade": canonical(found["grade"] or found["grade2"])}, p.text)
