"""Any page and any part of it: `options.selector` says which part, in CSS.

With `items` and `key` each entry of a list is a record of its own, so that a new order is no news and one new entry
is one. Without them the part is one record, its text a paragraph a line, without what is noise (see page_noise).
A selector that finds nothing is a page that was rebuilt, never an empty one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from scrapy.http import Response

from monitor.model import Kind, Record, Target
from spiders.http.answers import header, page_text
from spiders.http.errors import PageError
from spiders.job import Items, JobSpider, PollInProgress
from spiders.page.noise import Noise
from spiders.page.parts import entries_of, text_of
from spiders.together import together

AT_ONCE = 16
MOST_ANSWERS = 4
"""A page that differs from what it was is asked for until two answers in a row agree, at most so often."""
VERSION = 1


@dataclass(frozen=True, slots=True)
class PageMemory:
    """What is remembered of a page: its validators, a digest of what it said, and its noise."""

    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    noise: Noise = field(default_factory=Noise)

    def headers(self) -> dict[str, str]:
        """Those of a conditional request."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified} if self.digest else {}
        return {name: value for name, value in pairs.items() if value}

    def written(self) -> str:
        """As the poll carries it."""
        noise = {name: value for name, value in asdict(self.noise).items() if value}
        pairs = {"etag": self.etag, "modified": self.modified, "digest": self.digest, "noise": noise}
        return json.dumps({"v": VERSION, **{k: v for k, v in pairs.items() if v}}, ensure_ascii=False, sort_keys=True)


class PageSpider(JobSpider):
    """One target is one part of one page; the source "page.NAME" is run by this spider."""

    name = "page"

    async def look(self) -> AsyncIterator[Items]:
        """Every target, several at once."""
        async for items in together((partial(self._closed, t) for t in self.job.targets), AT_ONCE):
            yield items

    async def _closed(self, target: Target) -> Items:
        progress = self.begin_beside(target.target)
        try:
            return await self.guarded(target.target, self._looked_at(target, progress))
        except PageError as failed:
            return [progress.failed(failed)]

    async def _looked_at(self, target: Target, progress: PollInProgress) -> Items:
        memory = read_memory(target.cursor)
        if self.job.sweep:
            memory = replace(memory, digest=None)
        html, now = await self._asked(target, progress, memory, memory.headers())
        if html is None:
            return [progress.poll("unchanged", cursor=memory.written())]
        if target.options.get("items"):
            return self._entries(target, progress, html, memory, now)
        return await self._text(target, progress, html, memory, now)

    async def _asked(
        self, target: Target, progress: PollInProgress, memory: PageMemory, headers: dict[str, str]
    ) -> tuple[str | None, PageMemory]:
        """The page, None if it says that it is unchanged, and the memory with what it says of its version."""
        if not target.url:
            raise PageError("invalid", "no address is given for it")
        return await progress.fetcher.get(target.url, headers, partial(_judged, memory, bool(headers)))

    def _entries(
        self, target: Target, progress: PollInProgress, html: str, memory: PageMemory, now: PageMemory
    ) -> Items:
        entries, note = entries_of(html, target.url or "", target.options)
        progress.recognise(f"a list of {len(entries)} entries, such as “{entries[0].title}”")
        digest = _digest(sorted(f"{e.key}\t{e.title}\t{e.text}" for e in entries))
        now = replace(now, digest=digest)
        if digest == memory.digest:
            return [progress.poll("unchanged", cursor=now.written())]
        records = [
            Record(
                self.job.source, target.target, Kind.ENTRY, e.key, e.url, e.title, published=e.published, text=e.text
            )
            for e in entries
        ]
        return [*records, progress.poll("ok", detail=note, cursor=now.written())]

    async def _text(
        self, target: Target, progress: PollInProgress, html: str, memory: PageMemory, now: PageMemory
    ) -> Items:
        """The page's record, if what it says without noise is not what it said."""
        today, noise = self.today, memory.noise
        lines = noise.without(text_of(html, target.options), today)
        progress.recognise(
            f"the watched part with {len(lines)} paragraphs" + (f", the first “{lines[0][:80]}”" if lines else "")
        )
        if memory.digest not in (None, _digest(lines)) and _digest(noise.set_back(lines, today)) == memory.digest:
            noise.clocks |= {k: v for k, v in noise.dated.items() if v in noise.set_back(lines, today)}
            lines = noise.without(text_of(html, target.options), today)
        if _digest(lines) != memory.digest:
            lines = await self._watched(target, progress, html, noise)
        noise.remember_dates(lines, today)
        now = replace(now, digest=_digest(lines), noise=noise)
        if now.digest == memory.digest:
            return [progress.poll("unchanged", cursor=now.written())]
        return [self._record(target, lines), progress.poll("ok", cursor=now.written())]

    async def _watched(self, target: Target, progress: PollInProgress, html: str, noise: Noise) -> list[str]:
        """The page's paragraphs after watching it: asked for again until two answers agree without their noise."""
        today = self.today
        before = text_of(html, target.options)
        for _ in range(MOST_ANSWERS - 1):
            again, _now = await self._asked(target, progress, PageMemory(), {})
            after = text_of(again or "", target.options)
            differs = noise.learn(noise.without(before, today), noise.without(after, today))
            before = after
            if not differs:
                break
        return noise.without(before, today)

    def _record(self, target: Target, lines: list[str]) -> Record:
        fields = {"text": "\n".join(lines)}
        return Record(self.job.source, target.target, Kind.PAGE, "page", target.url or "", target.name, fields=fields)


def read_memory(cursor: str | None) -> PageMemory:
    """The memory as `written` wrote it; none if it is another version's."""
    try:
        raw: Any = json.loads(cursor or "{}")
        if not isinstance(raw, dict) or raw.pop("v", None) != VERSION:
            return PageMemory()
        return PageMemory(**raw | {"noise": Noise(**raw.get("noise", {}))})
    except (ValueError, TypeError):
        return PageMemory()


def _judged(memory: PageMemory, conditional: bool, response: Response) -> tuple[str | None, PageMemory]:
    if response.status == 304 and conditional:
        return None, memory
    return page_text(response), replace(
        memory, etag=header(response, "ETag"), modified=header(response, "Last-Modified")
    )


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
