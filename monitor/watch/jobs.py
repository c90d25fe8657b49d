"""What a crawl is told, from the configuration and what the store remembers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.config.file import Config
from monitor.crawl import listing_job, window_job
from monitor.crawl.targets import Scope
from monitor.letters.failures import damaged
from monitor.model import Job
from monitor.model.crawl import ROBOTS_UNREADABLE
from monitor.model.days import LONDON
from monitor.model.reach import Depth, Shows
from monitor.model.trouble import WHOLE, Episode, Trouble
from monitor.store import Store, crawl_memory, records, sources
from monitor.version import VERSION

ROBOTS_PATIENCE = timedelta(days=30)
"""RFC 9309, 2.3.1.4: a robots.txt that has answered with errors for so long may be taken for one that is not there."""


def of(config: Config, store: Store, covered: Scope, now: datetime, depth: Depth) -> Job:
    """The job of one crawl: what to look at, how closely, and what is known of it."""
    return without_old_robots(_job(config, store, covered, now, depth), store, now)


def _job(config: Config, store: Store, covered: Scope, now: datetime, depth: Depth) -> Job:
    order = listing_job.Order(
        run=f"{now:%Y%m%dT%H%M%SZ}-{covered.source}",
        source=covered.source,
        base_url=covered.base_url,
        documents_dir=str(store.documents.resolve()),
        http=config.job_http(VERSION),
        today=now.astimezone(LONDON).date(),
        depth=depth,
        reach=covered.reach,
    )
    if covered.shows is Shows.RECENT:
        known = window_job.memory(store, covered.source, covered.targets, now, _damaged(store))
        return window_job.job(order, covered.targets, known)
    ofsted = config.sources.ofsted
    names = {urn: spec.council.name for urn, spec in covered.targets.items() if spec.council}
    return listing_job.job(order, names, _memory(store, covered.source), ofsted.page_size, ofsted.recheck)


def without_old_robots(job: Job, store: Store, now: datetime) -> Job:
    """The job. Targets whose robots.txt has answered with errors for too long are marked: it counts as none."""
    old = {e.targets for e in sources.episodes(store, job.source) if _robots_count_no_more(e, now)}
    if not old:
        return job
    waived = (WHOLE in old or (t.target,) in old for t in job.targets)
    marked = zip(job.targets, waived, strict=True)
    targets = tuple(replace(t, options={**t.options, "robots_waived": True}) if w else t for t, w in marked)
    return replace(job, targets=targets)


def _robots_count_no_more(episode: Episode, now: datetime) -> bool:
    unreadable = episode.trouble is Trouble.BROKEN and ROBOTS_UNREADABLE in episode.reason.words
    return unreadable and datetime.fromisoformat(episode.since) < now - ROBOTS_PATIENCE


def _memory(store: Store, source: str) -> listing_job.Memory:
    return listing_job.Memory(
        known=crawl_memory.remembered(store, source),
        cursors=sources.cursors(store, source),
        listing=sources.state(store, source).listing,
        asked=crawl_memory.asked(store, source),
        damaged=_damaged(store),
    )


def _damaged(store: Store) -> set[str]:
    """The documents (by hash) that are kept and could not be opened."""
    return {sha for sha, letter in records.unknown(store).items() if damaged(letter)}
