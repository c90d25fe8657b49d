"""What is remembered of a watched page: whether it is as it was, its noise, and which paragraphs it had. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from spiders.http.fetch import conditional
from spiders.page.noise import Noise

VERSION = 1
MIN_LEFT_OF = 2
"""Paragraphs of a page of which something has to be left."""
MAX_REMEMBERED = 400
"""Paragraphs that are remembered by their digests."""
WHOLE = ""
"""The key of the words of a page without entries."""
Words = Mapping[str, list[str]]
"""Paragraphs by the key of their entry."""


@dataclass(frozen=True, slots=True)
class PageMemory:
    """What is remembered of a page: its validators; digests of its bytes as they came (`body`) and of what it said; its
    noise; whether its pages end with their end tag (`ends`, see `spiders.http.whole_pages`); digests of its paragraphs
    (`lines`), and of the options that chose this part of it (`part`). `held` is the digest of another page that came in
    its place and is not believed yet."""

    etag: str | None = None
    modified: str | None = None
    body: str | None = None
    digest: str | None = None
    noise: Noise = field(default_factory=Noise)
    ends: bool = False
    lines: tuple[str, ...] = ()
    part: str | None = None
    held: str | None = None

    def headers(self) -> dict[str, str]:
        """Those of a conditional request."""
        return conditional(self.etag, self.modified) if self.digest else {}

    def written(self) -> str:
        """As the poll carries it."""
        pairs = {**asdict(self), "noise": {name: value for name, value in asdict(self.noise).items() if value}}
        return json.dumps({"v": VERSION, **{k: v for k, v in pairs.items() if v}}, ensure_ascii=False, sort_keys=True)


def read_memory(cursor: str | None) -> PageMemory:
    """The memory as `written` wrote it; none if it is another version's."""
    try:
        raw: Any = json.loads(cursor or "{}")
        if not isinstance(raw, dict) or raw.pop("v", None) != VERSION:
            return PageMemory()
        return PageMemory(**raw | {"noise": Noise(**raw.get("noise", {})), "lines": tuple(raw.get("lines", ()))})
    except (ValueError, TypeError):
        return PageMemory()


def is_another(words: Words, now: PageMemory, memory: PageMemory) -> bool:
    """Whether no paragraph of the page is left, or of several only one and nothing new, for the first time: it may be a
    wall, or a fault, and is believed if the next look finds the same. A list of news may well be new as a whole."""
    if WHOLE not in words or len(memory.lines) < MIN_LEFT_OF or now.digest == memory.held or now.part != memory.part:
        return False
    before, after = set(memory.lines), set(short(words))
    return before.isdisjoint(after) or (after < before and len(after) == 1 and len(before) > MIN_LEFT_OF)


def short(words: Words) -> tuple[str, ...]:
    """Digests of the paragraphs of a page without entries."""
    return tuple(digest_of(line.encode("utf-8", "replace")) for line in words.get(WHOLE, ())[:MAX_REMEMBERED])


def digest_of_words(words: Words) -> str:
    """The same for entries in any order."""
    lines = [line for key, said in sorted(words.items()) for line in (*filter(None, (key,)), *said)]
    return digest_of("\n".join(lines).encode("utf-8", "replace"))


def digest_of(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]
