"""Reads the tables in which area SEND reports since 2023 list improvements: one row for each item, and beside it the
bodies that are responsible.

The table has its own heading in a cell ("Areas for improvement", "Responsible body | Areas for priority action") and
may run over several pages. A row that a page break cuts becomes one row again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.letters.document import Cell, Document, Line, Page
from monitor.letters.sections import Role, role_of
from monitor.letters.words import BULLETS
from monitor.model import Quote

_SAME_EDGE_POINTS = 8.0
_MAX_HEADING_CHARACTERS = 60
_BESIDE = "responsible body"
_NEW_ROW = re.compile(rf"[^a-z{re.escape(BULLETS)}]")


@dataclass(slots=True)
class _Column:
    """The cells under one heading, collected page by page."""

    role: Role
    edges: tuple[float, float] | None = None
    rows: list[Quote] = field(default_factory=list)

    def take(self, cell: Cell, page: int) -> None:
        """Add a cell of the column. The first cell after an outer heading shows where the column is."""
        if cell.text.lower().startswith(_BESIDE) or not any(map(str.isalpha, cell.text)):
            return
        self.edges = self.edges or (cell.left, cell.right)
        if abs(cell.left - self.edges[0]) > _SAME_EDGE_POINTS or abs(cell.right - self.edges[1]) > _SAME_EDGE_POINTS:
            return
        above = self.rows[-1] if self.rows else None
        if above and above.page == page - 1 and not (above.text.endswith(".") and _NEW_ROW.match(cell.text)):
            self.rows[-1] = Quote(f"{above.text} {cell.text}", above.page)
        else:
            self.rows.append(Quote(cell.text, page))


def tabled(document: Document, role: Role) -> list[Quote]:
    """Return the rows under the headings with this role, in order."""
    column, found = _Column("other"), list[Quote]()
    for page in document.pages:
        for part in _downwards(document, page):
            heading = part.text if len(part.text) <= _MAX_HEADING_CHARACTERS else ""
            opened = role_of(heading) or ("other" if isinstance(part, Line) else None)
            if opened:
                found += column.rows if column.role == role else []
                column = _Column(opened, (part.left, part.right) if isinstance(part, Cell) else None)
            elif isinstance(part, Cell) and column.role == role:
                column.take(part, page.number)
    return found + (column.rows if column.role == role else [])


def _downwards(document: Document, page: Page) -> Iterator[Line | Cell]:
    """The page's large headings and its cells, from the top."""
    large = [line for line in page.lines if line.size > document.body_size * 1.1]
    parts: list[Line | Cell] = [*large, *page.cells]
    return iter(sorted(parts, key=lambda part: -(part.y if isinstance(part, Line) else part.top)))
