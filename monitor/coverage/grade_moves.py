"""Finds grades that a sentence says services moved to: "upgraded to good", "fallen from good to inadequate"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from monitor.coverage.grade_areas import area_of
from monitor.coverage.grade_times import is_recollected
from monitor.coverage.judged_things import is_of_part, is_of_services
from monitor.coverage.passages import Passage
from monitor.coverage.verdicts import QUOTED
from monitor.coverage.words import CLOSING, GRADE, OPENING, compiled
from monitor.letters.grades import canonical

_MOVED_TO = (
    r"(?:moved|gone|went|risen|rose|climbed|jumped|leapt|improved|fallen|fell|dropped|slipped|slid|moves|goes|rises|climbs|jumps"
    r"|leaps|improves|falls|drops|slips)"
)
_RAISED = compiled(
    rf"\b(?:(?:up|down)grad(?:ed|es|ing)\s+(?P<object>(?!from\b)[^.;]{{0,60}}?\s)?(?:from\s+[^.;]{{0,30}}?\s)?|(?:{_MOVED_TO}\s+(?:\w+\s+){{0,4}}?"
    rf"|(?:raised|dropped|lowered|lifted)\s+(?:the|its)\s+(?:rating|grade)\s+[^.;,]{{0,80}}?)from\s+(?:an?\s+)?{OPENING}?{GRADE}{CLOSING}?"
    rf"\s+(?:(?:rating|judge?ment|grade)\s+)?(?:(?:all\s+the\s+way|straight|right|directly|up|down)\s+)?)to\s+(?:an?\s+)?{QUOTED}"
    rf"|\b(?P<moved>{_MOVED_TO})\s+(?:up\s+|down\s+|back\s+)?(?:(?:a|one|two)\s+grades?\s+)?to\s+(?:an?\s+|a\s+rating\s+of\s+)?"
    rf"{OPENING}?(?P<grade2>{GRADE}){CLOSING}?(?=\W*(?:$|[.;,]|(?:overall|after|following|in|across|for|from|since|by|as)\b))"
)
_DATED = re.compile(r"[^.;:]{0,30}?\b(?:in|by|during|between)\s+(?:[A-Z][a-z]+\s+)?(?P<year>20\d\d)\b")


class Statement(NamedTuple):
    """A grade that a sentence states: its area, the grade, and the places where its words begin and end."""

    area: str | None
    grade: str
    at: int
    end: int


def raised(p: Passage, published: str | None) -> Iterator[Statement]:
    """ "It was rated inadequate in 2022 and has been upgraded to good". What is dated to a past year is none of now."""
    for found in _RAISED.finditer(p.plain):
        dated = _DATED.match(p.plain, found.end())
        if is_recollected(p.plain[: found.start()]) or not _is_raised(p.plain[: found.start()], found):
            continue
        if dated is None or (published and dated["year"] >= published[:4]):
            grade = "grade" if found["grade"] else "grade2"
            area = area_of(p.plain, found.end("object") if found["object"] else found.start(), found.end(grade))
            yield Statement(area, canonical(found[grade]), *found.span())


def _is_raised(before: str, found: re.Match[str]) -> bool:
    """Return True if what moved to the grade is no part of the services; where the grade before is not said, it must be
    the services."""
    return is_of_services(before) if found["moved"] else not is_of_part(found["object"] or before)
