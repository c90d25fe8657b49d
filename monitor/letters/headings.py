"""Finds headings, and the grades that they repeat.

A heading is bold or larger type. If it runs over several lines it is still one heading. Reports repeat each judgement
where its section begins: "The experiences and progress of care leavers: good" (ILACS), a box with label and grade
(single inspection framework), "Grade 3 (Adequate)" below it (2013).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.letters.areas import Areas
from monitor.letters.document import Document, Line
from monitor.letters.grades import GRADE, canonical, grade
from monitor.letters.readings import Reading
from monitor.letters.words import flowing
from monitor.model import Quote

_GRADE_AT_END = re.compile(rf"\b({GRADE})\W*$", re.IGNORECASE)
_NO_VERDICT = re.compile(
    r"\b(?:not|to be|become|becoming|makes?|making|from|was|were|previously|what|how|why|than)\b", re.I
)
"""Words of a heading that ends in a grade and gives none: "What care leavers need to be good"."""
_LINES_APART = 2.2


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's words and its lines."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return flowing(line.text for line in self.lines)

    @property
    def page(self) -> int:
        return self.lines[0].page


def headings(document: Document, lines: Iterable[Line]) -> Iterator[Heading]:
    """Find the headings among these lines. A grade in plain type directly below a heading belongs to it."""
    held: list[Line] = []
    for line in lines:
        belongs = document.is_heading(line) or (held and grade(line.text))
        if held and not (belongs and _continues(held[-1], line)):
            yield Heading(tuple(held))
            held = []
        if belongs:
            held.append(line)
    if held:
        yield Heading(tuple(held))


def graded(found: Sequence[Heading], areas: Areas) -> Iterator[Reading]:
    """Find the judgements that headings repeat. The first heading of each judgement counts."""
    seen: set[str] = set()
    for heading in found:
        area, end = areas.named(heading.text), _GRADE_AT_END.search(heading.text)
        if area and end and area not in seen and not _NO_VERDICT.search(heading.text[: end.start()]):
            seen.add(area)
            yield Reading(area, canonical(end[1]), "prose", Quote(heading.text, heading.page))


def _continues(above: Line, line: Line) -> bool:
    """Return True if a line continues the heading above it: on the same page, close below, or beside it in a box."""
    return line.page == above.page and -1 <= (above.y - line.y) / above.size <= _LINES_APART
