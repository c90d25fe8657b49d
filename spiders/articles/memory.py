"""What a spider remembers of a window on what is new: a feed, a page that lists articles.

It is the poll's cursor and comes back with the next job. It has to say two things: whether the source is as it
was, and of the entries that the window shows, which have a record, which need none, and which are still owed one. An
entry that has left the window is forgotten, so that a memory is never larger than a window.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

VERSION = 1
"""Raised when what is looked for changes, so that everything in the window is looked at again."""
WRITTEN = {"rejected": "passed", "retry_since": "waiting"}
"""Names that differ in the JSON, as cursors of the first edition have them."""
READ = {written: name for name, written in WRITTEN.items()}


@dataclass(frozen=True, slots=True)
class FeedMemory:
    """`raw` is the hash of the bytes, `digest` of what they list, `newest` the newest entry's time; `known` are the
    entries that have a record, `rejected` those whose page was opened and concerns nobody, `retry_since` those whose
    page failed, with the day on which it first did."""

    etag: str | None = None
    modified: str | None = None
    raw: str | None = None
    digest: str | None = None
    newest: str | None = None
    known: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    retry_since: dict[str, str] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether nothing is owed, so that an unchanged source needs no second look."""
        return self.raw is not None and not self.retry_since

    def headers(self) -> dict[str, str]:
        """Those of a conditional request; none while an entry is owed."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified} if self.settled else {}
        return {name: value for name, value in pairs.items() if value}

    def written(self) -> str:
        """As the poll carries it: compact JSON without what is empty."""
        values = {WRITTEN.get(k, k): v for k, v in asdict(self).items() if v}
        return json.dumps({"v": VERSION, **values}, separators=(",", ":"), sort_keys=True)

    def aside(self, known: set[str], rejected: set[str], retry_since: dict[str, str]) -> FeedMemory:
        """The same memory with other entries settled and owed."""
        settled, refused = tuple(sorted(known)), tuple(sorted(rejected))
        return replace(self, known=settled, rejected=refused, retry_since=dict(sorted(retry_since.items())))


def read_memory(cursor: str | None) -> FeedMemory:
    """The memory as `written` wrote it. Another version's, or what is none, is as good as none."""
    try:
        raw: Any = json.loads(cursor or "{}")
        if not isinstance(raw, dict) or raw.pop("v", None) != VERSION:
            return FeedMemory()
        named = {READ.get(name, name): value for name, value in raw.items()}
        return FeedMemory(**named | {name: tuple(named.get(name, ())) for name in ("known", "rejected")})
    except (ValueError, TypeError):
        return FeedMemory()


def short(key: str) -> str:
    """A key's name in a memory."""
    return hashlib.sha256(key.encode()).hexdigest()[:10]
