"""What is known of GOV.UK's publications from one look to the next."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from monitor.model.notices import is_called_a_notice
from spiders.articles.memory import short
from spiders.govuk.pages import Row, concerns

VERSION = 1
NEWEST, NOTICES = "newest", "notices"
"""The keys of the cursor beside those of publications."""
MAX_NOTICES = 300


@dataclass(frozen=True, slots=True)
class Memory:
    """The times of the publications on our subject by their short paths, the `newest` time of the search, and the paths
    of `notices` and directions, the newest first: the search leaves out what was withdrawn, so they are asked for by
    name."""

    stamps: Mapping[str, str]
    newest: str = ""
    notices: tuple[str, ...] = ()

    @classmethod
    def read(cls, cursor: str | None) -> Self:
        """What a cursor says; nothing is known without one, or by one of another form."""
        try:
            raw = json.loads(cursor or "{}")
        except ValueError:
            raw = None
        if not isinstance(raw, dict) or raw.pop("v", None) != VERSION:
            return cls({})
        pairs = {str(key): str(value) for key, value in raw.items()}
        return cls(pairs, pairs.pop(NEWEST, ""), tuple(pairs.pop(NOTICES, "").splitlines()))

    def seen(self, rows: Mapping[str, Row], today: str) -> Memory:
        """What is known once a search gave these `rows` by path. A time ahead of `today` (ISO 8601) is mistyped."""
        stamps = {short(path): row.stamp for path, row in rows.items() if concerns(row)}
        newest = max((row.stamp for row in rows.values() if row.stamp[:10] <= today), default="")
        called = (path for path, row in rows.items() if is_called_a_notice(row.title))
        return Memory(stamps, newest, tuple(dict.fromkeys([*called, *self.notices])))

    def moved(self, before: Mapping[str, str], paths: Iterable[str]) -> list[str]:
        """Those of the `paths` that have another time than `before`."""
        named = ((path, short(path)) for path in paths)
        return [path for path, key in named if key in self.stamps and before.get(key) != self.stamps[key]]

    def without(self, owed: Iterable[str], gone: Collection[str]) -> Memory:
        """The same without the times of what is `owed`, which is asked for again, and the notices that are `gone`."""
        again = set(map(short, owed))
        stamps = {key: stamp for key, stamp in self.stamps.items() if key not in again}
        return Memory(stamps, self.newest, tuple(path for path in self.notices if path not in gone))

    def cursor(self) -> str:
        """The form that is kept."""
        named = "\n".join(self.notices[:MAX_NOTICES])
        pairs = {"v": VERSION, NEWEST: self.newest, **({NOTICES: named} if named else {}), **self.stamps}
        return json.dumps(pairs, separators=(",", ":"), sort_keys=True)
