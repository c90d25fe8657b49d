"""One look at the entries of a window: each becomes a record, is remembered, or is owed.

An entry whose whole text is in the feed costs nothing. Of any other that is worth opening the page is read, once.
Where that page fails the entry is owed (`retry_since`) and asked for in each look for a few days; then its excerpt is
told. A first look is the baseline, of which nobody is told, so there the excerpt is kept at once and the page's text
takes its place when it comes.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

from monitor.model import Kind, Record, Target
from monitor.model.crawl import Dated
from spiders.articles.addresses import canonical
from spiders.articles.article import Article, as_text, read_article
from spiders.articles.dates import PageDates
from spiders.articles.feeds import Entry
from spiders.articles.memory import FeedMemory, short
from spiders.counts import counted
from spiders.http.errors import PageError, where
from spiders.http.fetch import Fetcher
from spiders.topics import may_concern

MOST_PAGES = 30
"""Articles opened in one look at one target."""
PATIENCE = timedelta(days=2)
"""How long an article's page is waited for before the excerpt is told."""
WORTH_OPENING = re.compile(
    r"child|young people|care leaver|social (work|care)|safeguard|inspect|watchdog|rated|rating|judged|SEND\b|"
    r"improvement|ofsted|fostering|corporate parent|director of",
    re.I,
)
"""Words of an excerpt that make its page worth reading; wider than `may_concern`, which then hears the whole text."""
Guarded = Callable[[str, Awaitable[Article]], Awaitable[Article]]


@dataclass(slots=True)
class FeedCrawl:
    """What is found while it goes on. `opens_all`: the window gives titles only, so every entry has to be opened.
    `guarded` is the spider's: a page that this program fails on costs that article alone. `sample`: how many pages
    are opened, the rest passed over."""

    source: str
    target: Target
    fetcher: Fetcher
    guarded: Guarded
    memory: FeedMemory
    today: date
    hosts: frozenset[str]
    opens_all: bool = False
    sample: int | None = None
    opened: int = 0
    records: list[Record] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)
    retry_since: dict[str, str] = field(default_factory=dict)
    failures: list[PageError] = field(default_factory=list)

    async def at(self, entries: Iterable[Entry]) -> None:
        """Settle every entry that is not known; the first of two with one address is the one that counts."""
        unique: dict[str, Entry] = {}
        for entry in entries:
            unique.setdefault(canonical(entry.url), entry)
        for key, entry in unique.items():
            if short(key) in self.memory.known:
                self.known.add(short(key))
            if short(key) not in self.memory.known or short(key) in self.memory.retry_since:
                await self._settle(key, entry)

    async def _settle(self, key: str, entry: Entry) -> None:
        if entry.body:
            self._add(key, entry, Article(entry.title, PageDates(), entry.body, entry.truncated), "feed")
        elif short(key) in self.memory.rejected:
            self.rejected.add(short(key))
        elif self.opens_all or WORTH_OPENING.search(f"{entry.title}\n{entry.summary}"):
            await self._open(key, entry)

    def seen(self) -> Iterator[str]:
        """What was recognised, in sentences."""
        if self.opened > len(self.failures):
            yield f"the text of {self.opened - len(self.failures)} of {counted(self.opened, 'article')} opened"
        if self.records:
            many, first = counted(len(self.records), "article"), self.records[0].title
            yield f"{many} that may be about an inspection, such as “{first}”"

    async def _open(self, key: str, entry: Entry) -> None:
        if self.sample is not None and self.opened >= self.sample:
            return
        if (urlsplit(entry.url).hostname or "") not in self.hosts:
            self._add_excerpt(key, entry)
            return
        try:
            article = await self.guarded(self.target.target, self._article(entry.url))
        except PageError as failed:
            self._postpone(key, entry, failed)
            return
        if not self._add(key, entry, article, "page"):
            self.rejected.add(short(key))

    async def _article(self, url: str) -> Article:
        if self.opened >= MOST_PAGES:
            raise PageError("error", f"{where(url)}: not asked yet, for {MOST_PAGES} were opened in this look")
        self.opened += 1
        return read_article(await self.fetcher.page(url), url)

    def _postpone(self, key: str, entry: Entry, failed: PageError) -> None:
        """An article that could not be had: owed, unless it is gone or has been owed for long enough."""
        self.failures.append(failed)
        since = self.memory.retry_since.get(short(key), self.today.isoformat())
        given_up = failed.gone or date.fromisoformat(since) <= self.today - PATIENCE
        if not given_up:
            self.retry_since[short(key)] = since
        if short(key) not in self.known and (given_up or not self.target.baselined):
            added = self._add_excerpt(key, entry)
            self.rejected |= {short(key)} if given_up and not added else set()

    def _add_excerpt(self, key: str, entry: Entry) -> bool:
        lines = (entry.summary,) if entry.summary else ()
        return self._add(key, entry, Article(entry.title, PageDates(), lines), "excerpt")

    def _add(self, key: str, entry: Entry, article: Article, body: str) -> bool:
        """Make a record of an article, if it may concern anybody here."""
        title = entry.title or article.title
        text = as_text(title, article.lines)
        if not may_concern(title, entry.summary, text):
            return False
        self.known.add(short(key))
        published, dated_by = came_out(entry, article.dates)
        fields = {"body": body, "truncated": article.truncated or None, "dated": entry.dated}
        self.records.append(
            Record(
                self.source, self.target.target, Kind.ARTICLE, key, entry.url, title,
                published=published, fields={name: value for name, value in fields.items() if value}, text=text,
                dated_by=dated_by,
            )
        )  # fmt: skip
        return True


def came_out(entry: Entry, dates: PageDates) -> tuple[str | None, Dated | None]:
    """When an article came out, and who says so. The feed's "updated" is a statement about this article, which what is
    marked in the page's text need not be, and what is inferred from the page is not."""
    said: tuple[tuple[str | None, Dated], ...] = (
        (entry.published, "feed"),
        (dates.stated, "page"),
        (entry.updated, "feed"),
        (dates.marked, "page"),
        (dates.inferred, "inferred"),
    )
    return next(((day, by) for day, by in said if day), (None, None))
