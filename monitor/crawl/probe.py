"""Trying a council's addresses: each source that knows one is crawled once, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.channels.rules import LONDON
from monitor.config.file import Config
from monitor.councils.registry import Council
from monitor.crawl import listing_job, window_job
from monitor.crawl import targets as crawl_targets
from monitor.crawl.child import CrawlError
from monitor.crawl.command import crawl
from monitor.crawl.targets import Scope
from monitor.model.reach import Depth, Reach, Shows
from monitor.model.sources import SOURCES
from monitor.version import VERSION

TIME_LIMIT = 300.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: the poll's outcome and detail, how many records it gave and requests it took."""

    source: str
    url: str
    outcome: str
    detail: str | None
    records: int
    requests: int


def probe(config: Config, council: Council, now: datetime) -> Iterator[Answer]:
    """Ask each address that is known of a council, also of sources that are switched off."""
    for source in (row.name for row in SOURCES.values() if row.by_council):
        covered = crawl_targets.of(config, source, now.astimezone(LONDON).date(), [council])
        if covered.targets:
            yield _ask(config, covered, council, now)


def _ask(config: Config, covered: Scope, council: Council, now: datetime) -> Answer:
    """Without a folder for documents none is fetched."""
    today, http = now.astimezone(LONDON).date(), config.job_http(VERSION)
    order = listing_job.Order("probe", covered.source, covered.base_url, "", http, today, Depth.EVERYTHING, Reach.SOME)
    if covered.shows is Shows.EVERYTHING:
        names, page_size = {council.ofsted_urn: council.name}, config.sources.ofsted.page_size
        job = listing_job.job(order, names, listing_job.Memory(), page_size, 0)
    else:
        job = window_job.job(order, covered.targets, window_job.Memory())
    url = covered.targets[council.ofsted_urn].url or crawl_targets.page_url(config, council.ofsted_urn)
    try:
        closed = [c for c in crawl(job, TIME_LIMIT) if c.poll.target == council.ofsted_urn]
    except CrawlError as error:
        return Answer(covered.source, url, "error", str(error), 0, 0)
    if not closed:
        return Answer(covered.source, url, "error", "the crawl ended before it was reached", 0, 0)
    poll = closed[0].poll
    return Answer(covered.source, url, poll.outcome, poll.detail, len(closed[0].records), poll.requests)
