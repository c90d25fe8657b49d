"""What a sheet of the workbook is: columns, each with its value and the way in which it is shown, and rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

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
    """A column: its heading, how its cells are shown, and the cell of what a row is about."""

    heading: str
    shown: Shown
    value: Callable[[Any], Cell]

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


def sheet(name: str, about: str, columns: Sequence[Column], each: Iterable[Any], fixed: int = 1) -> Sheet:
    """A sheet with a row for each thing."""
    return Sheet(name, about, columns, [[column.value(one) for column in columns] for one in each], fixed)


COUNCIL = (
    Column("Council", Shown.NAME, lambda one: one.council.name),
    Column("Region", Shown.TERM, lambda one: one.council.region),
)
"""The first columns of what is a council's."""
