"""Reads Ofsted's reports on councils' children's services.

The site (https://reports.ofsted.gov.uk), as known in November 2026:
  - The search lists all 153 councils with the date of their "Latest report", on two pages of 100; since February 2025
    the site gives no more rows. Whether that date counts visits is not known: a full crawl opens every page and reports
    a difference.
  - A council's page (`/provider/44/URN`, always taken from the listing) still has the old server-rendered markup, with
    older reports folded into an archive. It gives no judgement, only kind, days and a link. No such page was captured:
    classes, labels and counts come from other programs. So a page is known by its address and its timeline alone.
  - A report's identity is the number of its file. Some links of 2012 lead to a "Report not found" page, for good.
  - The site answers HEAD, and odd user agents, with 403; GET with an honest agent works.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

from monitor.model import Kind, Poll, Record, Target
from spiders.counts import counted
from spiders.http.addresses import joined
from spiders.http.documents import Documents
from spiders.http.errors import PageError, where
from spiders.job import Items, JobSpider, PollInProgress
from spiders.ofsted.entries import Entry
from spiders.ofsted.listing import (
    NONE,
    Search,
    compared,
    day,
    disagreement,
    gathered,
    hidden,
    is_explained,
    is_last,
    newest_of,
    some,
    to_open,
)
from spiders.ofsted.pages import Expected, Provider, parse_provider
from spiders.ofsted.results import Listing, Row, parse_listing
from spiders.remarks import one_line

SEARCH = (
    "/search?q=&location=&lat=&lon=&radius=&level_1_types=3&level_2_types[]=12&status[]=1"
    "&start={start}&rows={rows}&sort=date&order=desc"
)
MAX_LISTING_PAGES = 60
ADDRESSLESS = "its page was not opened: the listing, which has the address, could not be read"


class OfstedSpider(JobSpider):
    """A target is a council, named by its URN; the target "search" is the listing itself."""

    name = "ofsted"
    base_url = "https://reports.ofsted.gov.uk"
    hosts = ("files.ofsted.gov.uk", "files.api.ofsted.gov.uk")

    async def look(self) -> AsyncIterator[Items]:
        """Read the listing, then open the councils' pages that may have news. A full crawl opens all, and closes the
        listing last."""
        self.documents = Documents(self.job, self.fetcher, self.sample)
        self._hidden: list[str] = []
        self._agreed = 0
        progress = self.begin("search")
        search, unwatched = compared(await self._search(), self.job.targets, bool(self.job.options.get("all_targets")))
        progress.recognise(*_listed(search))
        self._names = frozenset((*(row.name for row in search.rows.values()), *(t.name for t in self.job.targets)))
        poll = _search_poll(progress, search, unwatched)
        if not self.job.sweep:
            yield [poll]
        closed, opened = self._sorted(search)
        if closed:
            yield closed
        for target, url in opened:
            yield await self._council(target, url, search)
        if self.job.sweep:
            yield [self._with_verdict(poll)]

    async def _search(self) -> Search:
        """Read pages by the number of rows that really came, until the total is reached."""
        size = int(self.job.options.get("page_size", 100))
        pages: list[Listing] = []
        start = 0
        for _ in range(MAX_LISTING_PAGES):
            url = self.job.base_url.rstrip("/") + SEARCH.format(start=start, rows=size)
            try:
                page = await self.guarded("search", self._listing(url))
            except PageError as failed:
                return gathered(pages, size, failed.at(where(url)))
            pages.append(page)
            start += page.received
            if is_last(pages):
                break
        return gathered(pages, size)

    async def _listing(self, url: str) -> Listing:
        return parse_listing(await self.fetcher.page(url))

    def _sorted(self, search: Search) -> tuple[list[Poll], list[tuple[Target, str]]]:
        """The targets that close without opening their page, and those to open with the address of the page."""
        closed, opened = [], []
        for target in self.job.targets or [Target(row.urn, row.name) for row in search.rows.values()]:
            row = search.rows.get(target.target)
            if row and (self.job.sweep or to_open(target, row, self.job.options.get("today"))):
                opened.append((target, joined(self.job.base_url, row.href) or row.href))
            elif row:
                closed.append(self.begin(target.target).poll("unchanged", cursor=target.cursor))
            elif search.rows:
                outcome, detail = search.absence()
                closed.append(self.begin(target.target).poll(outcome, detail=detail))
            elif self.job.sweep and target.url:
                opened.append((target, target.url))
            elif self.job.sweep:
                unseen = self.begin(target.target).poll(search.outcome, detail=ADDRESSLESS)
                closed.append(replace(unseen, second_hand=True))
        return closed, opened

    async def _council(self, target: Target, url: str, search: Search) -> Items:
        progress = self.begin(target.target)
        try:
            page = await self.guarded(target.target, self._page(url, self._expected(target, search)))
        except PageError as failed:
            return [progress.failed(failed.at(where(url)))]
        return await self._reports(progress, target, page, search.rows.get(target.target), where(url))

    def _expected(self, target: Target, search: Search) -> Expected:
        """Whose page a target's page must be, and whose it must not be."""
        row = search.rows.get(target.target)
        return Expected(target.target, (*([row.name] if row else []), target.name), self._names)

    async def _page(self, url: str, expected: Expected) -> Provider:
        return parse_provider(await self.fetcher.page(url), url, expected)

    async def _reports(
        self, progress: PollInProgress, target: Target, page: Provider, row: Row | None, path: str
    ) -> Items:
        """The page's records, each with its document, and the poll of the target."""
        progress.recognise(*_shown(page, row))
        self._agreed += row is not None
        self._hidden += [words] if (words := hidden(page, row)) else []
        records, failures = await self._letters(target, page)
        progress.recognise(*(f"the letter {r.key} (PDF, {r.document.bytes} bytes)" for r in records if r.document))
        disagrees, explained = disagreement(page, row), is_explained(page)
        if disagrees and not explained:
            shows = "" if page.entries else f'; the page begins "{page.begins}"'
            failures.insert(0, PageError("invalid", f"{path}: {disagrees}{shows}"))
        if failures:
            return [*records, _failed_poll(progress, failures)]
        again = row is None or row.unread or disagrees
        cursor = None if again or row is None else row.latest or NONE
        detail = one_line((disagrees, *page.notes))
        return [*records, progress.poll("ok", complete=_shows_all(page, target), detail=detail, cursor=cursor)]

    async def _letters(self, target: Target, page: Provider) -> tuple[list[Record], list[PageError]]:
        """The page's records, each with its document, and why some documents could not be had."""
        records, failures = list[Record](), []
        for entry in page.entries:
            record = _record(self.job.source, target.target, entry)
            filled, failed = await self.documents.of_records([record], entry.url, target.documents.get(entry.key))
            records += filled
            if failed:
                failures.append(failed.at(f"file {entry.key}"))
        return records, failures

    def _with_verdict(self, poll: Poll) -> Poll:
        """Add to the listing's poll, after a full crawl, whether the listing hid something that a page had."""
        if self._hidden:
            hides = f"the listing hides: {some(self._hidden)}"
            return replace(poll, listing="hides", detail=one_line((poll.detail, hides)))
        return replace(poll, listing="agrees" if self._agreed else None)


def _search_poll(progress: PollInProgress, search: Search, unwatched: str | None) -> Poll:
    reason = search.failure.reason if search.failure else None
    detail = one_line((reason, some(search.problems), search.capped, search.lost, *search.notes, unwatched))
    not_before = search.failure.not_before if search.failure else None
    return progress.poll(search.outcome, complete=search.complete, detail=detail, not_before=not_before)


def _listed(search: Search) -> Iterator[str]:
    """What was recognised of the listing."""
    if search.rows:
        newest = max((row.latest for row in search.rows.values() if row.latest), default=None)
        yield f"a list of {counted(len(search.rows), 'council')}; the newest report is of {day(newest)}"


def _shown(page: Provider, row: Row | None) -> Iterator[str]:
    """What was recognised of a council's page."""
    if row is not None:
        yield f"its row in the list, with the latest report of {day(row.latest)}"
    if page.entries:
        yield f"its page with {counted(len(page.entries), 'report')}; the newest is of {day(newest_of(page))}"
    else:
        yield "its page, without a report"


def _shows_all(page: Provider, target: Target) -> bool:
    """Return True if every report of the page could be read. An entry that could not be read may be any report that
    is known and was not found, so then absence means nothing."""
    return not page.lost or set(target.options.get("listed", ())) <= {entry.key for entry in page.entries}


def _failed_poll(progress: PollInProgress, failures: list[PageError]) -> Poll:
    """The poll after failures. The first one decides the outcome; the detail says how many more there are."""
    waits = [failed.not_before for failed in failures if failed.not_before]
    detail = some((failed.reason for failed in failures), most=1)
    return progress.poll(failures[0].outcome, detail=detail, not_before=max(waits, default=None))


def _record(source: str, target: str, entry: Entry) -> Record:
    """The record of a report, its document not fetched yet."""
    return Record(
        source=source,
        target=target,
        kind=Kind.REPORT,
        key=entry.key,
        url=entry.url,
        title=entry.title,
        published=entry.published,
        fields={"report_type": entry.report_type, "inspection_date": entry.inspection_date},
    )
