"""A picture of a council's judgements over the years, for an e-mail or to be uploaded, with its words. Pure.

The same event gives the same bytes. Drawing is loaded only where there is something to draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model import Event
from monitor.wording.text import cut
from notifiers.chart.grid import Cell, Grid, grid

ALT = 1_500
"""Characters of a picture's words; Slack takes 2,000."""
PICTURED = ("report.published", "report.replaced")
WAYS = {"improved": " (improved)", "declined": " (declined)"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of twice the size at which it is to be shown: `width` and `height` are for the page, in CSS pixels."""

    png: bytes
    alt: str
    width: int
    height: int


def picture(event: Event) -> Picture | None:
    """The council's graded inspections side by side, this one last; None where there are not two of them.

    A visit judges nothing, so it has no picture: grades in colour beside it would be taken for its own.
    """
    table = grid(event) if event.kind in PICTURED else None
    if table is None:
        return None
    from notifiers.chart.draw import SCALE, png

    data, (width, height) = png(table)
    return Picture(data, alt(table), width // SCALE, height // SCALE)


def alt(table: Grid) -> str:
    """The picture in words, an inspection a sentence, the latest first."""
    told = [" ".join(_sentence(table, i)) for i in reversed(range(len(table.columns)))]
    return cut(f"{title(table)}. " + " ".join(told), ALT)


def title(table: Grid) -> str:
    """What the picture shows."""
    return f"{table.council}: Ofsted's judgements over the years"


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
