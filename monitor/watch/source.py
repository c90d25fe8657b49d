"""One crawl of a configured source, from the plan to what was found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.config.file import Config
from monitor.councils.registry import Council
from monitor.coverage import pages as coverage_pages
from monitor.crawl import targets as crawl_targets
from monitor.crawl.child import ending
from monitor.crawl.command import crawl
from monitor.crawl.targets import Scope
from monitor.deliver.audience import Audience, audience
from monitor.health.listing import wait_until
from monitor.letters import READER_VERSION
from monitor.letters.reader import Reader
from monitor.model import Job, Letter, Paragraph
from monitor.model.addresses import hyphenated
from monitor.model.days import LONDON
from monitor.model.reach import Depth, Shows
from monitor.model.state import PolledTarget
from monitor.model.trouble import Health
from monitor.public import writing as public
from monitor.store import Store, sources
from monitor.store.lock import LockedError, alone
from monitor.watch import jobs, texts
from monitor.watch.announce import Names
from monitor.watch.known import Run
from monitor.watch.reading import Shelf
from monitor.watch.run import RunResult, Watch
from monitor.watch.understand import Readers

SHORT_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(days=1)
"""No host is left alone for longer, whatever it asks for: a mistyped Retry-After, or a clock of ours that was wrong for
a moment, would silence a source for a year."""


class SourceBusyError(Exception):
    """Another process crawls the source on the same data folder, or its host asked us to wait."""


@dataclass(frozen=True, slots=True)
class Round:
    """What is asked of one crawl: how closely it looks, whether only at some councils or targets, and whether it waits
    as long as the source's host asked for (a person who wants everything now does not)."""

    depth: Depth = Depth.NEW
    councils: tuple[Council, ...] = ()
    targets: tuple[str, ...] = ()
    waits: bool = True


Crawl = Callable[[Job, float], Iterable[PolledTarget]]
Progress = Callable[[Iterable[PolledTarget], int], Iterable[PolledTarget]]


class Letters:
    """The reader as `watch` wants it: a worker process that starts with the first document."""

    version = READER_VERSION

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, path: Path) -> Letter:
        """What a document says; where it lies on this machine is not part of it. Raises NotReadError."""
        letter = self._reader.attempt(path)
        letter.file = None
        return letter

    def paragraphs(self, path: Path) -> list[Paragraph]:
        """A document's whole text by paragraphs. Raises NotReadError."""
        return self._reader.paragraphs(path)


def crawl_source(
    config: Config,
    store: Store,
    name: str,
    what: Round,
    *,
    crawl: Crawl = crawl,
    progress: Progress = lambda closed, _: closed,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    told: Audience | None = None,
) -> RunResult:
    """Crawl a source and keep what is found. `told` is everybody who is told of it, where that is not the configuration
    as it was at the beginning. Raises SourceBusyError, StoreError."""
    covered = crawl_targets.of(config, name, clock().astimezone(LONDON).date(), what.councils, what.targets)
    if not covered.targets:
        return RunResult((), Health({}), notes=(f"{name}: no address of the councils watched is known",))
    with _only_crawl(store, covered), Reader(registry=config.registry_path) as reader:
        if what.waits:
            _wait(store, covered, clock())
        job = jobs.of(config, store, covered, clock(), what.depth)
        letters, time_limit = Letters(reader), config.sources.enabled()[covered.source].time_limit
        watch = _watch(config, store, covered, job, letters, told or audience(config), clock)
        with ending(crawl(job, time_limit)) as closed:
            found = watch.follow(progress(closed, len(job.targets)))
        texts.fill(store, letters)
    if store.lasting:
        public.keep(store, config.watched())
    return found


@contextmanager
def _only_crawl(store: Store, covered: Scope) -> Iterator[None]:
    """One crawl of a source at a time on a data folder."""
    try:
        with alone(store.folder / f"crawl-{hyphenated(covered.source)}.lock"):
            yield
    except LockedError as error:
        raise SourceBusyError(f"{covered.title}: a crawl is under way already, by process {error.holder}") from error


def _wait(store: Store, covered: Scope, now: datetime) -> None:
    """Sit out a short wait that the host asked for; for a longer one come back later. Of many hosts each is left alone
    by the crawl itself."""
    until = wait_until(sources.state(store, covered.source), now)
    if until is None or (covered.shows is Shows.RECENT and len(covered.targets) > 1):
        return
    until = min(until, now + LONGEST_WAIT)
    if until - now > SHORT_WAIT:
        wish = f"{covered.title}: its host asked us to wait until {until:%Y-%m-%d %H:%M %Z}"
        raise SourceBusyError(f"{wish} (`crawl --full` asks all the same)")
    time.sleep((until - now).total_seconds())


def _watch(
    config: Config,
    store: Store,
    covered: Scope,
    job: Job,
    reader: Letters,
    told: Audience,
    clock: Callable[[], datetime],
) -> Watch:
    run = Run(
        id=job.run,
        source=covered.source,
        shows=covered.shows,
        depth=Depth.EVERYTHING if job.sweep else Depth.NEW,
        reach=covered.reach,
        expected=covered.expected,
        asked={t.target: [key for key, known in t.documents.items() if known.recheck] for t in job.targets},
    )
    readers = Readers(Shelf(store, reader, clock), _page_reader(config, covered))
    names = Names(covered.title, covered.name, covered.subject)
    return Watch(store, run, readers, names, told, clock, config.run.elections)


def _page_reader(config: Config, covered: Scope) -> coverage_pages.Reader | None:
    if covered.shows is Shows.EVERYTHING:
        return None
    return coverage_pages.Reader(config.registry, covered.source, {c.ofsted_urn for c in config.watched()})


def failed(found: Sequence[RunResult]) -> bool:
    """Whether something could not be seen. A listing that hides reports is told, but every page is opened instead, so
    nothing goes unseen."""
    return any(f.health.broken or f.held for f in found)
