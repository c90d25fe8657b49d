"""What a spider remembers of a window on what is new: a feed, a page that lists articles.

It is the poll's cursor and comes back with the next job. It has to say two things: whether the source is as it
was, and of each entry that the window shows, what it is told by and what became of it. An entry that has left the
window is forgotten, so that a memory is never larger than a window.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from spiders.http.fetch import conditional

VERSION = 1
"""Raised when what is looked for changes, so that everything in the window is looked at again."""
Fate = Literal["known", "rejected", "passed"]
"""`known`: it has a record; `rejected`: its page was opened and concerns nobody; `passed`: nothing asked for more."""
LETTERS: dict[Fate, str] = {"known": "k", "rejected": "r", "passed": "p"}
FATES: dict[str, Fate] = {letter: fate for fate, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the last look left it. `names` are what it is told by (guid, address), `key` its record's; by `title`
    and `time` it is known under another address; `said` is a digest of all that the window said of it; `since`: the day
    on which its page first failed, while it is owed."""

    names: tuple[str, ...]
    key: str
    title: str
    time: str
    said: str
    fate: Fate
    since: str | None = None

    def written(self) -> list[Any]:
        """As the cursor has it."""
        return [list(self.names), self.key, self.title, self.time, self.said, LETTERS[self.fate], self.since]


def _row(raw: Any) -> Row:
    names, key, title, time, said, letter, since = raw
    return Row(tuple(map(str, names)), str(key), str(title), str(time), str(said), FATES[letter], since)


@dataclass(frozen=True, slots=True)
class FeedMemory:
    """`raw` is the hash of the bytes, `digest` of what they list, `newest` the newest entry's time. `pages_end`: the
    pages that were read had their end tag (`spiders.http.whole_pages`). `known`, `passed` and `waiting` are what the
    first edition remembered of entries, by their addresses."""

    etag: str | None = None
    modified: str | None = None
    raw: str | None = None
    digest: str | None = None
    newest: str | None = None
    entries: tuple[Row, ...] = ()
    known: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    pages_end: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing is owed, so that an unchanged source needs no second look."""
        return self.raw is not None and not self.waiting and not any(row.since for row in self.entries)

    def headers(self) -> dict[str, str]:
        """Those of a conditional request; none while an entry is owed."""
        return conditional(self.etag, self.modified) if self.settled else {}

    def written(self) -> str:
        """As the poll carries it: compact JSON without what is empty."""
        values = {**asdict(self), "entries": [row.written() for row in self.entries], "waiting": dict(self.waiting)}
        return json.dumps({"v": VERSION, **{k: v for k, v in values.items() if v}}, separators=(",", ":"))

    def aside(self, rows: Iterable[Row]) -> FeedMemory:
        """The same memory of the source with other entries."""
        return replace(self, entries=tuple(rows), known=(), passed=(), waiting=())

    def for_sweep(self) -> FeedMemory:
        """What a look that trusts nothing may keep: which entries have a record, or are owed one."""
        kept = tuple(row for row in self.entries if row.fate == "known" or row.since)
        return FeedMemory(entries=kept, known=self.known, waiting=self.waiting, pages_end=self.pages_end)


def read_memory(cursor: str | None) -> FeedMemory:
    """The memory as `written` wrote it. Another version's, or what is none, is as good as none."""
    try:
        raw: Any = json.loads(cursor or "{}")
        if not isinstance(raw, dict) or raw.pop("v", None) != VERSION:
            return FeedMemory()
        rows = tuple(map(_row, raw.pop("entries", ())))
        waiting = tuple(sorted(raw.pop("waiting", {}).items()))
        known, passed = (tuple(raw.pop(name, ())) for name in ("known", "passed"))
        return FeedMemory(**raw, entries=rows, known=known, passed=passed, waiting=waiting)
    except (ValueError, TypeError, KeyError, AttributeError):
        return FeedMemory()


def short(key: str) -> str:
    """A key's name in a memory."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:10]
