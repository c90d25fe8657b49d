"""Council meetings on ModernGov (Civica), the system of 136 of the 153 councils.

As known in November 2026:
- `mgRss.aspx` says what is new in five to twenty entries, with a byte order mark and titles encoded twice. It has
  neither ETag nor Last-Modified: a digest of its entries tells whether anything is new, and if not, nothing is asked.
- `mgWebService.asmx` answers plain GET with XML: committees, meetings, one meeting with items, minutes and documents.
  Feed and service are open on many sites whose HTML pages are behind a challenge; the one HTML page asked for here
  is that of a meeting whose minutes are said to be published and are not in the service (`printed`).
- GetMeetings for all committees at once works on some sites only; some ignore the days; old ones take up to a minute.
- A branded host and one of the vendor's often show the same site: `options.alternatives`, in their order, are tried
  where an address fails for whatever reason (hosts die and move, and then answer with pages of somebody else).
- Unknown pages lead to `mgError.aspx` with status 200.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.model import Poll, Target
from spiders.committees.councils import CommitteeSpider
from spiders.committees.memory import read_memory
from spiders.http.errors import PageError
from spiders.job import Items, PollInProgress
from spiders.moderngov.crawl import CommitteeCrawl
from spiders.moderngov.records import Place
from spiders.moderngov.site import Site, folder


class ModernGovSpider(CommitteeSpider):
    """The `url` of a target is the folder that holds mgWebService.asmx; its option `alternatives` has other addresses
    of the same site."""

    name = "moderngov"

    async def items_of(self, target: Target) -> Items:
        """The look at the first address that lets itself be looked at; if none does, the first's failure is told."""
        progress = self.begin_beside(target.target)
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
        return CommitteeCrawl(
            place, target, read_memory(target.cursor), self.window, self.job.sweep, self.every_item,
            self.documents(progress), self.sample,
        )  # fmt: skip

    def _none_answered(self, target: Target, progress: PollInProgress, failures: list[PageError]) -> Poll:
        if not failures:
            return progress.poll("invalid", detail="no address of a committee site is known")
        first = failures[0]
        detail = "; ".join(failed.reason for failed in failures)
        return replace(progress.failed(first), detail=detail, cursor=target.cursor)
