"""Chooses a few meetings of a site to look at, and says what was recognised of one: for `check --probe`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from monitor.model import Kind, Record
from spiders.committees.fields import Meeting
from spiders.committees.names import CHILDREN
from spiders.counts import counted

COUNTED = {Kind.ITEM: "agenda item", Kind.DOCUMENT: "paper", Kind.MINUTES: "item"}


class Dated(Protocol):
    """A meeting in a list; `day` is ISO 8601, where the list shows it."""

    @property
    def day(self) -> str | None: ...

    @property
    def committee(self) -> str: ...


D = TypeVar("D", bound=Dated)


def sampled(rows: Sequence[D], most: int | None, today: str) -> list[D]:
    """Choose at most so many meetings; None: all. Those of committees about children go before others. Of them the
    oldest comes first, because it has minutes, then the next one, whose agenda may be out, then the latest past."""
    if most is None or len(rows) <= most:
        return list(rows)
    rows = [row for row in rows if CHILDREN.search(row.committee)] or rows
    ordered = sorted(rows, key=_day)
    past = [row for row in ordered if _day(row) < today]
    coming = [row for row in ordered if _day(row) >= today]
    return [*past[:1], *coming[:1], *reversed(past[1:]), *coming[1:]][:most]


def _day(row: Dated) -> str:
    return row.day or ""


def described(meeting: Meeting, records: Iterable[Record]) -> str:
    """Say what was recognised of a meeting: its committee, day and status, and how much stands on it."""
    counts = Counter(record.kind for record in records)
    held = ", ".join(counted(counts[kind], name) for kind, name in COUNTED.items()) + " with minutes"
    committee = meeting.committee or "no committee named"
    return f"meeting {meeting.key} ({committee}, {meeting.day}, {meeting.status or 'no status'}): {held}"
