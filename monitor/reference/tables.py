"""The tables of reference data, read once. Councils are named by Ofsted's number (URN)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from monitor.reference.sources import Measure, Source, sources

ENGLAND = "england"
"""Stands for a council's number in a row of figures for all of England."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One of a council's ten statistical neighbours. `rank` 1 is the closest; `closeness` is the department's own word
    ("extremely close" to "not close"); `row` is the row of `neighbours.csv`, the header being row 1."""

    urn: str
    rank: int
    closeness: str
    row: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A council's square on the map of England: `column` 1 is the west, `row` 1 the north."""

    urn: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One council's figure for a year, in the unit of its measure. `value` is None where it is not known, and `note`
    then says why; a value of 0 is a reported 0. `row` is the row of `context.csv`."""

    urn: str
    measure: Measure
    year: str
    value: float | None
    note: str
    row: int

    @property
    def source(self) -> Source:
        """The publication that it comes from."""
        return self.measure.source


def neighbours(urn: str) -> tuple[Neighbour, ...]:
    """Return a council's ten statistical neighbours, the closest first; nothing for a number that is not in the
    table. It is not mutual: a council need not be its neighbour's neighbour."""
    return _neighbours().get(urn, ())


def neighbours_source() -> Source:
    """Return the source of the neighbours."""
    found = sources().tables["neighbours"].source
    assert found is not None
    return found


@cache
def tiles() -> dict[str, Tile]:
    """Return each council's square on the map, by the council's number."""
    found = (Tile(cells["council_urn"], int(cells["column"]), int(cells["row"])) for _, cells in rows("tiles"))
    return {tile.urn: tile for tile in found}


def figures(urn: str, measure: str | None = None) -> list[Figure]:
    """Return a council's figures, of one measure or of all, in the table's order: by measure, then by year."""
    return [f for f in _figures().get(urn, ()) if measure in (None, f.measure.name)]


def rows(table: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the rows of a table as text, each with its number; the header is row 1."""
    with sources().tables[table].path.open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file, strict=True), 2)


@cache
def _neighbours() -> dict[str, tuple[Neighbour, ...]]:
    table: dict[str, list[Neighbour]] = {}
    for row, cells in rows("neighbours"):
        found = Neighbour(cells["neighbour_urn"], int(cells["rank"]), cells["closeness"], row)
        table.setdefault(cells["council_urn"], []).append(found)
    return {urn: tuple(sorted(found, key=lambda n: n.rank)) for urn, found in table.items()}


@cache
def _figures() -> dict[str, list[Figure]]:
    table: dict[str, list[Figure]] = {}
    for row, cells in rows("context"):
        table.setdefault(cells["council_urn"], []).append(_figure(row, cells))
    return table


def _figure(row: int, cells: dict[str, str]) -> Figure:
    value = float(cells["value"]) if cells["value"] else None
    measure = sources().measures[cells["measure"]]
    return Figure(cells["council_urn"], measure, cells["year"], value, cells["note"], row)
