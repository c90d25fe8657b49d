"""Reads the ruled table of judgements on a report's first pages, by its rules.

Reports of 2014-15 may continue the table on page 2. A few draw it as a grid with "Requires" and "improvement" in
separate cells. So a row consists of all cells beside a label. Columns and tables that are headed as those of an earlier
inspection are left out. What cannot be told is no reading: a row with two grades, a judgement with one grade here and
another one there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.letters.areas import Areas
from monitor.letters.document import Cell, Page
from monitor.letters.grades import grade
from monitor.letters.readings import Reading
from monitor.model import Quote

_MAX_LABEL_CHARACTERS = 130
_MAX_HEAD_CHARACTERS = 80
_EARLIER = re.compile(r"\b(?:previous|earlier|last|prior|former)\b", re.IGNORECASE)
"""Words of a column's or table's head that make it one of an earlier inspection."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of a cell, and those of all cells to its right; `area` is the judgement that they name."""

    page: Page
    label: str
    beside: str
    area: str | None


def ruled(pages: Sequence[Page], areas: Areas) -> Iterator[Reading]:
    """Find the judgements in ruled tables, each that has one grade."""
    for area, rows in _graded(pages, areas).items():
        if len({grade(row.beside) for row in rows}) == 1:
            first = rows[0]
            yield Reading(area, grade(first.beside) or "", "table", _evidence(first))


def contradicted(pages: Sequence[Page], areas: Areas) -> set[str]:
    """The judgements to which ruled tables give several grades."""
    graded = _graded(pages, areas)
    return {area for area, rows in graded.items() if len({grade(row.beside) for row in rows}) > 1}


def doubtful_rows(pages: Sequence[Page], areas: Areas) -> Iterator[str]:
    """Report the rows of ruled tables that give no judgement: with a grade but a label that no known framework uses,
    with a known label and no grade, and those of one judgement with several grades."""
    graded = _graded(pages, areas)
    for row in _rows(pages, areas):
        found = grade(row.beside)
        if found and not row.area and not grade(row.label):
            yield f'page {row.page.number}: "{row.label}" is graded {found}, which is not a judgement we know'
        if row.area and not found and row.area not in graded:
            yield f'page {row.page.number}: "{row.label}" has "{row.beside}" beside it, which is no grade that we know'
    for area, rows in graded.items():
        grades = dict.fromkeys(str(grade(row.beside)) for row in rows)
        if len(grades) > 1:
            yield f"{area.replace('_', ' ')}: the tables say {' and '.join(grades)}"


def _graded(pages: Sequence[Page], areas: Areas) -> dict[str, list[_Row]]:
    """The rows that name a judgement and have a grade, by judgement."""
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in _rows(pages, areas):
        if row.area and grade(row.beside):
            found[row.area].append(row)
    return found


def _rows(pages: Sequence[Page], areas: Areas) -> Iterator[_Row]:
    """Each cell's words, and the words of all cells to its right in the same row, without earlier inspections'."""
    for page in pages:
        cells = [cell for cell in page.cells if not _is_earlier(cell, page.cells, areas)]
        for cell in cells:
            beside = [other for other in cells if _is_right_of(other, cell)]
            if beside and len(cell.text) <= _MAX_LABEL_CHARACTERS:
                words = " ".join(c.text for c in sorted(beside, key=lambda c: (c.left, -c.top)))
                yield _Row(page, cell.text, words, areas.named(cell.text))


def _is_earlier(cell: Cell, cells: Sequence[Cell], areas: Areas) -> bool:
    """Whether the head of a cell's column, which is the first cell above it that is neither grade nor label, speaks of
    an earlier inspection."""
    above = sorted((other for other in cells if _is_above(other, cell)), key=lambda other: other.bottom)
    head = next((other.text for other in above if not (grade(other.text) or areas.named(other.text))), "")
    return len(head) <= _MAX_HEAD_CHARACTERS and _EARLIER.search(head) is not None


def _is_above(other: Cell, cell: Cell) -> bool:
    """Return True if `other` stands above `cell` in its column: they share at least half the narrower one's width."""
    shared = min(other.right, cell.right) - max(other.left, cell.left)
    return other.bottom >= cell.top - 1 and shared > 0.5 * min(other.right - other.left, cell.right - cell.left)


def _is_right_of(other: Cell, cell: Cell) -> bool:
    """Whether `other` stands beside `cell`, not above or below: they share at least half the height of the lower."""
    shared = min(other.top, cell.top) - max(other.bottom, cell.bottom)
    return other.left >= cell.right - 1 and shared > 0.5 * min(other.top - other.bottom, cell.top - cell.bottom)


def _evidence(row: _Row) -> Quote:
    """Quote label and grade if they stand together in the text, otherwise the grade alone."""
    quote = row.page.verbatim(f"{row.label} {row.beside}", row.beside, row.beside.split()[0])
    return quote or Quote(row.beside, row.page.number)
