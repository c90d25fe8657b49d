"""One crawl of a configured source, from the plan to what was found."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import audience, desk, pages, plan, scope, windows
from monitor.channels import LONDON
from monitor.config import Config
from monitor.councils import Council
from monitor.crawl import crawl
from monitor.health import Closed, Health
from monitor.letters import READER_VERSION
from monitor.letters.worker import Reader
from monitor.lock import LockedError, alone
from monitor.model import Job, Letter, Quote
from monitor.news import Context
from monitor.scope import Scope
from monitor.store import Store, records, sources
from monitor.version import VERSION
from monitor.watch import Found, watch

SHORT_WAIT = timedelta(minutes=1)


class SourceBusyError(Exception):
    """Another process crawls the source on the same data folder, or its host asked us to wait."""


@dataclass(frozen=True, slots=True)
class Round:
    """What is asked of one crawl: everything (`full`), or only some councils."""

    full: bool = False
    councils: tuple[Council, ...] = ()


Crawl = Callable[[Job, float], Iterable[Closed]]
Progress = Callable[[Iterable[Closed], int], Iterable[Closed]]


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Letters:
    """The reader as `watch` wants it: a worker process that starts with the first document."""

    version = READER_VERSION

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, path: Path) -> Letter:
        """What a document says; where it lies on this machine is not part of it."""
        letter = self._reader.read(path)
        letter.file = None
        return letter

    def paragraphs(self, path: Path) -> list[Quote]:
        """A document's paragraphs."""
        return self._reader.paragraphs(path)


def run(
    config: Config,
    store: Store,
    name: str,
    what: Round,
    *,
    crawl: Crawl = crawl,
    progress: Progress = lambda closed, _: closed,
    clock: Callable[[], datetime] = now,
) -> Found:
    """Crawl a source and keep what is found. Raises SourceBusyError, StoreError."""
    covered = scope.of(config, name, clock().astimezone(LONDON).date(), what.councils)
    if not covered.spots:
        return Found((), Health({}), notes=(f"{name}: no address of the councils watched is known",))
    with _only_crawl(store, covered), Reader(registry=config.registry_path) as reader:
        _wait(store, covered, clock())
        job = _job(config, store, covered, clock(), full=what.full)
        context = _context(config, store, covered, job, Letters(reader))
        limit = config.sources.enabled()[name].time_limit
        closed = progress(crawl(job, limit), len(job.targets))
        return watch(store, closed, context, clock)


@contextmanager
def _only_crawl(store: Store, covered: Scope) -> Iterator[None]:
    """One crawl of a source at a time on a data folder."""
    try:
        with alone(store.folder / f"crawl-{file_name(covered.source)}.lock"):
            yield
    except LockedError as error:
        raise SourceBusyError(f"{covered.title} is being crawled already, by process {error.holder}") from error


def file_name(source: str) -> str:
    """A source's name as part of a file's name: a page is called what its owner likes."""
    return re.sub(r"[^a-z0-9]+", "-", source.lower()).strip("-")


def _job(config: Config, store: Store, covered: Scope, now: datetime, *, full: bool) -> Job:
    order = plan.Order(
        run=f"{now:%Y%m%dT%H%M%SZ}-{covered.source}",
        source=covered.source,
        base_url=covered.base_url,
        documents_dir=str(store.documents.resolve()),
        http=config.job_http(VERSION),
        today=now.astimezone(LONDON).date(),
        full=full,
        whole=covered.everybody,
    )
    if covered.windowed:
        return windows.job(order, covered.spots, windows.memory(store, covered.source, covered.spots))
    ofsted = config.sources.ofsted
    names = {urn: spot.council.name for urn, spot in covered.spots.items() if spot.council}
    return plan.job(order, names, memory(store, covered.source), ofsted.page_size, ofsted.recheck)


def memory(store: Store, source: str) -> plan.Memory:
    """What the store remembers of a source."""
    return plan.Memory(
        before=records.before(store, source),
        marks=sources.marks(store, source),
        facts=sources.facts(store, source),
        asked=records.asked(store, source),
    )


def _wait(store: Store, covered: Scope, now: datetime) -> None:
    """Sit out a short wait that the host asked for; for a longer one come back later. Of many hosts each is
    left alone by the crawl itself."""
    until = plan.wait_until(sources.facts(store, covered.source), now)
    if until is None or (covered.windowed and len(covered.spots) > 1):
        return
    if until - now > SHORT_WAIT:
        raise SourceBusyError(f"{covered.title} asked us to wait until {until:%Y-%m-%d %H:%M %Z}")
    time.sleep((until - now).total_seconds())


def _context(config: Config, store: Store, covered: Scope, job: Job, reader: Letters) -> Context:
    return Context(
        source=covered.source,
        run=job.run,
        reader=reader,
        channels=desk.widened(store, audience.channels(config), datetime.now(UTC)),
        subject=covered.subject,
        name=covered.name,
        job=job,
        expected=covered.expected,
        covering=covered.whole,
        windowed=covered.windowed,
        pages=_page_reader(config, covered) if covered.windowed else None,
        elections=config.run.elections,
    )


def _page_reader(config: Config, covered: Scope) -> pages.Reader:
    return pages.Reader(config.registry, covered.source, {c.ofsted_urn for c in config.watched()})


def failed(found: Sequence[Found]) -> bool:
    """Whether something could not be seen. A listing that hides reports is told, but every page is
    opened instead, so nothing goes unseen."""
    broken = {target for f in found for target in f.health.broken}
    return bool(broken - {plan.SEARCH}) or any(f.held for f in found) or any(_listing_down(f) for f in found)


def _listing_down(found: Found) -> bool:
    reason = found.health.broken.get(plan.SEARCH, "")
    return reason.split(":")[0] in ("error", "blocked", "missing", "invalid")
