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
    """What is known of each target: its cursor, the keys of its records, and its documents by key."""

    cursors: Mapping[str, str | None] = field(default_factory=dict)
    known_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: Mapping[str, dict[str, Known]] = field(default_factory=dict)


def memory(store: Store, source: str, targets: Iterable[str]) -> Memory:
    """What the store remembers of a source's targets."""
    wanted = set(targets)
    cursors = {t: cursor for t, cursor in sources.cursors(store, source).items() if t in wanted}
    return Memory(cursors, records.keys(store, source), records.documents(store, source))


def job(order: Order, specs: Mapping[str, TargetSpec], memory: Memory) -> Job:
    """A job over these targets. What a target shows beside what is known of it is for its spider to tell."""
    return order.job((_target(name, spec, memory) for name, spec in specs.items()), order.depth)


def _target(name: str, spec: TargetSpec, memory: Memory) -> Target:
    return Target(
        target=name,
        name=spec.council.name if spec.council else spec.name,
        url=spec.url,
        cursor=memory.cursors.get(name),
        documents=dict(memory.documents.get(name, {})),
        known_keys=memory.known_keys.get(name, ()),
        options=dict(spec.options),
    )
