"""Any page and any part of it: `options.selector` says which part, in CSS.

With `items` and `key` each entry of a list is a record of its own, so that a new order is no news, one new entry is
one, and other words under the same key are too. Without them the part is one record. The words of either are its
paragraphs without what is noise (`spiders.page.noise`).
A selector that finds nothing is a page that was rebuilt, never an empty one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from scrapy.http import Response

from monitor.model import Kind, Poll, Record, Target
from spiders.counts import counted
from spiders.http.answers import header, html_of
from spiders.http.charsets import Decoded
from spiders.http.errors import PageError, beginning
from spiders.job import Items, PollInProgress
from spiders.page.memory import WHOLE, PageMemory, Words, digest_of, digest_of_words, is_another, read_memory, short
from spiders.page.noise import Noise
from spiders.page.parts import Part, entries_of, text_of
from spiders.remarks import one_line
from spiders.together import AllOrNothingSpider

MAX_ANSWERS = 4
"""A changed page is asked for again until two answers in a row agree, at most this often."""
MAX_ROTATING, AGREEING = 10, 3
"""For a page with a box that rotates its contents: how many answers are asked for at most, and how many in a row must
bring nothing new. Two may show the same contents by chance."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it came, and the address that it came from."""

    page: Decoded
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The watched part of a page: its words, the entries that they are of, and what is odd."""

    words: Words
    entries: tuple[Part, ...] = ()
    note: str | None = None


class PageSpider(AllOrNothingSpider):
    """One target is one part of one page; the source "page.NAME" is run by this spider."""

    name = "page"

    async def looked_at(self, target: Target, progress: PollInProgress) -> Items:
        """The page, or its entries, where it says something else than it said."""
        memory = read_memory(target.cursor)
        if self.job.sweep:
            memory = replace(memory, digest=None)
        progress.fetcher.pages_end = memory.ends
        answer, now = await self._asked(target, progress, memory)
        if answer is None:
            return [progress.poll("unchanged", cursor=now.written())]
        shown = _shown(answer, target)
        progress.recognise(_recognised(shown))
        shown, words = await self._words(target, progress, shown, memory)
        now = replace(now, digest=digest_of_words(words), noise=memory.noise, ends=progress.fetcher.pages_end)
        if is_another(words, now, memory):
            return [_held(progress, words, replace(memory, held=now.digest))]
        now = replace(now, lines=short(words))
        if now.digest == memory.digest:
            return [progress.poll("unchanged", cursor=now.written())]
        return [*self._records(target, shown, words), progress.poll("ok", detail=shown.note, cursor=now.written())]

    async def _asked(
        self, target: Target, progress: PollInProgress, memory: PageMemory
    ) -> tuple[Answer | None, PageMemory]:
        """The page, None if it says that it is unchanged, and the memory with what it says of its version."""
        if not target.url:
            raise PageError("invalid", "no address is given for it")
        return await progress.fetcher.get(target.url, memory.headers(), partial(_judged, memory, target))

    async def _words(
        self, target: Target, progress: PollInProgress, shown: Shown, memory: PageMemory
    ) -> tuple[Shown, Words]:
        """What the page says without its noise, which is learnt where it does not say what it said."""
        today, noise = self.today, memory.noise
        words = _without(shown.words, noise, today)
        if memory.digest not in (None, digest_of_words(words)):
            set_back = {key: noise.set_back(lines, today) for key, lines in words.items()}
            if digest_of_words(set_back) == memory.digest:
                seen = {line for lines in set_back.values() for line in lines}
                noise.clocks |= {k: v for k, v in noise.dated.items() if v in seen}
                words = _without(shown.words, noise, today)
        if digest_of_words(words) != memory.digest:
            shown = await self._watched(target, progress, shown, noise)
            words = _without(shown.words, noise, today)
        noise.remember_dates((line for lines in words.values() for line in lines), today)
        return shown, words

    async def _watched(self, target: Target, progress: PollInProgress, before: Shown, noise: Noise) -> Shown:
        """The page after watching it: asked for again until its answers agree without their noise."""
        agreed = 0
        for asked in range(2, MAX_ROTATING + 1):
            again, _now = await self._asked(target, progress, PageMemory())
            if again is None:
                break
            after = _shown(again, target)
            first, second = (_without(shown.words, noise, self.today) for shown in (before, after))
            differs = [noise.learn(first[key], second[key]) for key in first if key in second]
            before, agreed = after, 0 if any(differs) else agreed + 1
            if agreed >= AGREEING or (not noise.gone and (agreed or asked >= MAX_ANSWERS)):
                break
        return before

    def _records(self, target: Target, shown: Shown, words: Words) -> list[Record]:
        if not target.options.get("items"):
            fields = {"text": "\n".join(words[WHOLE])}
            url = target.url or ""
            return [Record(self.job.source, target.target, Kind.PAGE, "page", url, target.name, fields=fields)]
        return [
            Record(
                self.job.source, target.target, Kind.ENTRY, e.key, e.url, e.title,
                published=e.published, fields={"text": "\n".join(words[e.key])}, text=e.text,
            )
            for e in shown.entries
        ]  # fmt: skip


def _shown(answer: Answer, target: Target) -> Shown:
    """What an answer shows of the target's part of the page."""
    if not target.options.get("items"):
        return Shown({WHOLE: text_of(answer.page.text, target.options)}, (), answer.page.remark)
    entries, note = entries_of(answer.page.text, answer.url, target.options)
    remarks = one_line((answer.page.remark, note))
    return Shown({e.key: list(e.lines) for e in entries}, tuple(entries), remarks)


def _recognised(shown: Shown) -> str:
    if shown.entries:
        number = len(shown.entries)
        return f"a list of {counted(number, 'entry', 'entries')}, such as “{shown.entries[0].title}”"
    lines = shown.words[WHOLE]
    return f"the watched part with {counted(len(lines), 'paragraph')}, the first “{lines[0][:80]}”"


def _held(progress: PollInProgress, words: Words, memory: PageMemory) -> Poll:
    why = "next to nothing is left of what the page said, which is believed if the next look finds the same"
    detail = f"{why}; {beginning(chr(10).join(words[WHOLE]))}"
    return progress.poll("invalid", detail=detail, cursor=memory.written())


def _without(words: Words, noise: Noise, today: date) -> Words:
    return {key: noise.without(lines, today) for key, lines in words.items()}


def _judged(memory: PageMemory, target: Target, response: Response) -> tuple[Answer | None, PageMemory]:
    """An answer that is to be read, None where it shows what is known: by what it says, or byte for byte."""
    if response.status == 304 and memory.headers():
        return None, memory
    options = json.dumps(target.options, sort_keys=True).encode()
    body, part = digest_of(response.body, options), digest_of(options)
    etag, modified = header(response, "ETag"), header(response, "Last-Modified")
    now = replace(memory, etag=etag, modified=modified, body=body, part=part, held=None)
    if response.status == 200 and memory.digest and memory.body == body:
        return None, now
    return Answer(html_of(response), response.url), now
