"""One look at the entries of a window: each becomes a record, is remembered, or is owed.

An entry whose whole text is in the feed costs nothing. Of any other that is worth opening the page is read, once.
Where that page fails the entry is owed (`retry_since`) and asked for in each look for a few days; then its excerpt is
told. A first look is the baseline, of which nobody is told, so there the excerpt is kept at once and the page's text
takes its place when it comes.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

from monitor.model import Kind, Record, Target
from monitor.model.crawl import Dated
from spiders.articles.article import Article, as_text, read_article
from spiders.articles.dates import PageDates
from spiders.articles.feeds import Entry
from spiders.articles.identity import Known, identified, said, timed, titled
from spiders.articles.memory import Fate, FeedMemory, Row, short
from spiders.counts import counted
from spiders.http.errors import PageError, where
from spiders.http.fetch import Fetcher
from spiders.topics import may_concern

MAX_PAGES = 30
"""Articles opened in one look at one target."""
DAYS_OWED = timedelta(days=2)
"""How long an article's page is waited for before the excerpt is told."""
MAX_EDITED = 0.5
"""Share of the known entries that a window may describe otherwise at once; beyond it is noise, and nothing is read."""
MIN_EDITED = 3
"""As many entries are never too many."""
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
    rows: list[Row] = field(default_factory=list)
    failures: list[PageError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    async def at(self, entries: Iterable[Entry]) -> None:
        """Settle every entry that is new, owed, or edited since the last look."""
        window = identified(entries, self.memory)
        if window.moved:
            self.remarks.append(f"entries under new addresses that are known by their titles: {window.moved}")
        edited = _edited(window.entries)
        for known in window.entries:
            fate, since = await self._fate(known, known.names in edited)
            self.rows.append(_row(known, fate, since))

    async def _fate(self, known: Known, edited: bool) -> tuple[Fate, str | None]:
        """What becomes of an entry, and since when it is owed."""
        row = known.row
        if row is not None and row.fate == "known" and not (row.since or edited):
            return "known", None
        fate, since = await self._settled(known, edited)
        return ("known" if row is not None and row.fate == "known" else fate), since

    async def _settled(self, known: Known, edited: bool) -> tuple[Fate, str | None]:
        entry = known.entry
        if entry.body:
            article = Article(entry.title, PageDates(), entry.body, entry.truncated).with_lead(entry.summary)
            return ("known" if self._add(known, article, "feed") else "passed"), None
        if known.row is not None and known.row.fate == "rejected" and not edited:
            return "rejected", None
        said = f"{entry.title}\n{entry.summary}"
        if not (self.opens_all or WORTH_OPENING.search(said) or not said.strip()):
            return "passed", None
        return await self._opened(known)

    def seen(self) -> Iterator[str]:
        """What was recognised, in sentences."""
        if self.opened > len(self.failures):
            yield f"the text of {self.opened - len(self.failures)} of {counted(self.opened, 'article')} opened"
        if self.records:
            many, first = counted(len(self.records), "article"), self.records[0].title
            yield f"{many} that may be about an inspection, such as “{first}”"

    async def _opened(self, known: Known) -> tuple[Fate, str | None]:
        entry = known.entry
        if self.sample is not None and self.opened >= self.sample:
            return "passed", None
        if not entry.linked or (urlsplit(entry.url).hostname or "") not in self.hosts:
            return ("known" if self._add_excerpt(known) else "passed"), None
        try:
            article = await self.guarded(self.target.target, self._article(entry))
        except PageError as failed:
            return self._postponed(known, failed)
        return ("known" if self._add(known, article.with_lead(entry.summary), "page") else "rejected"), None

    async def _article(self, entry: Entry) -> Article:
        if self.opened >= MAX_PAGES:
            raise PageError("error", f"{where(entry.url)}: not asked yet, for {MAX_PAGES} were opened in this look")
        self.opened += 1
        article = read_article(await self.fetcher.page(entry.url), entry.url)
        _refuse_another(entry, article)
        return article

    def _postponed(self, known: Known, failed: PageError) -> tuple[Fate, str | None]:
        """An article that could not be had: owed, unless it is gone or has been owed for long enough."""
        self.failures.append(failed)
        row = known.row
        since = (row.since if row else None) or self.today.isoformat()
        given_up = failed.gone or date.fromisoformat(since) <= self.today - DAYS_OWED
        owed = None if given_up else since
        if row is not None and row.fate == "known":
            return "known", owed
        if given_up or not self.target.baselined:
            return ("known" if self._add_excerpt(known) else "rejected" if given_up else "passed"), owed
        return "passed", owed

    def _add_excerpt(self, known: Known) -> bool:
        entry = known.entry
        lines = (entry.summary,) if entry.summary else ()
        return self._add(known, Article(entry.title, PageDates(), lines), "excerpt")

    def _add(self, known: Known, article: Article, body: str) -> bool:
        """Make a record of an article, if it may concern anybody here."""
        entry = known.entry
        title = entry.title or article.title
        text = as_text(title, article.lines)
        if not may_concern(title, entry.summary, text):
            return False
        published, dated_by = came_out(entry, article.dates)
        fields = {"body": body, "truncated": article.truncated or None, "dated": entry.dated}
        self.records.append(
            Record(
                self.source, self.target.target, Kind.ARTICLE, known.key, entry.url, title,
                published=published, fields={name: value for name, value in fields.items() if value}, text=text,
                dated_by=dated_by,
            )
        )  # fmt: skip
        return True


def _refuse_another(entry: Entry, article: Article) -> None:
    """Raise PageError for a page in the article's place: home page, login, cookie wall. Each comes with status 200, and
    not one word on it is of what the entry's title or summary names."""
    told = may_concern(entry.title, entry.summary)
    if told and not article.truncated and not may_concern(as_text(article.title, article.lines)):
        raise PageError(
            "invalid", f'{where(entry.url)} shows another page in the article\'s place: "{article.title[:80]}"'
        )


def _row(known: Known, fate: Fate, since: str | None) -> Row:
    """What is remembered of an entry. A key that is its first name need not be said again."""
    entry = known.entry
    names = tuple(map(short, known.names))
    return Row(names, known.key, titled(entry), timed(entry), said(entry), fate, since)


def _edited(entries: Sequence[Known]) -> set[tuple[str, ...]]:
    """The names of the entries that the window describes otherwise than before."""
    before = [known for known in entries if known.row is not None]
    found = {known.names for known in before if known.row and known.row.said != said(known.entry)}
    return found if len(found) <= max(MIN_EDITED, MAX_EDITED * len(before)) else set()


def came_out(entry: Entry, dates: PageDates) -> tuple[str | None, Dated | None]:
    """Return when an article came out, and who says so. The feed's "updated" is about this article. It comes before
    what is marked in the page's text, which may be about another one, and before what is inferred."""
    said: tuple[tuple[str | None, Dated], ...] = (
        (entry.published, "feed"),
        (dates.stated, "page"),
        (entry.updated, "feed"),
        (dates.marked, "page"),
        (dates.inferred, "inferred"),
    )
    return next(((day, by) for day, by in said if day), (None, None))
