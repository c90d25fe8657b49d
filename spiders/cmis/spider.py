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

from dataclasses import replace
from functools import partial

from monitor.model import Target
from spiders.cmis.crawl import CommitteeCrawl
from spiders.cmis.records import Place
from spiders.committees.councils import CommitteeSpider
from spiders.committees.memory import read_memory
from spiders.http.errors import PageError
from spiders.job import Items, PollInProgress


class CmisSpider(CommitteeSpider):
    """The `url` of a target is the site's folder or the page of its calendar."""

    name = "cmis"

    async def items_of(self, target: Target) -> Items:
        """Read a council's site; what was read before it failed is told."""
        progress = self.begin_beside(target.target)
        crawl = self._crawl(target, progress)
        try:
            await self.guarded(target.target, crawl.look())
        except PageError as failed:
            return [*crawl.records, replace(progress.failed(failed), cursor=target.cursor)]
        return [*crawl.records, crawl.poll()]

    def _crawl(self, target: Target, progress: PollInProgress) -> CommitteeCrawl:
        return CommitteeCrawl(
            Place(self.job.source, target.target), target, progress, self.window, self.job.sweep, self.every_item,
            self.documents(progress), read_memory(target.cursor), partial(self.guarded, target.target), self.sample,
        )  # fmt: skip
