"""Which judgements moved, of all councils: newest first. The rules are in `inspections.moves`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from monitor.councils.registry import Council
from monitor.inspections import moves as of_history
from monitor.views.council import CouncilView


@dataclass(frozen=True, slots=True)
class CouncilMove:
    """A judgement of a council that moved."""

    council: Council
    move: of_history.Move

    @property
    def published(self) -> str:
        """The day on which the report came out that moved it."""
        return self.move.report.published


def moves(views: Iterable[CouncilView], since: str = "", until: str = "9999") -> list[CouncilMove]:
    """What moved in reports published from `since` to `until` (days, ISO 8601), newest first, then by council."""
    every = (CouncilMove(view.council, move) for view in views for move in of_history.moves(view.letters))
    found = (m for m in every if since <= m.published <= until)
    return sorted(sorted(found, key=lambda m: m.council.name), key=lambda m: m.published, reverse=True)


def as_json(found: CouncilMove) -> dict[str, Any]:
    """One line of `moves --json`."""
    move, change = found.move, found.move.change
    return {
        "council": found.council.name,
        "urn": found.council.ofsted_urn,
        "published": found.published,
        "area": change.area,
        "before": change.before,
        "after": change.after,
        "direction": change.direction,
        "url": move.report.url,
        "page": move.page,
    }
