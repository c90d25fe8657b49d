"""What a spider remembers of a committee site between two crawls, as the JSON text of the poll's cursor.

Its size is bounded by the span of meetings. If a cursor cannot be read, the next crawl starts as a first one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

VERSION = 1
AGENDA, MINUTES, DECISIONS = "a", "m", "d"


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as the spider last opened it. `flags` say what was published (agenda, minutes, decisions), `items` (id,
    number, title) are those that may concern an inspection, `committee` stands in no meeting itself."""

    day: str
    status: str = "Confirmed"
    flags: str = ""
    committee: str = ""
    items: tuple[tuple[str, str, str], ...] = ()

    @property
    def settled(self) -> bool:
        """Nothing more is to come: the spider has read the minutes, or the meeting does not take place."""
        return MINUTES in self.flags or self.status.lower() != "confirmed"


@dataclass(slots=True)
class CommitteeMemory:
    """What the spider remembers of one site. `base` is the address that answered. `feed` is the digest of the feed,
    `feed_editions` what it listed of each meeting. `robots` is the day on which robots.txt was last read and allowed
    the crawl. `per_committee` is True if the site lists meetings only committee by committee. `retry_count` counts the
    crawls in which a meeting could not be read whole."""

    base: str = ""
    feed: str = ""
    feed_editions: tuple[str, ...] = ()
    robots: str = ""
    per_committee: bool = False
    meetings: dict[str, Held] = field(default_factory=dict)
    retry_count: dict[str, int] = field(default_factory=dict)


def read_memory(cursor: str | None) -> CommitteeMemory:
    """Read the memory of an earlier crawl; empty if there is none or it has another version."""
    try:
        raw = json.loads(cursor or "{}")
        if not isinstance(raw, dict) or raw.get("v") != VERSION:
            return CommitteeMemory()
        return _memory(raw)
    except (ValueError, TypeError, KeyError, AttributeError):
        return CommitteeMemory()


def write_memory(memory: CommitteeMemory) -> str:
    """Write the memory as text, for the poll, with the short names of the first edition, whose cursors are read."""
    raw: dict[str, Any] = {"v": VERSION, "base": memory.base, "feed": memory.feed, "seen": list(memory.feed_editions)}
    raw |= {"robots": memory.robots} if memory.robots else {}
    raw |= {"each": True} if memory.per_committee else {}
    raw |= {"meetings": {key: _row(held) for key, held in sorted(memory.meetings.items())}} if memory.meetings else {}
    raw |= {"again": memory.retry_count} if memory.retry_count else {}
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":"))


def _memory(raw: dict[str, Any]) -> CommitteeMemory:
    meetings = {str(key): _held(row) for key, row in raw.get("meetings", {}).items()}
    again = {str(key): int(times) for key, times in raw.get("again", {}).items()}
    seen = tuple(map(str, raw.get("seen", ())))
    return CommitteeMemory(
        raw["base"], raw["feed"], seen, raw.get("robots", ""), bool(raw.get("each")), meetings, again
    )


def _row(held: Held) -> list[Any]:
    return [
        held.day,
        held.status,
        held.flags,
        *([held.committee] if held.committee or held.items else []),
        *([held.items] if held.items else []),
    ]


def _held(row: list[Any]) -> Held:
    day, status, flags = map(str, row[:3])
    items = tuple((str(key), str(number), str(title)) for key, number, title in (row[4] if len(row) > 4 else ()))
    return Held(day, status, flags, str(row[3]) if len(row) > 3 else "", items)
