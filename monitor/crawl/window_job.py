"""Jobs over sources that show a window on what is new: feeds, committees' calendars, pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.crawl.listing_job import Order
from monitor.crawl.targets import TargetSpec
from monitor.model import Job, Known, Target
from monitor.store import Store, records, sources

SHOWN_AGAIN = timedelta(days=400)
"""A committee's window is five months. What was first seen longer ago may still be shown, and is then fetched anew."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of each target: its mark, whether it is baselined, and its documents by key."""

    marks: Mapping[str, str | None] = field(default_factory=dict)
    baselined: Collection[str] = ()
    documents: Mapping[str, dict[str, Known]] = field(default_factory=dict)


def memory(store: Store, source: str, targets: Iterable[str], now: datetime) -> Memory:
    """What the store remembers of a source's targets, as far as they may show it again."""
    wanted = set(targets)
    marks = {t: mark for t, mark in sources.marks(store, source).items() if t in wanted}
    since = (now - SHOWN_AGAIN).isoformat()
    return Memory(marks, sources.baselined(store, source), records.documents(store, source, since))


def job(order: Order, spots: Mapping[str, TargetSpec], memory: Memory) -> Job:
    """A job over these targets. What a target shows beside what is known of it is for its spider to tell."""
    return order.job((_target(name, spot, memory) for name, spot in spots.items()), sweep=order.full)


def _target(name: str, spot: TargetSpec, memory: Memory) -> Target:
    return Target(
        target=name,
        name=spot.council.name if spot.council else spot.name,
        url=spot.url,
        mark=memory.marks.get(name),
        documents=dict(memory.documents.get(name, {})),
        baselined=name in memory.baselined,
        options=dict(spot.options),
    )
