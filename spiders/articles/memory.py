"""What a spider remembers of a window on what is new: a feed, a page that lists articles.

It goes into the poll's mark and comes back with the next job. It has to say two things: whether the source is as it
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


@dataclass(frozen=True, slots=True)
class Mark:
    """`raw` is the hash of the bytes, `digest` of what they list, `newest` the newest entry's time; `known` are the
    entries that have a record, `passed` those whose page was opened and concerns nobody, `waiting` those whose page
    failed, with the day it first did."""

    etag: str | None = None
    modified: str | None = None
    raw: str | None = None
    digest: str | None = None
    newest: str | None = None
    known: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    waiting: dict[str, str] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether nothing is owed, so that an unchanged source needs no second look."""
        return self.raw is not None and not self.waiting

    def headers(self) -> dict[str, str]:
        """Those of a conditional request; none while an entry is owed."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified} if self.settled else {}
        return {name: value for name, value in pairs.items() if value}

    def written(self) -> str:
        """As the poll carries it: compact JSON without what is empty."""
        values = {k: v for k, v in asdict(self).items() if v}
        return json.dumps({"v": VERSION, **values}, separators=(",", ":"), sort_keys=True)

    def aside(self, known: set[str], passed: set[str], waiting: dict[str, str]) -> Mark:
        """The same mark with other entries settled and owed."""
        return replace(
            self, known=tuple(sorted(known)), passed=tuple(sorted(passed)), waiting=dict(sorted(waiting.items()))
        )


def read_mark(text: str | None) -> Mark:
    """A mark as `written` wrote it. Another version's, or what is no mark, is as good as none."""
    try:
        raw: Any = json.loads(text or "{}")
        if not isinstance(raw, dict) or raw.pop("v", None) != VERSION:
            return Mark()
        return Mark(**raw | {name: tuple(raw.get(name, ())) for name in ("known", "passed")})
    except (ValueError, TypeError):
        return Mark()


def short(key: str) -> str:
    """A key's name in a mark."""
    return hashlib.sha256(key.encode()).hexdigest()[:10]
