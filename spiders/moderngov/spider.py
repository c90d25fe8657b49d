"""Council meetings on ModernGov (Civica), the system of 136 of the 153 councils.

As known in November 2026:
- `mgRss.aspx` says what is new in five to twenty entries, with a byte order mark and titles encoded twice. It has
  neither ETag nor Last-Modified: a digest of its entries tells whether anything is new, and if not, nothing is asked.
- `mgWebService.asmx` answers plain GET with XML: committees, meetings, one meeting with items, minutes and documents.
  Feed and service are open on many sites whose HTML pages are behind a challenge; the one HTML page asked for here
  is that of a meeting whose minutes are said to be published and are not in the service (`moderngov_printed`).
- GetMeetings for all committees at once works on some sites only; some ignore the days; old ones take up to a minute.
- A branded host and one of the vendor's often show the same site: `options.alternatives`, in their order, are tried
  where an address fails for whatever reason (hosts die and move, and then answer with pages of somebody else).
- Unknown pages lead to `mgError.aspx` with status 200.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

from monitor.model import Poll, Target
from spiders.committees.memory import read_memory
from spiders.committees.span import date_span
from spiders.http.documents import Documents
from spiders.http.errors import PageError
from spiders.job import Items, JobSpider, PollInProgress
from spiders.moderngov.crawl import CommitteeCrawl
from spiders.moderngov.records import Place
from spiders.moderngov.site import Site, folder
from spiders.together import together

AT_ONCE = 8
"""Councils looked at side by side; one host, and one vendor, is asked far less than that."""


class ModernGovSpider(JobSpider):
    """A target is a council's site, `url` its folder that holds mgWebService.asmx. Options of a target: `alternatives`
    (other addresses of the same site); of the job: `today`, and `every_item` (any value) to be told of all items, not
    only of those that may concern an inspection."""

    name = "moderngov"

    async def look(self) -> AsyncIterator[Items]:
        """Each council's items as it is done."""
        self._window = date_span(self.job.options)
        targets = self.job.targets or (Target("site", "site", url=self.job.base_url),)
        async for items in together([partial(self._council, target) for target in targets], AT_ONCE):
            yield items

    async def _council(self, target: Target) -> Items:
        return await self._first_that_answers(target, self.begin_beside(target.target))

    async def _first_that_answers(self, target: Target, progress: PollInProgress) -> Items:
        """The look at the first address that lets itself be looked at; if none does, the first's failure is told."""
        failures: list[PageError] = []
        for base in self._addresses(target):
            crawl = self._crawl(target, base, progress)
            try:
                moved = await self.guarded(target.target, crawl.look())
            except PageError as failed:
                failures.append(failed)
                progress.recognise(*crawl.seen)
                continue
            if base != folder(target.url or ""):
                reasons = [failed.reason for failed in failures]
                crawl.remarks[:0] = ["; ".join([f"read from {base}", *reasons])]
            return [*crawl.records, crawl.poll(progress, moved)]
        return [self._none_answered(target, progress, failures)]

    def _addresses(self, target: Target) -> list[str]:
        """The address that answered last time first, so that a host that wants none of us is left alone; a sweep
        begins with the council's own."""
        given = dict.fromkeys(folder(url) for url in (target.url, *target.options.get("alternatives", ())) if url)
        last = read_memory(target.cursor).base
        first = [last] if last in given and not self.job.sweep else []
        return [*first, *(base for base in given if base not in first)]

    def _crawl(self, target: Target, base: str, progress: PollInProgress) -> CommitteeCrawl:
        place = Place(self.job.source, target.target, Site(base, progress.fetcher))
        documents = Documents(self.job, progress.fetcher, self.sample and 1)
        every_item = bool(self.job.options.get("every_item"))
        return CommitteeCrawl(
            place, target, read_memory(target.cursor), self._window, self.job.sweep, every_item, documents, self.sample
        )

    def _none_answered(self, target: Target, progress: PollInProgress, failures: list[PageError]) -> Poll:
        if not failures:
            return progress.poll("invalid", detail="no address of a committee site is known")
        first = failures[0]
        detail = "; ".join(failed.reason for failed in failures)
        return replace(progress.failed(first), detail=detail, cursor=target.cursor)
