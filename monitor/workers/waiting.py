"""Waiting for one crawl in the queue: its parts go out, its targets come back, each with its documents."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from monitor.crawl.child import CrawlError
from monitor.crawl.forked import CrawlStopped
from monitor.model import Job
from monitor.model.crawl import file_of
from monitor.model.sources import OFSTED
from monitor.model.state import PolledTarget
from monitor.store import documents
from monitor.workers import lease, owner_tables, travel
from monitor.workers.groups import Part
from monitor.workers.owner_tables import Arrived, Progress
from monitor.workers.queue import Connection, QueueError, told

T = TypeVar("T")
NO_WORKER = "no worker of this version takes crawls from the queue"
SHOWN_FAULTS = 3


class Waiting:
    """One crawl that is waited for, in a thread of its own. `stopping` ends the wait."""

    def __init__(
        self, job: Job, parts: Sequence[Part], time_limit: float, connection: Connection, stopping: threading.Event
    ) -> None:
        self.crawl = str(uuid4())
        self._job, self._parts, self._time_limit = job, parts, time_limit
        self._connection, self._stopping = connection, stopping
        self._faults: list[str] = []
        self._moved, self._manned = time.monotonic(), time.monotonic()
        self._last: Progress | None = None

    def closed(self) -> Iterator[PolledTarget]:
        """The targets as they come back, each once and with its documents kept. Raises CrawlError at the end where a
        part did not finish, QueueError where queue or workers do not answer, CrawlStopped where we are stopping."""
        self._try(self._put)
        while True:
            now, found = self._try(self._look)
            for one in found:
                yield from self._taken(one)
            if now.ended == len(self._parts):
                break
            self._judge(now, bool(found))
            self._stopping.wait(lease.SPANS.poll)
        if faults := [*now.faults, *self._faults]:
            more = f" (and {len(faults) - SHOWN_FAULTS} more)" if len(faults) > SHOWN_FAULTS else ""
            raise CrawlError("; ".join(faults[:SHOWN_FAULTS]) + more)

    def end(self) -> None:
        """Wait no more. Raises QueueError where the queue cannot be told."""
        try:
            with told():
                owner_tables.drop(self._connection.get(), [self.crawl])
        finally:
            self._connection.close()

    def _put(self, connection: Any) -> None:
        sent = [(part.lock, travel.outbound(part.job)) for part in self._parts]
        owner_tables.put(connection, self.crawl, sent, self._time_limit, int(self._job.source == OFSTED))

    def _look(self, connection: Any) -> tuple[Progress, list[Arrived]]:
        """How far it is, and what has come. In this order: a part that has ended has sent all that it found."""
        now = owner_tables.progress(connection, self.crawl)
        if owner_tables.workers(connection):
            self._manned = time.monotonic()
        return now, owner_tables.arrived(connection, self.crawl)

    def _judge(self, now: Progress, found: bool) -> None:
        """Raise where nothing more is to be expected."""
        if now.parts != len(self._parts):
            self._stopping.wait(lease.SPANS.stopped)  # whoever worked on it has noticed by then
            raise QueueError("the queue: we were cut off from it for too long")
        if time.monotonic() - self._manned > lease.SPANS.patience:
            raise QueueError(NO_WORKER)
        if found or now != self._last:
            self._moved, self._last = time.monotonic(), now
        silent = self._time_limit + lease.SPANS.patience
        if time.monotonic() - self._moved > silent:
            raise CrawlError(f"the workers have sent nothing for {silent:.0f} s, and the crawl was given up")

    def _taken(self, one: Arrived) -> Iterator[PolledTarget]:
        """The target, if it can be believed. What cannot is a target that was not reached."""
        try:
            found = travel.opened(one.lines, one.target, self._parts[one.part].job)
            sent = self._try(lambda connection: self._keep_documents(connection, found, self._parts[one.part].job))
        except (ValueError, OSError) as error:
            self._faults.append(f"{one.target}: {getattr(error, 'strerror', None) or error}")
        else:
            yield found
            self._try(lambda connection: self._take_documents(connection, sent))
        self._try(lambda connection: owner_tables.took(connection, self.crawl, one))

    def _keep_documents(self, connection: Any, found: PolledTarget, job: Job) -> list[str]:
        """Keep the documents of a target's records that are not here yet, and return their hashes. Raises ValueError
        where one did not come: its record would name what nobody has, and nobody would ask for it again."""
        folder = Path(job.documents_dir)
        known = {k.sha256 for target in job.targets for k in target.documents.values()}
        named = {r.document.sha256: r.document for r in found.records if r.document}
        lacking = [d for sha, d in named.items() if not (folder / file_of(sha)).exists()]
        kept = []
        for document in lacking:
            body = owner_tables.document(connection, self.crawl, document.sha256)
            if body is not None:
                documents.keep(folder / file_of(document.sha256), body)
                kept.append(document.sha256)
            elif document.sha256 not in known:
                raise ValueError(f"its document {document.sha256[:12]}… did not come")
        return kept

    def _take_documents(self, connection: Any, kept: Sequence[str]) -> None:
        for sha in kept:
            owner_tables.took_document(connection, self.crawl, sha)

    def _try(self, work: Callable[[Any], T]) -> T:
        """Do something with the queue, again and again until it answers or patience is over."""
        began = time.monotonic()
        while True:
            if self._stopping.is_set():
                raise CrawlStopped
            try:
                with told():
                    return work(self._connection.get())
            except QueueError:
                if time.monotonic() - began > lease.SPANS.patience:
                    raise
            self._stopping.wait(lease.SPANS.beat)
