"""Holds the tables against the registry and against themselves. A refreshed file passes this or is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import isfinite

from monitor.councils.registry import Registry
from monitor.reference.sources import sources
from monitor.reference.tables import rows

CLOSENESS = ("extremely close", "very close", "close", "somewhat close", "not close")
"""The department's words, the closest first."""
NEIGHBOURS = 10
ENGLAND = "england"
"""Stands for a council's number in a row of figures for all of England."""

Cells = dict[str, str]
Rows = list[tuple[int, Cells]]


def faults(registry: Registry) -> list[str]:
    """Return what is wrong with the tables, one line for each fault, with file and row; nothing if all is well."""
    urns = {council.urn for council in registry}
    tables = {name: list(rows(name)) for name in sources().tables}
    return [
        *_unknown_councils(tables, urns),
        *_neighbour_faults(tables["neighbours"], urns),
        *_tile_faults(tables["tiles"], urns),
        *_figure_faults(tables["context"], urns),
    ]


def _unknown_councils(tables: dict[str, Rows], urns: set[str]) -> Iterator[str]:
    for name, table in tables.items():
        known = urns | ({ENGLAND} if name == "context" else set())
        named = [(row, cells[column]) for row, cells in table for column in cells if column.endswith("_urn")]
        yield from (
            f'{name}.csv, row {row}: no council has the number "{urn}"' for row, urn in named if urn not in known
        )
        yield from (
            f"{name}.csv: council {urn} has no row"
            for urn in sorted(known - {cells["council_urn"] for _, cells in table})
        )


def _neighbour_faults(table: Rows, urns: set[str]) -> Iterator[str]:
    yield from _twice("neighbours", table, ("council_urn", "rank"))
    yield from _twice("neighbours", table, ("council_urn", "neighbour_urn"))
    for row, cells in table:
        if cells["council_urn"] == cells["neighbour_urn"]:
            yield f"neighbours.csv, row {row}: a council is its own neighbour"
        if cells["closeness"] not in CLOSENESS:
            yield f'neighbours.csv, row {row}: "{cells["closeness"]}" is no word of closeness'
    for urn in sorted(urns):
        yield from _order_faults(urn, [cells for _, cells in table if cells["council_urn"] == urn])


def _order_faults(urn: str, ten: list[Cells]) -> Iterator[str]:
    """Ranks 1 to 10, and never a closer word at a later rank."""
    ranked = sorted(ten, key=lambda cells: (len(cells["rank"]), cells["rank"]))
    if [cells["rank"] for cells in ranked] != [str(rank) for rank in range(1, NEIGHBOURS + 1)]:
        yield f"neighbours.csv: the ranks of council {urn} are not 1 to {NEIGHBOURS}"
    places = [CLOSENESS.index(cells["closeness"]) for cells in ranked if cells["closeness"] in CLOSENESS]
    if places != sorted(places):
        yield f"neighbours.csv: a later neighbour of council {urn} is closer than an earlier one"


def _tile_faults(table: Rows, urns: set[str]) -> Iterator[str]:
    yield from _twice("tiles", table, ("council_urn",))
    yield from _twice("tiles", table, ("column", "row"))
    if len(table) != len(urns):
        yield f"tiles.csv: {len(table)} squares for {len(urns)} councils"


def _figure_faults(table: Rows, urns: set[str]) -> Iterator[str]:
    yield from _twice("context", table, ("council_urn", "measure", "year"))
    for row, cells in table:
        if cells["measure"] not in sources().measures:
            yield f'context.csv, row {row}: no measure "{cells["measure"]}"'
        if cells["value"] and not _is_number(cells["value"]):
            yield f'context.csv, row {row}: "{cells["value"]}" is no number'
        if not cells["value"] and not cells["note"]:
            yield f"context.csv, row {row}: no value, and no note that says why"
    each = Counter((cells["measure"], cells["year"]) for _, cells in table)
    yield from (
        f"context.csv: {measure} of {year} has {number} rows for {len(urns)} councils and England"
        for (measure, year), number in each.items()
        if number != len(urns) + 1
    )


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _twice(name: str, table: Rows, columns: tuple[str, ...]) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    for row, cells in table:
        first = seen.setdefault(tuple(cells[column] for column in columns), row)
        if first != row:
            yield f"{name}.csv, row {row}: the same {' and '.join(columns)} as row {first}"
