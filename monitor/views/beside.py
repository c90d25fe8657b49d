"""A council beside others: how long it has waited, and how its statistical neighbours stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from monitor.councils.registry import Council, Registry
from monitor.inspections.full import full_inspections
from monitor.model.letter import Inspection
from monitor.reference import tables
from monitor.views import due as due_view
from monitor.views.due import Due
from monitor.views.sector import Sector


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """A statistical neighbour: rank 1 is the closest; `latest` is its last full inspection, where one is known, and
    `watched` whether its letters are read at all."""

    council: Council
    rank: int
    closeness: str
    watched: bool
    latest: Inspection | None


def neighbours(found: Sector, registry: Registry, urn: str) -> list[NeighbourView]:
    """A council's statistical neighbours, the closest first. It is not mutual."""
    views = {view.council.ofsted_urn: view for view in found.views}
    return [
        NeighbourView(
            council,
            neighbour.rank,
            neighbour.closeness,
            neighbour.urn in views,
            next(reversed(full_inspections(views[neighbour.urn].letters)), None) if neighbour.urn in views else None,
        )
        for neighbour in tables.neighbours(urn)
        if (council := registry.by_urn(neighbour.urn))
    ]


def wait(found: Sector, urn: str, on: date) -> Due | None:
    """A council's wait on a day, ranked among all that are watched."""
    return next((d for d in due_view.due(found.views, on) if d.wait.urn == urn), None)


def as_json(found: list[NeighbourView]) -> list[dict[str, Any]]:
    """`neighbours` of `council NAME --json`. Judgements are null where no full inspection is known."""
    return [
        {
            "rank": n.rank,
            "council": n.council.name,
            "urn": n.council.ofsted_urn,
            "closeness": n.closeness,
            "watched": n.watched,
            "published": n.latest.published if n.latest else None,
            "judgements": dict(n.latest.letter.judgements) if n.latest else None,
            "url": n.latest.url if n.latest else None,
        }
        for n in found
    ]
