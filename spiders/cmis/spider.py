"""Council meetings on CMIS (Civica, on DotNetNuke), the system of 12 of the 153 councils.

Captured from Birmingham's site in 2026: the calendar's page, its list, a month, a meeting's summary. Known from the
texts of real pages: the agenda items on a meeting's page, the names of papers. Not captured: the markup of items, and
the sites of the other eleven.
- There is neither feed nor service. The calendar's page names its module, and the links of the list hold module and
  tab. The address of any month is made of these. A month takes about 40 seconds.
- A meeting's page shows its summary by labels, then numbered items with their texts and papers. Items have no page and
  no id. Papers have long, opaque addresses that stay the same.
- The minutes among the papers are mostly those of the meeting before (see `minutes`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

from monitor.model import Target
from spiders.cmis.crawl import CommitteeCrawl
from spiders.cmis.records import Place
from spiders.committees.memory import read_memory
from spiders.committees.span import date_span
from spiders.http.documents import Documents
from spiders.http.errors import PageError
from spiders.job import Items, JobSpider, PollInProgress
from spiders.together import together

AT_ONCE = 8
"""Councils read side by side; one host, and one vendor, is asked far less than that."""


class CmisSpider(JobSpider):
    """A target is a council's site, `url` its folder or the page of its calendar. Options of the job: `today`, and
    `every_item` (any value) to be told of all committees and items, not only of those that may concern an
    inspection."""

    name = "cmis"

    async def look(self) -> AsyncIterator[Items]:
        """Each council's items as it is done."""
        self._window = date_span(self.job.options)
        targets = self.job.targets or (Target("site", "site", url=self.job.base_url),)
        async for items in together([partial(self._council, target) for target in targets], AT_ONCE):
            yield items

    async def _council(self, target: Target) -> Items:
        progress = self.begin_beside(target.target)
        crawl = self._crawl(target, progress)
        try:
            await self.guarded(target.target, crawl.look())
        except PageError as failed:
            return [*crawl.records, replace(progress.failed(failed), cursor=target.cursor)]
        return [*crawl.records, crawl.poll()]

    def _crawl(self, target: Target, progress: PollInProgress) -> CommitteeCrawl:
        place = Place(self.job.source, target.target)
        documents = Documents(self.job, progress.fetcher, self.sample and 1)
        every_item = bool(self.job.options.get("every_item"))
        return CommitteeCrawl(
            place,
            target,
            progress,
            self._window,
            self.job.sweep,
            every_item,
            documents,
            read_memory(target.cursor),
            partial(self.guarded, target.target),
            self.sample,
        )
