"""Reads grades in pages: given now, in force, given before, hoped for. They only support a letter: no page changes a
judgement. A word such as "good" is a grade only in a sentence that says judged or rated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from monitor.coverage.days import months_in
from monitor.coverage.passages import Passage
from monitor.coverage.wishes import wish_before, wished
from monitor.coverage.words import CLOSING, COUNTS, GRADE, INSPECTION, OPENING, SERVICES, compiled
from monitor.letters.areas import ILACS
from monitor.letters.grades import canonical
from monitor.model import Fact

_MAX_CHARACTERS_TO_YEAR = 60
"""A year further than this from a judgement does not date it."""
GRADED = (None, "ilacs", "sif")
"""Kinds of inspection that give grades. Visits and joint inspections never do."""

_QUOTED = rf"{OPENING}?(?P<grade>{GRADE}){CLOSING}?(?![\w-])"
_VERB = r"(?:judg|rat|grad|assess|classifi|deem)"
_GIVEN = compiled(
    rf"\b(?:{_VERB}\w*|found)\s+(?:(?!\b(?:by|not)\b)[^.;,\"\u201c]){{0,110}}?\b(?:to\s+be\s+"
    rf"|as\s+)?{_QUOTED}(?!\s+(?:practice|progress|work|example|quality|relationships|support"
    rf"|oversight|or|care\b))"
    rf"|\b(?:received|awarded|given|gained|achieved|retained|secured|earned|kept|maintained)\s+(?:an?"
    rf"|its|their|the)\s+(?:\w+\s+){{0,3}}{_QUOTED.replace('grade>', 'grade2>')}[^.;]{{0,20}}\b(?:rating"
    rf"|judge?ment|grade|verdict)"
    rf"|\b{_VERB}\w*\s+(?:as\s+)?{_QUOTED.replace('grade>', 'grade3>')}"
)
_LABELLED = compiled(
    rf"^\W*(?P<area>[^:.]{{8,120}}?)\s*(?::|\u2013|-|\bis\b|\bare\b|\bwas\b)\s*(?:judged\s+)?{OPENING}?(?P<grade>{GRADE}){CLOSING}?\s*[.;,]?(?:\s+and)?$"
)
_TABLED = re.compile(
    r"^\W*(?P<area>(?:The|Overall)\b[^:.]{8,120}?)\s+(?P<grade>Requires improvement(?: to be good)?"
    r"|Good|Outstanding|Inadequate)$"
)
_RATINGS = compiled(
    rf"\b{_QUOTED}\s+ratings?\s+(?:(?:was|were)\s+(?:received|given|awarded)\s+)?for\s+(?P<areas>[^;.]+)"
)
_RAISED = compiled(rf"\b(?:up|down)graded\s+(?:[^.;]{{0,60}}?\s)?to\s+(?:an?\s+)?{_QUOTED}")
_RATED = compiled(rf"{OPENING}(?P<grade>{GRADE}){CLOSING}?-?\s*-rated\b|\b(?P<grade2>{GRADE})-rated\b")
_SUCCESSIVE = compiled(
    rf"\b(?P<form>(?P<count>{'|'.join(COUNTS)})\s+(?:successive|consecutive|previous|straight))\s+{_QUOTED}\s+(?:rating"
    rf"|judge?ment|grade|inspection|report)s?"
)
_STANDING = compiled(r"\b(?:is|are|remains?|currently|still|continues?\s+to\s+be)\b[^.;]{0,40}$")
_PAST = compiled(
    r"\b(?:had\s+been|previous(?:ly)?|before|formerly|at\s+(?:the|its)\s+(?:last|previous)|last\s+inspection"
    r"|earlier|since\s+(?:being|it|they)|up\s+from|down\s+from|after\s+being|until|following\s+(?:an?"
    r"|the)\s+(?:\w+\s+){0,2}(?:report|inspection))\b"
)
_SINCE = compiled(r"\b(?:inspection|time|report)\s+since\b|\bsince\s+(?!20)")
_YEAR = compiled(r"\b(?:in|of|since|from)\s+(?:[A-Z][a-z]+\s+)?(?P<year>20\d\d)\b|\b(?P<last>last year)\b")
_NEGATED = compiled(r"\b(?:not|never|no\s+longer|neither|cannot|n\W?t)\b[^.;,]{0,30}$")
_NOT_OFSTED = compiled(
    r"\b(?:by|of)\s+(?:residents|parents|families|carers|young\s+people|customers|staff|users"
    r"|the\s+council\s+itself|itself|themselves|peers?|auditors?)\b"
    r"|\b(?:residents|parents|families|carers|young\s+people|staff|auditors|peers?)\s+(?:have\s+"
    r"|has\s+|also\s+)?(?:rate|judge|grade)d?\b"
    r"|\b(?:rate|judge|assess|see|grade)[sd]?\s+(?:itself|themselves|ourselves)\b|self-(?:assess"
    r"|evaluat)\w+|\b(?:cases?|audits?|centres?|schools?|nurser\w+|homes?|colleges?|CQC|adult)\b"
)
_OF_SERVICES = compiled(
    rf"\b(?:{SERVICES}|services?|council|authority|department|them|leaders|overall|judge?ments?)\b"
    rf"|\b(?:help\s+and\s+protection|in\s+care|care\s+leavers|effectiveness)\b"
)
_SOME = compiled(
    r"\b(?:few|some|several|certain|no|most)\s+(?:areas|services|aspects|elements)\s+(?:that"
    r"|which|were|are|was)\b[^.;]{0,40}$"
    r"|\b(?:of|\d+)\s+(?:the\s+)?(?:\S+\s+){0,3}(?:departments|authorities|councils)\b[^.;]{0,60}$"
)
_OFSTED = compiled(rf"\b{INSPECTION}\b")
_PREVIOUS_INSPECTION = compiled(
    rf"\b(?:previous|last)\s+(?:\w+\s+){{0,3}}?inspection\b[^.;]{{0,60}}\b(?:was|were|judged|rated)\b[^.;]{{0,40}}?{_QUOTED}"
)


_CLAUSE_END = re.compile(
    r"[;.]|,\s+(?:and|but|while|with|whereas)\b|\b(?:while|whereas|but)\b|\bwith (?=its|their|the)"
)
_OVERALL = re.compile(r"\W*(?:overall\b|for (?:its )?overall effectiveness)", re.IGNORECASE)
_OVERALL_BEFORE = compiled(r"\boverall\b[^,;]*$")
_FOR = re.compile(r"\W*(?:rating |grade |judge?ment )?(?:for|in) (?P<what>[^,;.]+)", re.IGNORECASE)
_FURTHER = re.compile(rf"(?:\band|,|;|\bwith)\s+(?:\w+\s+){{0,5}}?{_QUOTED}", re.IGNORECASE)
_SHORT_AREA = compiled(
    r"\b(?:(?P<impact_of_leaders>(?:senior )?leaders(?:hip)?|management)"
    r"|(?P<help_and_protection>help and protection|child protection)"
    r"|(?P<in_care>looked[- ]after children|children looked after|children in (?:its |their )?care)"
    r"|(?P<care_leavers>care[- ]experienced young people|young people leaving care))\b"
)
"""How people shorten the names of the judgements."""


class Statement(NamedTuple):
    """A grade that a sentence states: its area, the grade, and the place of its words."""

    area: str | None
    grade: str
    at: int


def facts(title: str, said: Sequence[Passage], kind: str | None, published: str | None, whose: bool) -> Iterator[Fact]:
    """Find every grade with its sentence and its field. A grade counts as given now only if `whose` is True, that is if
    the page is about a certain council."""
    ofsted = whose and any(_OFSTED.search(words) for words in (title, *(p.plain for p in said)))
    for p in said:
        earlier = list(_before(p, published))
        yield from earlier
        yield from _rated(p)
        if ofsted and not p.spoken:
            yield from _given(p, kind, _raised(p) if earlier else _statements(p))
        yield from wished(p)


def given_now(found: Sequence[Fact]) -> bool:
    """Return True if one of the facts is a grade given now."""
    return any(fact.field == "judgement_now" for fact in found)


def _given(p: Passage, kind: str | None, statements: Iterator[Statement]) -> Iterator[Fact]:
    """Grades that Ofsted gives now, according to the page. The page of a visit can only recall the grade in force."""
    for area, grade, at in statements:
        before = p.plain[:at]
        if (
            wish_before(before)
            or _SOME.search(before)
            or _NEGATED.search(before)
            or _NOT_OFSTED.search(p.plain)
            or not _OF_SERVICES.search(p.plain)
        ):
            continue
        value = {"grade": grade} | ({"area": area} if area else {})
        if kind in GRADED:
            yield Fact("judgement_now", value, p.text)
        elif _STANDING.search(before) or p.item is False:
            yield Fact("judgement_current_standing", value, p.text)


def _raised(p: Passage) -> Iterator[Statement]:
    """ "It was rated \u2018requires improvement\u2019 in 2022 and has been upgraded to \u2018good\u2019"."""
    yield from (Statement(None, canonical(found["grade"]), found.start()) for found in _RAISED.finditer(p.plain))


def _statements(p: Passage) -> Iterator[Statement]:
    """Grades that a sentence states: "Care leavers: good", "judged good overall", "requires improvement"."""
    labelled = _LABELLED.match(p.plain) or _TABLED.match(p.plain)
    area = ILACS.named(labelled["area"]) if labelled else None
    if labelled and area:
        yield Statement(area, canonical(labelled["grade"]), labelled.start("grade"))
        return
    yield from _raised(p)
    for match in _RATINGS.finditer(p.plain):
        yield from (Statement(name, canonical(match["grade"]), match.start()) for name in _areas_in(match["areas"]))
    for match in _GIVEN.finditer(p.plain):
        name = next(n for n in ("grade", "grade2", "grade3") if match[n])
        yield Statement(area_of(p.plain, match.start(name), match.end(name)), canonical(match[name]), match.start())
    yield from _also(p.plain)


def _also(words: str) -> Iterator[Statement]:
    """Further grades of a sentence that begins with one: "was judged good overall, and outstanding for its leaders"."""
    first = _GIVEN.search(words)
    for match in _FURTHER.finditer(words, first.end() if first else len(words)):
        area = area_of(words, match.start("grade"), match.end("grade"))
        if area:
            yield Statement(area, canonical(match["grade"]), match.start())


def area_of(words: str, start: int, end: int) -> str | None:
    """What a grade in a sentence is of: what follows it ("good for care leavers", "good overall"), else what stands
    before it in the same clause ("leaders were judged outstanding"). None where the clause names nothing."""
    after = _CLAUSE_END.split(words[end:], maxsplit=1)[0]
    before = _CLAUSE_END.split(words[:start])[-1]
    if _OVERALL.match(after) or _OVERALL_BEFORE.search(before):
        return "overall_effectiveness"
    follows = _FOR.match(after)
    return (_named(follows["what"]) if follows else None) or _named(before)


def _named(words: str) -> str | None:
    """The judgement that the words name, in Ofsted's terms or as people shorten them; the last, which is nearest."""
    strict = ILACS.named(words)
    if strict:
        return strict
    found = list(_SHORT_AREA.finditer(words))
    return found[-1].lastgroup if found else None


def _areas_in(words: str) -> list[str]:
    """Every judgement that a list names."""
    return [found.lastgroup for found in re.finditer(ILACS.pattern(), words, re.IGNORECASE) if found.lastgroup]


def _before(p: Passage, published: str | None) -> Iterator[Fact]:
    """Grades of earlier inspections, with year, month or count if the sentence has them."""
    if found := _SUCCESSIVE.search(p.plain):
        count = COUNTS[found["count"].lower()]
        yield Fact(
            "judgement_previous", _previous(found["grade"]) | {"count": count, "form": found["form"].lower()}, p.text
        )
        return
    if found := _PREVIOUS_INSPECTION.search(p.plain):
        yield Fact("judgement_previous", _previous(found["grade"], p.plain), p.text)
        return
    for match in _GIVEN.finditer(p.plain):
        name = next(n for n in ("grade", "grade2", "grade3") if match[n])
        if (
            _NOT_OFSTED.search(p.plain)
            or wish_before(p.plain[: match.start()])
            or _SOME.search(p.plain[: match.start()])
            or _NEGATED.search(p.plain[: match.start()])
        ):
            continue
        if _PAST.search(p.plain[: match.end()]) or _old_year(p.plain, match, published):
            yield Fact("judgement_previous", _previous(match[name], p.plain[max(0, match.start() - 60) :]), p.text)
            return


def _previous(grade: str, words: str = "") -> dict[str, Any]:
    """The grade with the month ("date": "2020-01") or otherwise the year beside it."""
    value: dict[str, Any] = {"grade": canonical(grade)}
    month = next(months_in(words), None)
    if month:
        return value | {"date": month[0]}
    year = re.search(r"\b(?:in|of)\s+(?P<year>20\d\d)\b|\bsince\s+(?P<since>20\d\d)\s+when\b", words, re.IGNORECASE)
    return value | ({"year": int(year["year"] or year["since"])} if year else {})


def _old_year(words: str, judged: re.Match[str], published: str | None) -> bool:
    """Return True if the words beside a judgement date it to a past year. If the page has no date, any year counts as
    past. "Rated good in its first inspection since 2017" is not a judgement of 2017."""
    beside = (
        words[max(0, judged.start() - _MAX_CHARACTERS_TO_YEAR) : judged.end()]
        + _SINCE.split(words[judged.end() :][:_MAX_CHARACTERS_TO_YEAR])[0]
    )
    found = _YEAR.search(beside)
    if not found:
        return False
    if found["last"] or not published:
        return True
    return int(found["year"]) < int(published[:4])


def _rated(p: Passage) -> Iterator[Fact]:
    """ "an \u2018inadequate\u2019-rated children\u2019s service": a grade in force, given some time before."""
    found = _RATED.search(p.plain)
    if found and not re.search(
        r"\b(?:formerly|previously|once)\W+(?:\w+\W+)?$", p.plain[: found.start()], re.IGNORECASE
    ):
        yield Fact("judgement_current_standing", {"grade": canonical(found["grade"] or found["grade2"])}, p.text)
