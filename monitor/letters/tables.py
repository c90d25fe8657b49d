"""Reads the table of judgements on a report's first page twice: by its rules, and in text order.

Reports of 2014-15 may continue the table on page 2. A few draw it as a grid with "Requires" and "improvement" in
separate cells. So a row consists of all cells beside a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from monitor.letters.areas import Areas
from monitor.letters.document import Cell, Page
from monitor.letters.grades import PRINTED, canonical, grade
from monitor.letters.readings import Reading
from monitor.model import Quote

_MAX_LABEL_CHARACTERS = 130
_MAX_CHARACTERS_BETWEEN_ROWS = 60
_PRINTED = re.compile(rf"[^:;!?]{{0,75}}?(?<!\w)({PRINTED})(?!\w)")


def ruled(pages: Sequence[Page], areas: Areas) -> Iterator[Reading]:
    """Find the judgements in ruled tables. The first statement of each counts."""
    seen: set[str] = set()
    for page in pages:
        for label, beside in _rows(page.cells):
            area, found = areas.named(label), grade(beside)
            if area and found and area not in seen:
                seen.add(area)
                yield Reading(area, found, "table", _evidence(page, label, beside))


def unknown_labels(pages: Sequence[Page], areas: Areas) -> Iterator[str]:
    """Report rows that have a grade, but a label that no known framework uses."""
    for page in pages:
        for label, beside in _rows(page.cells):
            if grade(beside) and not areas.named(label):
                yield f'page {page.number}: "{label}" is graded {grade(beside)}, which is not a judgement we know'


def in_text_order(pages: Sequence[Page], areas: Areas) -> Iterator[Reading]:
    """Find the judgements as label, then grade, with nothing between but the label's own words, row after row."""
    seen: set[str] = set()
    for page in pages:
        for area, printed, words in max(_chains(page.flow, areas), key=len, default=[]):
            if area not in seen:
                seen.add(area)
                yield Reading(area, canonical(printed), "text", Quote(words, page.number))


def _chains(text: str, areas: Areas) -> Iterator[list[tuple[str, str, str]]]:
    """Labels with grades that directly follow one another, as the rows of a table do and sentences do not."""
    chain: list[tuple[str, str, str]] = []
    end = 0
    matches = list(re.finditer(areas.pattern(), text, re.IGNORECASE))
    for match, following in zip_longest(matches, matches[1:]):
        found = _PRINTED.match(text, match.end(), following.start() if following else len(text))
        if chain and match.start() - end > _MAX_CHARACTERS_BETWEEN_ROWS:
            yield chain
            chain = []
        if found and match.lastgroup:
            chain.append((match.lastgroup, found[1], text[match.start() : found.end()]))
            end = found.end()
    yield chain


def _rows(cells: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    """Each cell's words, and the words of all cells to its right in the same row."""
    for cell in cells:
        if len(cell.text) <= _MAX_LABEL_CHARACTERS:
            beside = [other for other in cells if _is_right_of(other, cell)]
            if beside:
                yield cell.text, " ".join(c.text for c in sorted(beside, key=lambda c: (c.left, -c.top)))


def _is_right_of(other: Cell, cell: Cell) -> bool:
    """Return True if `other` stands beside `cell`, not above or below it: they share at least half the height of the
    lower one."""
    shared = min(other.top, cell.top) - max(other.bottom, cell.bottom)
    return other.left >= cell.right - 1 and shared > 0.5 * min(other.top - other.bottom, cell.top - cell.bottom)


def _evidence(page: Page, label: str, beside: str) -> Quote:
    """Quote label and grade if they stand together in the text, otherwise the grade alone."""
    quote = page.verbatim(f"{label} {beside}", beside, beside.split()[0])
    return quote or Quote(beside, page.number)
