"""Reads lists and tables of judgements: "Care leavers: good". A line says what its grade is of, but not of when it is:
what stands above the list says that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.coverage.passages import Passage
from monitor.coverage.words import CLOSING, GRADE, OPENING, compiled
from monitor.letters.areas import ILACS

_LABELLED = compiled(
    rf"^\W*(?P<area>[^:.]{{8,120}}?)\s*(?::|\u2013|-|\bis\b|\bare\b|\bwas\b)\s*(?:judged\s+)?{OPENING}?(?P<grade>{GRADE}){CLOSING}?"
    r"(?:\s*\((?:was|previous\w*|formerly|up|down|from|unchanged|no\s+change|20\d\d)\b[^()]{0,60}\))?\s*[.;,]?(?:\s+and)?$"
)
_TABLED = re.compile(
    r"^\W*(?P<area>(?:The|Overall)\b[^:.]{8,120}?)\s+(?P<grade>Requires improvement(?: to be good)?"
    r"|Good|Outstanding|Inadequate)$"
)
_GRADE_FIRST = compiled(
    rf"^\W*{OPENING}?(?P<grade>{GRADE}){CLOSING}?\s+for\s+(?P<area>[^:.;]{{8,120}}?)\s*[.;,]?(?:\s+and)?$"
)
_A_YEAR = re.compile(r"\b20\d\d\b")
_OPENS_LIST = compiled(r":$|\bas\s+follows\.?$|[\w)]$")
"""A heading, or a sentence that a list completes."""
_EARLIER = compiled(
    r"(?<!since the )(?<!since our )(?<!since its )\b(?:previous(?:ly)?|last|earlier|former(?:ly)?|before)\b"
)
LEAST_YEARS_BETWEEN = 2
"""A council is inspected in full every three years or so; a report may come out in the year after its inspection."""
_ENDS_WITH_A_GRADE = compiled(rf"\b{GRADE}\W*$")


_A_GRADE_BEFORE = compiled(rf"\b(?:was|were|is|are)\s+{OPENING}?{GRADE}")
"""A sentence of two grades is no line of a list: "for children in care was good and for care leavers outstanding"."""


def labelled(p: Passage) -> tuple[re.Match[str] | None, str | None]:
    """A line of a list or a row of a table of judgements: "Care leavers: good". With the area that it names."""
    found = _LABELLED.match(p.plain) or _TABLED.match(p.plain) or (_GRADE_FIRST.match(p.plain) if p.item else None)
    if found and _A_GRADE_BEFORE.search(found["area"]):
        return None, None
    return found, ILACS.named(found["area"]) if found else None


def recalled(said: Sequence[Passage], published: str | None) -> Iterator[bool]:
    """For each passage whether it stands in a list of earlier judgements: "Our judgements in 2019 were:"."""
    of_before = False
    for p in said:
        if labelled(p)[1] is None:
            years = [int(year) for year in _A_YEAR.findall(p.plain)] if published else []
            old = bool(years) and max(years) <= int((published or "")[:4]) - LEAST_YEARS_BETWEEN
            of_before = bool(_OPENS_LIST.search(p.plain)) and (old or bool(_EARLIER.search(p.plain)))
        yield of_before


def names_two(line: re.Match[str]) -> bool:
    """Return True for a row of two inspections: which column is of now, it does not say."""
    return bool(_ENDS_WITH_A_GRADE.search(line["area"]))
