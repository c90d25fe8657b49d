"""Reads numbers about staff, caseloads and timeliness, and the words of a page that gives no number.

A number belongs to the closest subject in its clause. "High" never becomes a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from monitor.coverage.passages import Passage
from monitor.coverage.words import compiled
from monitor.letters.numbers import NOT_IN_TIME, POSSIBLE_CASELOADS, Clause, is_of_the_rest, is_present, turned
from monitor.model import Fact
from monitor.model.english_dates import FULL_MONTH

_BEFORE = (
    (">=", r"at\s+least|a\s+minimum\s+of|no\s+(?:fewer|less)\s+than"),
    ("<=", r"up\s+to|no\s+more\s+than|a\s+maximum\s+of|at\s+most|no\s+higher\s+than"),
    ("<", r"just\s+under|under|less\s+than|fewer\s+than|below|lower\s+than|not\s+quite"),
    (">", r"just\s+over|over|more\s+than|above|exceed(?:ing|s|ed)?|in\s+excess\s+of|higher\s+than|well\s+over"),
    (
        "~",
        r"around|about|approximately|roughly|some|almost|nearly|close\s+to|circa|an\s+average\s+of"
        r"|on\s+average|averag(?:e|es|ed|ing)",
    ),
)
_AFTER = (("<=", r"or\s+(?:below|fewer|less|under|lower)"), (">=", r"or\s+(?:more|above|over|higher)|(?=\+)"))
_OPERATOR_BEFORE = "|".join(f"(?P<b{n}>{words})" for n, (_, words) in enumerate(_BEFORE))
_OPERATOR_AFTER = "|".join(f"(?P<a{n}>{words})" for n, (_, words) in enumerate(_AFTER))
_FRACTIONS = {
    "a third": "1/3", "one third": "1/3", "one-third": "1/3", "two thirds": "2/3", "two-thirds": "2/3", "half": "1/2",
    "a half": "1/2", "a quarter": "1/4", "one quarter": "1/4", "three quarters": "3/4", "three-quarters": "3/4",
    "a fifth": "1/5", "one fifth": "1/5", "a tenth": "1/10", "one in three": "1/3", "one in four": "1/4",
    "one in five": "1/5", "one in ten": "1/10",
}  # fmt: skip
_NUMBER = compiled(
    rf"(?:\b(?:{_OPERATOR_BEFORE})\s+(?:a\s+total\s+of\s+)?)?"
    rf"(?:\b(?P<fraction>{'|'.join(_FRACTIONS)})\b|(?<![\d/\u00a3.,\u2013-])\b(?P<number>\d{{1,3}}(?:\.\d+)?)(?P<percent>\s?(?:%"
    rf"|per\s?cent\b))?)"
    rf"(?:\s+(?:{_OPERATOR_AFTER}))?"
    rf"(?!\s*[-\u2013]?\s*(?:years?|months?|weeks?|days?|hours?|working|minutes?|years?-old|{FULL_MONTH})\b"
    rf"|\s*(?:st|nd|rd|th)\b|[/\d]|[.,]\d|-(?:year|week|day|month))"
)
_OF_WHAT = re.compile(
    r"\s*(?P<of>of\s+(?:the\s+|its\s+|their\s+|all\s+|our\s+)?(?:[\w\u2019'-]+\s+){0,4}?(?:workforce"
    r"|workers?|staff|posts?|positions?|assessments?|visits?|plans?|children|cases)\b(?![\u2019'-]))"
)
_PERMANENT = compiled(r"\bpermanent(?:ly)?\b")
_MAX_CHARACTERS_TO_PERMANENT = 60
_CLAUSE = Clause(90, re.compile(r"[;:]|\.\s|, (?:but|while|with|although|as)\b"))
"""Councils put more words between the two than inspectors do."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number counts. `unit` is the unit of a plain number, None if only a share makes sense."""

    field: str
    words: re.Pattern[str]
    unit: str | None = None


_AGENCY = r"(?:agency|interim|locum|temporary)\s+(?:(?:social\s+)?(?:work(?:ers?)?|staff|managers)\s*)+"
SUBJECTS = (
    Subject(
        "metric.agency_share", compiled(rf"\b{_AGENCY}|\breliance\s+on\s+agency\b|\bagency\s+(?:rate|use)\b"), "workers"
    ),
    Subject("metric.vacancy_rate", compiled(r"\bvacanc(?:y|ies)(?:\s+rates?)?\b|\bvacant\s+posts?\b"), "posts"),
    Subject("metric.turnover_rate", compiled(r"\b(?:staff\s+)?turnover(?:\s+rates?)?\b")),
    Subject("metric.caseload", compiled(r"\bcase-?\s?loads?\b"), "cases per social worker"),
    Subject(
        "metric.timeliness",
        compiled(
            r"\bwithin\s+(?:statutory\s+)?timescales?\b|\bon\s+time\b|\bwithin\s+\d+\s+(?:working\s+)?days\b"
            r"|\bin\s+timescale\b"
        ),
    ),
)
_OPPOSITE = {"metric.timeliness": NOT_IN_TIME}
_WORDED = (
    (
        "metric.vacancy_turnover",
        compiled(
            r"\b(?P<words>(?:very\s+|too\s+)?(?:high|low|increasing|rising|reduced|reducing|falling|significant))\s+(?:\w+\s+){0,2}?(?:vacanc\w+"
            r"|turnover)|\b(?:vacanc\w+|turnover)\s+(?:\w+\s+){0,3}?(?:is|are|remains?|has|have)\s+(?:been\s+)?(?P<words2>(?:too\s+"
            r"|very\s+)?(?:high|low|increas\w+|reduc\w+|fallen|risen)(?:\s+significantly)?)"
        ),
    ),
    (
        "metric.caseloads",
        compiled(
            r"\b(?P<words>(?:un)?manageable|(?:too\s+|very\s+)?high|low(?:er)?|reduced|reasonable|excessive)\s+case-?\s?loads?\b"
            r"|\bcase-?\s?loads?\s+(?:\w+\s+){0,8}?(?:as\s+)?(?P<words2>(?:un)?manageable|too\s+high"
            r"|high|low(?:er)?|reduced|reasonable|excessive)\b"
        ),
    ),
    (
        "metric.agency_use",
        compiled(
            r"\b(?P<words>heavy|high|over-?|continued|reduced|increasing)\s*(?:reliance|dependence|use)\s+(?:on"
            r"|of)\s+(?:\w+\s+)?agency\b|\b(?P<words2>(?:over-?)?relian\w+)\s+on\s+(?:\w+\s+)?agency\b"
        ),
    ),
)
_COUNTED = re.compile(r"\s+(?:\w+\s+)?(?:posts?|vacanc|vacant|agency|workers)")
_COUNTABLE = compiled(r"\d|third|half|quarter|fifth|tenth|one\s+in\s")


def facts(said: Sequence[Passage]) -> Iterator[Fact]:
    """Find the quantities of a page, in its order. A person's promises are left out."""
    for p in said:
        if not p.spoken:
            numbers = list(_numbers(p)) if _COUNTABLE.search(p.plain) else []
            yield from numbers
            yield from _worded(p)


def _numbers(p: Passage) -> Iterator[Fact]:
    named = [(found, (found, subject)) for subject in SUBJECTS for found in subject.words.finditer(p.plain)]
    for number in _NUMBER.finditer(p.plain) if named else ():
        closest = _CLAUSE.closest(p.plain, number, named) if is_present(p.plain, number) else None
        if closest is None or is_of_the_rest(number, closest[0], _OPPOSITE.get(closest[1].field)):
            continue
        operator = turned(number, _operator(number))
        if operator and (value := _value(closest[1], number, p.plain)):
            yield Fact(closest[1].field, {"op": operator, **value}, p.text)


def _value(subject: Subject, number: re.Match[str], words: str) -> dict[str, object] | None:
    """The figure with its unit, if the number is one of this subject."""
    after, caseload = words[number.end() :], subject.field == "metric.caseload"
    if subject.field == "metric.agency_share" and _PERMANENT.search(after[:_MAX_CHARACTERS_TO_PERMANENT]):
        return None
    of = _OF_WHAT.match(after)
    if number["fraction"]:
        fraction = _FRACTIONS[number["fraction"].lower()]
        return {"value": fraction, "unit": of["of"]} if of and not caseload else None
    value = float(number["number"])
    plain = int(value) if value.is_integer() else value
    if number["percent"]:
        unit = f"% {of['of']}" if of else "%"
        return {"value": plain, "unit": unit} if value <= 100 and not caseload else None
    counted = int(value) in POSSIBLE_CASELOADS if caseload else _COUNTED.match(after)
    return {"value": plain, "unit": subject.unit} if subject.unit and counted else None


def _operator(number: re.Match[str]) -> str:
    before = (o for n, (o, _) in enumerate(_BEFORE) if number[f"b{n}"])
    after = (o for n, (o, _) in enumerate(_AFTER) if number[f"a{n}"])
    return next(chain(before, after), "=")


def _worded(p: Passage) -> Iterator[Fact]:
    """Statements without a number, kept in the page's words."""
    for field, words in _WORDED:
        if found := words.search(p.plain):
            yield Fact(field, {"words": (found["words"] or found["words2"]).lower()}, p.text)
