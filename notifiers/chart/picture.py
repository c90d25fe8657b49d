"""Makes the picture of a council's judgements over the years, with its description, for an e-mail or an upload. Pure.

The same event gives the same bytes. The drawing library is loaded only if there is something to draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model import Event
from monitor.wording.text import cut
from notifiers.chart.grid import Cell, Grid, grid

MAX_ALT_CHARACTERS = 1_500
"""The length of a picture's description; Slack takes 2,000 characters."""
PICTURED = ("report.published", "report.replaced")
WAYS = {"improved": " (improved)", "declined": " (declined)"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of twice the size of its place on the page: `width` and `height` are the page's CSS pixels."""

    png: bytes
    alt: str
    width: int
    height: int


def picture(event: Event) -> Picture | None:
    """Draw the council's graded inspections side by side, this one last. None if there are not two of them.

    A visit judges nothing, so it has no picture: readers would take the coloured grades for its own.
    """
    table = grid(event) if event.kind in PICTURED else None
    if table is None:
        return None
    from notifiers.chart.draw import SCALE, png

    data, (width, height) = png(table)
    return Picture(data, alt(table), width // SCALE, height // SCALE)


def alt(table: Grid) -> str:
    """Describe the picture in words: one sentence for each inspection, the latest first."""
    told = [" ".join(_sentence(table, i)) for i in reversed(range(len(table.columns)))]
    return cut(f"{table.council}: Ofsted's judgements over the years. {' '.join(told)}", MAX_ALT_CHARACTERS)


def _sentence(table: Grid, index: int) -> Iterator[str]:
    column = table.columns[index]
    yield f"{column.when} ({column.framework}{', this report' if column.own else ''}):"
    yield ", ".join(_said(table, c) for c in table.cells if c.column == index) + "."


def _said(table: Grid, cell: Cell) -> str:
    names = table.areas[cell.row : cell.row + cell.rows]
    if cell.beside:
        return cell.text
    area = " and ".join([names[0], *(n[:1].lower() + n[1:] for n in names[1:])])
    return f"{area} {cell.text if cell.grade else cell.text.lower()}{WAYS.get(cell.way, '')}"
