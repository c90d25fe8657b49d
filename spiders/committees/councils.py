"""What the spiders of committees' sites share: councils side by side, the days that are read, where files are kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from monitor.model import Target
from spiders.committees.span import DateSpan, date_span
from spiders.http.documents import Documents
from spiders.job import PollInProgress
from spiders.together import SideBySideSpider


class CommitteeSpider(SideBySideSpider):
    """A target is a council's site. Options of the job: `today`, and `every_item` (any value) to be told of all
    committees and items, not only of those that may concern an inspection."""

    at_once = 8
    """Councils read side by side; one host, and one vendor, is asked far less than that."""

    def targets(self) -> Sequence[Target]:
        """The councils' sites; by hand it is the one of the job."""
        return self.job.targets or (Target("site", "site", url=self.job.base_url),)

    @cached_property
    def window(self) -> DateSpan:
        """The days of the meetings that are read."""
        return date_span(self.job.options)

    @property
    def every_item(self) -> bool:
        """Whether items that are plainly about something else are told as well."""
        return bool(self.job.options.get("every_item"))

    def documents(self, progress: PollInProgress) -> Documents:
        """Where the files of one council are kept; a sample has one of them."""
        return Documents(self.job, progress.fetcher, self.sample and 1)
