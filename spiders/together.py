"""Reads several targets at once, up to a limit, and keeps each target's items together.

A site that answers slowly costs next to nothing while we wait for it. So it counts as under way only for its share of
time: then the next target begins beside it, however many slow ones there are.
"""

from __future__ import annotations

import asyncio
import time
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from monitor.model import Target
from spiders.http.errors import PageError
from spiders.job import Items, JobSpider, PollInProgress

SHARE_SECONDS = 15.0
"""How long a look counts among those under way. An ordinary one takes a second or two; a first look, or a CMIS site
whose months take 40 seconds, goes on beside the others."""
MAX_WAITED_FOR = 48
"""Looks under way at once, with those beyond their share: each holds a page or a document in memory."""

Look = Callable[[], Coroutine[Any, Any, Items]]


class SideBySideSpider(JobSpider):
    """Base of the spiders that look at several targets, `at_once` of them. Each host is asked one thing at a time."""

    at_once = 16

    async def look(self) -> AsyncIterator[Items]:
        """Each target's items when it is done."""
        async for items in together((partial(self.items_of, target) for target in self.targets()), self.at_once):
            yield items

    def targets(self) -> Sequence[Target]:
        """What is looked at."""
        return self.job.targets

    @abstractmethod
    async def items_of(self, target: Target) -> Items:  # not `closed`, which Scrapy calls at the end of a crawl
        """A target's records, and its poll, whatever becomes of the look."""


class AllOrNothingSpider(SideBySideSpider):
    """Base of those whose look at a target gives all or nothing."""

    async def items_of(self, target: Target) -> Items:
        """Look at a target. Where that fails, what is remembered of it stays."""
        progress = self.begin_beside(target.target)
        try:
            return await self.guarded(target.target, self.looked_at(target, progress))
        except PageError as failed:
            return [replace(progress.failed(failed), cursor=target.cursor)]

    @abstractmethod
    async def looked_at(self, target: Target, progress: PollInProgress) -> Items:
        """A target's records, and its poll. Raises PageError."""


async def together(looks: Iterable[Look], most: int) -> AsyncIterator[Items]:
    """Yield the items of each target when it is done. At most `most` are under way within their share of time. A slow
    host delays only itself.

    An exception from one target ends all of them; `JobSpider.guarded` prevents that.
    """
    waiting, under_way = iter(looks), UnderWay(most)
    try:
        while under_way.begin(waiting):
            for task in await under_way.some_done():
                yield task.result()
    finally:
        under_way.cancel()


class UnderWay:
    """The looks that have begun and are not done, each with the time at which it began."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._began: dict[asyncio.Task[Items], float] = {}

    def begin(self, waiting: Iterable[Look]) -> bool:
        """Begin as many as there is room for. Returns whether any is under way."""
        while self._has_room() and (look := next(iter(waiting), None)) is not None:
            self._began[asyncio.create_task(look())] = time.monotonic()
        return bool(self._began)

    async def some_done(self) -> set[asyncio.Task[Items]]:
        """Wait until some are done; none, where before that the share of one is used up."""
        done, _ = await asyncio.wait(self._began, timeout=self._until_room(), return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            del self._began[task]
        return done

    def cancel(self) -> None:
        """End all of them."""
        for task in self._began:
            task.cancel()

    def _has_room(self) -> bool:
        return len(self._in_share()) < self._most and len(self._began) < max(self._most, MAX_WAITED_FOR)

    def _in_share(self) -> list[float]:
        """When those began that are within their share of time."""
        since = time.monotonic() - SHARE_SECONDS
        return [began for began in self._began.values() if began > since]

    def _until_room(self) -> float | None:
        """Seconds until the next one gives its place away. None where that makes no room."""
        in_share = self._in_share()
        if len(in_share) < self._most:
            return None
        return max(min(in_share) + SHARE_SECONDS - time.monotonic(), 0.0)
