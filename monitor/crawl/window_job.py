"""Jobs over sources that show a window on what is new: feeds, committees' calendars, pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitor.crawl.listing_job import Order
from monitor.crawl.targets import TargetSpec
from monitor.model import Job, Known, Target
from monitor.store import Store, records, sources


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of each target: its mark, the keys of its records, and its documents by key."""

    marks: Mapping[str, str | None] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: Mapping[str, dict[str, Known]] = field(default_factory=dict)


def memory(store: Store, source: str, targets: Iterable[str]) -> Memory:
    """What the store remembers of a source's targets."""
    wanted = set(targets)
    marks = {t: mark for t, mark in sources.marks(store, source).items() if t in wanted}
    return Memory(marks, records.keys(store, source), records.documents(store, source))


def job(order: Order, spots: Mapping[str, TargetSpec], memory: Memory) -> Job:
    """A job over these targets. What a target shows beside what is known of it is for its spider to tell."""
    return order.job((_target(name, spot, memory) for name, spot in spots.items()), order.depth)


def _target(name: str, spot: TargetSpec, memory: Memory) -> Target:
    return Target(
        target=name,
        name=spot.council.name if spot.council else spot.name,
        url=spot.url,
        mark=memory.marks.get(name),
        documents=dict(memory.documents.get(name, {})),
        keys=memory.keys.get(name, ()),
        options=dict(spot.options),
    )
