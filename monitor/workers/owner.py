"""Crawls on other machines, as the owner of the store sees them: it gives a job and gets closed targets, as from a
child.

The store knows nothing of workers, and they know no store. Where the queue does not answer, or no worker takes anything
from it, what has not come back is crawled on this machine.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from monitor.config.file import Config
from monitor.crawl.child import Crawls
from monitor.model import Job
from monitor.model.days import LONDON
from monitor.model.sources import SOURCES, kind_of
from monitor.model.state import PolledTarget
from monitor.workers import groups, owner_tables
from monitor.workers.queue import Connection, QueueError, conninfo, told
from monitor.workers.waiting import NO_WORKER, Waiting

log = logging.getLogger("ofsted-watch")


class QueuedCrawls:
    """The crawls under way in the queue. `config` gives the configuration that holds; `local` crawls where the queue
    cannot."""

    def __init__(self, config: Callable[[], Config], local: Crawls, clock: Callable[[], datetime]) -> None:
        self._config, self._local, self._clock = config, local, clock
        self._conninfo = conninfo(config().run)
        self._keeping = Connection(self._conninfo)
        self._stopping, self._lock = threading.Event(), threading.Lock()
        self._waited_for, self._given_up = set[str](), set[str]()

    def stop(self) -> None:
        """Give up the crawls under way; what was taken is kept by whoever reads them."""
        self._stopping.set()
        self._local.stop()

    def crawl(self, job: Job, time_limit: float) -> Generator[PolledTarget, None, None]:
        """Like `command.crawl`, on other machines. Each target comes once. Raises CrawlStopped after `stop`."""
        seen = set[str]()
        try:
            with self._waiting(job, time_limit) as waiting:
                yield from _once(waiting.closed(), seen)
        except QueueError as error:
            log.warning("%s: %s; crawled on this machine", job.source, error, extra={"source": job.source})
            left = _left(job, seen)
            if left.targets:
                yield from _once(self._local.crawl(left, time_limit), seen)

    def keep(self) -> str | None:
        """What is done every few seconds: say which crawls are waited for, give the parts of lost workers to others.
        Returns why nobody crawls for us, or None. Raises QueueError."""
        with self._lock:
            waited_for, given_up = set(self._waited_for), set(self._given_up)
        with told():
            connection = self._keeping.get()
            owner_tables.drop(connection, given_up)
            owner_tables.keep(connection, waited_for)
            lost = asyncio.run(owner_tables.retry_stalled(self._conninfo)) if waited_for else 0
            alive = owner_tables.workers(connection)
        if lost:
            log.warning("a worker was lost: %d parts of crawls go to others", lost)
        with self._lock:
            self._given_up -= given_up
        return None if alive else NO_WORKER

    def close(self) -> None:
        """Give the connection back, when `keep` is called no more."""
        self._keeping.close()

    @contextmanager
    def _waiting(self, job: Job, time_limit: float) -> Iterator[Waiting]:
        """A crawl in the queue. When this ends, however it ends, nobody begins any more of it."""
        known = groups.locks(self._config(), self._clock().astimezone(LONDON).date())
        waiting = Waiting(job, groups.parts(job, known), time_limit, Connection(self._conninfo), self._stopping)
        with self._lock:
            self._waited_for.add(waiting.crawl)
        try:
            yield waiting
        finally:
            with self._lock:
                self._waited_for.discard(waiting.crawl)
            self._end(waiting)

    def _end(self, waiting: Waiting) -> None:
        """Tell the queue that a crawl is waited for no more; where it cannot be told, as soon as it can. Until then the
        workers stop because nobody says that he waits."""
        try:
            waiting.end()
        except QueueError:
            with self._lock:
                self._given_up.add(waiting.crawl)


def _once(found: Iterable[PolledTarget], seen: set[str]) -> Iterator[PolledTarget]:
    """Each target the first time that it comes."""
    for closed in found:
        if closed.poll.target not in seen:
            seen.add(closed.poll.target)
            yield closed


def _left(job: Job, seen: set[str]) -> Job:
    """The job for what has not come back; the whole source where it lists everything, judged by all its pages."""
    left = tuple(target for target in job.targets if target.target not in seen)
    whole = left and SOURCES[kind_of(job.source)].lists_everything
    return job if whole else replace(job, targets=left)
