"""What a crawl child is told to do: which targets, what is known of them, what to ask for again. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from monitor.model import Http, Job, Known, Target, days
from monitor.model.reach import Depth, Reach
from monitor.model.state import Remembered
from monitor.model.trouble import Listing

RECENT = timedelta(days=365)
"""A document that has stood for a year is taken for final."""
MAX_HAND_PICKED_COUNCILS = 5
"""A crawl of so few councils was asked for by a person: all their recent documents are asked again."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the store remembers of a source: its targets' cursors and records (by key), how far its listing is believed,
    and the documents that are kept and `damaged` (by hash)."""

    known: Mapping[str, Mapping[str, Remembered]] = field(default_factory=dict)
    cursors: Mapping[str, str | None] = field(default_factory=dict)
    listing: Listing = field(default_factory=Listing)
    asked: Mapping[tuple[str, str], str] = field(default_factory=dict)
    damaged: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What any job says of its run."""

    run: str
    source: str
    base_url: str
    documents_dir: str
    http: Http
    today: date
    depth: Depth
    reach: Reach

    def job(self, targets: Iterable[Target], depth: Depth, **options: Any) -> Job:
        """The job over these targets."""
        today, sweep = {"today": self.today.isoformat()}, depth is Depth.EVERYTHING
        return Job(
            self.run, self.source, self.base_url, self.documents_dir, self.http, tuple(targets), sweep, today | options
        )


def job(order: Order, names: Mapping[str, str], memory: Memory, page_size: int, recheck: int) -> Job:
    """A job over the targets in `names` of a source that lists all it has.

    Until a sweep has gone through, crawls are sweeps: they open every page anyway, and tell how far the
    listing can be trusted.
    """
    believed = memory.listing.swept and not memory.listing.hides
    depth = order.depth if believed else Depth.EVERYTHING
    most = None if depth is Depth.NEW or len(names) <= MAX_HAND_PICKED_COUNCILS else recheck
    due = _due(memory, names, most, order.today)
    targets = (_target(t, name, memory, due) for t, name in names.items())
    return order.job(targets, depth, all_targets=order.reach is Reach.EVERY_COUNCIL, page_size=page_size)


def _target(target: str, name: str, memory: Memory, due: set[tuple[str, str]]) -> Target:
    known = memory.known.get(target, {})
    sound = {key: r for key, r in known.items() if not _is_damaged(r, memory)}
    kept = {key: d for key, r in sound.items() if (d := _document(r, recheck=(target, key) in due))}
    listed = sorted(key for key, r in known.items() if r.state != "gone")
    cursor = memory.cursors.get(target) if len(sound) == len(known) else None
    return Target(target, name, cursor=cursor, documents=kept, options={"listed": listed})


def _is_damaged(record: Remembered, memory: Memory) -> bool:
    """True if the document that is kept is none. It is asked for in each look, as if it had never come."""
    document = record.document
    return record.state == "listed" and document is not None and document.sha256 in memory.damaged


def _document(record: Remembered, *, recheck: bool) -> Known | None:
    """Return what a crawl is told of a document: that it is kept, or that the site has said it is gone."""
    settled = Known(None, gone=True) if record.gone and record.state == "listed" else None
    known = record.document or settled
    return replace(known, recheck=True) if known and recheck else known


def _due(memory: Memory, names: Iterable[str], most: int | None, today: date) -> set[tuple[str, str]]:
    """The documents to ask for again: those of the last year, the longest unasked first; all of them without a `most`.

    The year counts from the newest report that the source lists, not from the clock here. A date ahead of the clock is
    mistyped, and says nothing of any other report. In a crawl that opens only what changed, all of them are due: just
    the opened pages' will be asked.
    """
    recent = _recent({t: memory.known[t] for t in names if t in memory.known}, today)
    return set(sorted(recent, key=lambda k: (memory.asked.get(k, ""), k))[:most])


def _recent(known: Mapping[str, Mapping[str, Remembered]], today: date) -> list[tuple[str, str]]:
    dated = [
        (target, key, day)
        for target, items in known.items()
        for key, r in items.items()
        if r.state == "listed" and (day := days.day(r.published))
    ]
    newest = max((day for _, _, day in dated if day <= today), default=today)
    since = days.days_before(newest, RECENT)
    return [(target, key) for target, key, day in dated if day >= since]
