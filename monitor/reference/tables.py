"""The tables of reference data, read once. Councils are named by Ofsted's number (URN)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from monitor.reference.sources import Source, sources


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
