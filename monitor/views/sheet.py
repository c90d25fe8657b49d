"""What a sheet of the workbook is: columns, each shown in a way, and rows of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

Cell = str | int | None
HEADING_MARGIN = 4
"""Characters: for bold type, and the button of the filter."""


class Shown(Enum):
    """How the cells of a column are shown. The value is the column's width in characters."""

    WORD = 15
    NAME = 34
    TERM = 24
    CODE = 11
    DAY = 13
    NUMBER = 10
    GRADE = 21
    LINK = 46
    PHRASE = 40
    TEXT = 90


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and how its cells are shown."""

    heading: str
    shown: Shown

    @property
    def width(self) -> int:
        """In characters: what its cells need, and its heading's longest word."""
        return max(self.shown.value, *(len(word) + HEADING_MARGIN for word in self.heading.split()))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name on the tab, what it has, its columns and rows. `fixed`: columns that stay in sight."""

    name: str
    about: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    fixed: int = 1


COUNCIL = (Column("Council", Shown.NAME), Column("Region", Shown.TERM))
DATES = (Column("Began", Shown.DAY), Column("Ended", Shown.DAY), Column("Published", Shown.DAY))
REPORT = Column("Report", Shown.LINK)
