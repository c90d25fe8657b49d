"""Cuts a letter into the parts that matter, by their headings.

The headings are Ofsted's, 2009 to 2026: "What needs to improve" (ILACS, visits; with "?" since 2021, "in this area of
social work practice" in letters), "Areas for priority action", "Recommendations" and "What does the local authority
need to improve?" (single inspection framework), "Headline findings" (letters since 2021, "Overview" before), "Executive
summary". Any other heading ends the part, except in frameworks whose parts have sub-headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from monitor.letters.document import Document, Line
from monitor.letters.grades import grade

Role = Literal["priority", "improvement", "findings", "strengths", "board", "other"]

_ROLES: tuple[tuple[Role, str], ...] = (
    ("other", r"(?:case|practice) stud(?:y|ies)|next steps|contents"),
    (
        "board",
        r"(?:section 2: )?the (?:effectiveness of the )?(?:LSCB|local safeguarding children board)"
        r"|what does the LSCB|(?:inspection findings|inspection judgement) .{1,10}the (?:LSCB|local safeguarding)",
    ),
    (
        "priority",
        r"areas? (?:for|of) (?:immediate )?priority actions?|(?:immediate and )?priority (?:and immediate )?action",
    ),
    (
        "improvement",
        r"what needs to improve|areas? (?:for|of) (?:improvement|development)|recommendations?\b"
        r"|what does the .{3,60} need to improve|priorities for further improvement",
    ),
    (
        "findings",
        r"headline findings|overview|executive summary|summary of (?:key )?findings|overall effectiveness of services"
        r"|(?:inspection outcome|what is it like to be a child).*",
    ),
    ("strengths", r"(?:key )?strengths|.{0,40}(?:has the following|authority\W?s) strengths"),
)
_PATTERNS = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in _ROLES)
_LISTED = re.compile(r"\s\d{1,3}$")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a letter: the role that its heading gives it, its page, and its lines up to the next heading."""

    role: Role
    page: int
    lines: tuple[Line, ...]


_SUB_HEADINGS = {"jtai": 0.5, "looked_after": -0.5}
"""Kinds whose parts have sub-headings, and by how many points their type may be larger than that of the part's own
heading. Joint inspections of 2016-20 print both alike, inspections of 2012-13 print sub-headings smaller."""


def sections(document: Document, kind: str = "") -> list[Section]:
    """Cut a letter of this kind at its headings."""
    return list(_Cutter(document, _SUB_HEADINGS.get(kind)).cut())


@dataclass(slots=True)
class _Cutter:
    """Goes through the body once. `role`, `page` and `size` belong to the part that is open."""

    document: Document
    leeway: float | None
    role: Role = "other"
    page: int = 1
    size: float = 0.0

    def cut(self) -> Iterator[Section]:
        held: list[Line] = []
        for line in self.document.body:
            role = self._begins(line)
            if role is None:
                held.append(line)
                continue
            yield Section(self.role, self.page, tuple(held))
            held = []
            self.role, self.page, self.size = role, line.page, line.size
        yield Section(self.role, self.page, tuple(held))

    def _begins(self, line: Line) -> Role | None:
        """The role of the part that this line opens, or None if the line belongs to the open part."""
        if not self.document.is_heading(line) or grade(line.text):
            return None
        if role := role_of(line.text):
            return role
        inside = self.role != "other" and self.leeway is not None and line.size <= self.size + self.leeway
        return None if inside else "other"


def role_of(heading: str) -> Role | None:
    """Return the role that a heading gives to its part. A line of a table of contents gives none."""
    if _LISTED.search(heading):
        return None
    return next((role for role, pattern in _PATTERNS if pattern.match(heading)), None)
