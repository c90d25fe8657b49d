"""One crawl of a configured source, from the plan to what was found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import audience, plan
from monitor.channels import LONDON
from monitor.config import Config
from monitor.councils import Council
from monitor.crawl import crawl
from monitor.events import Subject
from monitor.health import WHOLE, Closed
from monitor.letters import READER_VERSION
from monitor.letters.worker import Reader
from monitor.lock import LockedError, alone
from monitor.model import Job, Letter, Quote
from monitor.news import Context
from monitor.store import Store, records, sources
from monitor.version import VERSION
from monitor.watch import Found, watch

OFSTED = "ofsted"
NAMES = {OFSTED: "Ofsted"}
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
    what: Round,
    *,
    crawl: Crawl = crawl,
    progress: Progress = lambda closed, _: closed,
) -> Found:
    """Crawl Ofsted once and take in what was found. Raises SourceBusyError, StoreError."""
    with _only_crawl(store), Reader(registry=config.registry_path) as reader:
        _wait(store, datetime.now(UTC))
        job, watched = _job(config, store, what, datetime.now(UTC))
        context = _context(config, job, watched, whole=not what.councils, reader=Letters(reader))
        closed = progress(crawl(job, config.sources.ofsted.time_limit), len(job.targets))
        return watch(store, closed, context, lambda: datetime.now(UTC))


@contextmanager
def _only_crawl(store: Store) -> Iterator[None]:
    """One crawl of a source at a time on a data folder."""
    try:
        with alone(store.folder / f"crawl-{OFSTED}.lock"):
            yield
    except LockedError as error:
        raise SourceBusyError(f"{NAMES[OFSTED]} is being crawled already, by process {error.holder}") from error


def _job(config: Config, store: Store, what: Round, now: datetime) -> tuple[Job, dict[str, Council]]:
    today = now.astimezone(LONDON).date()
    watched = {c.ofsted_urn: c for c in what.councils or config.watched(today)}
    whole = not what.councils and config.watch.councils is None
    job = plan.job(
        run=f"{now:%Y%m%dT%H%M%SZ}-{OFSTED}",
        source=OFSTED,
        base_url=config.sources.ofsted.base_url,
        documents_dir=str(store.documents.resolve()),
        http=config.job_http(VERSION),
        names={urn: c.name for urn, c in watched.items()},
        memory=memory(store, OFSTED),
        today=today,
        full=what.full,
        whole=whole,
        page_size=config.sources.ofsted.page_size,
        recheck=config.sources.ofsted.recheck,
    )
    return job, watched


def memory(store: Store, source: str) -> plan.Memory:
    """What the store remembers of a source."""
    return plan.Memory(
        before=records.before(store, source),
        marks=sources.marks(store, source),
        facts=sources.facts(store, source),
        asked=records.asked(store, source),
    )


def _wait(store: Store, now: datetime) -> None:
    """Sit out a short wait that the host asked for; for a longer one come back later."""
    until = plan.wait_until(sources.facts(store, OFSTED), now)
    if until is None:
        return
    if until - now > SHORT_WAIT:
        raise SourceBusyError(f"{NAMES[OFSTED]} asked us to wait until {until:%Y-%m-%d %H:%M %Z}")
    time.sleep((until - now).total_seconds())


def _context(config: Config, job: Job, watched: dict[str, Council], *, whole: bool, reader: Letters) -> Context:
    def subject(target: str) -> Subject:
        council = watched.get(target) or config.registry.by_urn(target)
        return Subject(council.name, target, page_url(config, target)) if council else Subject()

    def name(target: str) -> str:
        of = subject(target).council
        words = "" if target == WHOLE else "'s listing" if target == plan.SEARCH else f"'s page of {of or target}"
        return NAMES[OFSTED] + words

    return Context(
        source=OFSTED,
        run=job.run,
        reader=reader,
        channels=audience.channels(config),
        subject=subject,
        name=name,
        job=job,
        expected=[plan.SEARCH, *watched],
        covering=whole,
        elections=config.run.elections,
    )


def page_url(config: Config, urn: str) -> str:
    """A council's page at Ofsted, for people to follow; a crawl takes the address from the listing."""
    return f"{config.sources.ofsted.base_url.rstrip('/')}/provider/44/{urn}"


def failed(found: Sequence[Found]) -> bool:
    """Whether something could not be seen. A listing that hides reports is told, but every page is
    opened instead, so nothing goes unseen."""
    broken = {target for f in found for target in f.health.broken}
    return bool(broken - {plan.SEARCH}) or any(f.held for f in found) or any(_listing_down(f) for f in found)


def _listing_down(found: Found) -> bool:
    reason = found.health.broken.get(plan.SEARCH, "")
    return reason.split(":")[0] in ("error", "blocked", "missing", "invalid")
