"""What newsroom and press share: a window on what is new (a feed, or a page that lists articles) is asked for once a
look, conditionally; "unchanged" is what the source says, by 304, by the same bytes or by the same entries."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Response

from monitor.model import Poll, Target
from monitor.model.remarks import ARTICLE_UNREAD
from spiders.articles.addresses import twins
from spiders.articles.feed_text import is_feed
from spiders.articles.feeds import Entry, ListingPage, parse_feed
from spiders.articles.look import FeedCrawl
from spiders.articles.memory import FeedMemory, read_memory
from spiders.counts import counted
from spiders.http.answers import declared_charsets, header, refuse_status_and_title
from spiders.http.errors import PageError
from spiders.job import Items, PollInProgress
from spiders.remarks import one_line
from spiders.together import AllOrNothingSpider

SHOWN = 3
"""Remarks on single articles that a poll's line has."""
STALE_DAYS = 120
"""A newsroom that has said nothing for so long has moved; the busiest and the quietest seen say something weekly."""


class ListingSpider(AllOrNothingSpider):
    """Base of the spiders that look through windows."""

    @abstractmethod
    def window(self, target: Target, response: Response) -> ListingPage:
        """What the answer lists. Raises PageError for an answer that is no such window."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *arguments: Any, **named: Any) -> Any:
        """A site's host with and without "www." is the same site."""
        spider = super().from_crawler(crawler, *arguments, **named)
        hosts = {twin for host in crawler.settings.getlist("ALLOWED_HOSTS") for twin in twins(host)}
        crawler.settings.set("ALLOWED_HOSTS", sorted(hosts), priority="spider")
        return spider

    async def looked_at(self, target: Target, progress: PollInProgress) -> Items:
        """The articles of a window that shows something new."""
        if not target.url:
            raise PageError("invalid", "no address is given for it")
        known = read_memory(target.cursor)
        memory = known.for_sweep() if self.job.sweep else known
        progress.fetcher.pages_end = known.pages_end
        window, now = await progress.fetcher.get(target.url, memory.headers(), partial(self._judged, target, memory))
        if window is None:
            return [self._aged(progress.poll("unchanged", cursor=now.written()), now)]
        return await self._entries(target, progress, memory, window, now)

    def _judged(self, target: Target, memory: FeedMemory, response: Response) -> tuple[ListingPage | None, FeedMemory]:
        """The window and the memory of it as it is now; None where the source itself says that nothing is new."""
        if response.status == 304 and memory.headers():
            return None, memory
        if response.status != 200:
            refuse_status_and_title(response)
        raw = hashlib.sha256(response.body).hexdigest()[:16]
        now = replace(memory, raw=raw, etag=header(response, "ETag"), modified=header(response, "Last-Modified"))
        if memory.settled and raw == memory.raw:
            return None, now
        window = self.window(target, response)
        now = replace(now, digest=window.digest, newest=_newest(window.entries, self.today))
        return (None if memory.settled and window.digest == memory.digest else window), now

    async def _entries(
        self, target: Target, progress: PollInProgress, memory: FeedMemory, window: ListingPage, now: FeedMemory
    ) -> Items:
        """Return the records of a window that shows something new, and the poll, which says what could not be had."""
        hosts = frozenset(self.crawler.settings.getlist("ALLOWED_HOSTS"))
        look = FeedCrawl(
            self.job.source, target, progress.fetcher, self.guarded, memory, self.today, hosts, window.opens_all,
            sample=self.sample,
        )  # fmt: skip
        await look.at(window.entries)
        progress.recognise(*_seen(window, now), *look.seen())
        now = replace(now.aside(look.rows), pages_end=progress.fetcher.pages_end)
        detail = one_line((window.note, _owed(look.failures), *look.remarks[:SHOWN]))
        waits = [failed.not_before for failed in look.failures if failed.not_before]
        poll = progress.poll("ok", detail=detail, cursor=now.written(), not_before=max(waits, default=None))
        return [*look.records, self._aged(poll, now)]

    def _aged(self, poll: Poll, memory: FeedMemory) -> Poll:
        """The poll, or the alarm that the newest entry is too old: feeds are left up when a site moves."""
        oldest = self.today - timedelta(days=STALE_DAYS)
        if memory.newest is None or memory.newest[:10] >= oldest.isoformat():
            return poll
        detail = f"the newest item is of {memory.newest[:10]}: the news may have moved to another address"
        return replace(poll, outcome="invalid", detail=detail)


def _seen(window: ListingPage, memory: FeedMemory) -> Iterator[str]:
    """What a window was recognised as."""
    what = "a page that lists" if window.opens_all else "a feed of"
    newest = f"; the newest is of {memory.newest[:10]}" if memory.newest else ""
    yield f"{what} {counted(len(window.entries), 'article')}{newest}"


def _newest(entries: Iterable[Entry], today: date) -> str | None:
    """The newest time in a feed; some feeds give an event's day, so that what lies ahead says nothing."""
    latest = (today + timedelta(days=1)).isoformat()
    times = (time for entry in entries for time in (entry.published, entry.updated) if time)
    return max((time for time in times if time[:10] <= latest), default=None)


def _owed(failures: list[PageError]) -> str | None:
    if not failures:
        return None
    many = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
    return f"{ARTICLE_UNREAD}: {failures[0].reason}{many}"


def feed_window(response: Response) -> ListingPage:
    """The feed in an answer, which may be a challenge page or the site's "not found" with status 200."""
    charset = next(iter(declared_charsets(response)), None)
    if not is_feed(response.body, charset):
        refuse_status_and_title(response)
    return parse_feed(response.body, response.url, charset)
