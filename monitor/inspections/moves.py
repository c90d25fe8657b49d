"""Judgements that moved, from the letters themselves: each full inspection beside the one before it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from monitor.inspections.full import full_inspections
from monitor.inspections.judgements import changes
from monitor.model import Change
from monitor.model.letter import Inspection


@dataclass(frozen=True, slots=True)
class Move:
    """A judgement (`change`) that a report moved, the page of the report that states it, and the report before."""

    change: Change
    report: Inspection
    before: Inspection
    page: int | None


def moves(history: Iterable[Inspection]) -> Iterator[Move]:
    """What moved at each full inspection of a council, oldest first: what improved, what declined, and the first
    separate judgements of care where they are other grades than the joint one. What is no longer judged is no move."""
    for before, report in pairwise(full_inspections(history)):
        for change in changes(before.letter, report.letter):
            if change.moved:
                stated = report.letter.evidence.get(f"judgements.{change.area}")
                yield Move(change, report, before, stated.page if stated else None)
