"""Jobs over sources that show a window on what is new: feeds, committees' calendars, pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.crawl.listing_job import Order
from monitor.crawl.targets import TargetSpec
from monitor.model import Job, Known, Target
from monitor.store import Store, crawl_memory, sources

SHOWN_AGAIN = timedelta(days=400)
"""A committee's window is five months. What was first seen longer ago may still be shown, and is then fetched anew."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of each target: its cursor, whether it is baselined, and its documents by key."""

    cursors: Mapping[str, str | None] = field(default_factory=dict)
    baselined: Collection[str] = ()
    documents: Mapping[str, dict[str, Known]] = field(default_factory=dict)


def memory(store: Store, source: str, targets: Iterable[str], now: datetime, damaged: Collection[str] = ()) -> Memory:
    """What the store remembers of a source's targets, as far as they may show it again. Documents that are kept and
    `damaged` (by hash) are as good as not had: they are fetched anew where they are shown."""
    wanted = set(targets)
    cursors = {t: cursor for t, cursor in sources.cursors(store, source).items() if t in wanted}
    kept = crawl_memory.documents(store, source, (now - SHOWN_AGAIN).isoformat())
    sound = {t: {key: d for key, d in found.items() if d.sha256 not in damaged} for t, found in kept.items()}
    return Memory(cursors, sources.baselined(store, source), sound)


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
        baselined=name in memory.baselined,
        options=dict(spec.options),
    )
