"""A worker: takes parts of crawls from the queue, crawls them in children of its own, and sends what they find.

It has no store, no channel and no secret but the queue's. It believes a job no further than a crawl's child does: what
it may ask of its own network is for its own configuration to say.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import psycopg
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision

from monitor.config.file import Config
from monitor.crawl.child import CrawlError
from monitor.crawl.forked import CrawlStopped, ForkedCrawls, start_fork_server
from monitor.model import Job
from monitor.model.crawl import file_of
from monitor.model.state import PolledTarget
from monitor.workers import lease, travel, worker_tables
from monitor.workers.owner_tables import LONG_AGO, TASK
from monitor.workers.queue import QUEUE, Connection, QueueError, conninfo, told
from monitor.workers.worker_tables import Name

log = logging.getLogger("ofsted-watch")

AGAIN_SECONDS = 5.0
"""Before a queue that did not answer is asked again."""
END_SECONDS = 8
"""What is under way gets so long to stop when the worker is to end."""


class Again(BaseRetryStrategy):
    """Puts a part back at once where its crawl was stopped early. Whether anybody waits is seen when it is taken."""

    def get_retry_decision(self, *, exception: BaseException, job: Any) -> RetryDecision | None:  # noqa: ARG002
        """Procrastinate asks this of whatever a job raises."""
        stopped = isinstance(exception, CrawlStopped | psycopg.Error)
        return RetryDecision(retry_at=LONG_AGO) if stopped else None


class Worker:
    """One worker, until it is told to stop."""

    def __init__(self, config: Config) -> None:
        self._config, self._conninfo = config, conninfo(config.run)
        self._id, self._name = str(uuid4()), socket.gethostname()
        self._under_way: dict[Name, ForkedCrawls] = {}
        self._stopping = threading.Event()
        self._serving: asyncio.Task[None] | None = None
        self._said = ""

    def serve(self) -> None:
        """Work until SIGTERM or SIGINT. What is under way then goes back into the queue."""
        ForkedCrawls()  # says what the fork server is to import before it starts, here where there is no other thread
        start_fork_server()
        watch = threading.Thread(target=self._watch, name="lease", daemon=True)
        watch.start()
        asyncio.run(self._serve())
        watch.join(END_SECONDS)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        while not self._stopping.is_set():
            self._serving = asyncio.create_task(self._take())
            try:
                with told():
                    await self._serving
            except asyncio.CancelledError:
                continue
            except QueueError as error:
                self._say(str(error))
            await self._pause()

    def _say(self, refused: str) -> None:
        """Say once why the queue cannot be had, however often it is asked."""
        if refused != self._said:
            log.error("%s; asked again every %.0f s", refused, AGAIN_SECONDS)
        self._said = refused

    async def _pause(self) -> None:
        self._serving = asyncio.create_task(asyncio.sleep(0 if self._stopping.is_set() else AGAIN_SECONDS))
        with suppress(asyncio.CancelledError):
            await self._serving

    async def _take(self) -> None:
        """Take parts as long as the queue answers."""
        app = App(connector=PsycopgConnector(conninfo=self._conninfo, min_size=1, max_size=self._config.run.crawls + 3))
        app.task(name=TASK, retry=Again())(self.crawl)
        with closing(Connection(self._conninfo)) as first:
            first.get()
        self._said = ""
        log.info("crawls are taken from the queue, %d at once", self._config.run.crawls)
        async with app.open_async():
            await app.run_worker_async(
                queues=[QUEUE], concurrency=self._config.run.crawls, delete_jobs="always",
                install_signal_handlers=False, shutdown_graceful_timeout=END_SECONDS,
                update_heartbeat_interval=lease.SPANS.beat, stalled_worker_timeout=lease.SPANS.stalled,
            )  # fmt: skip

    def _stop(self) -> None:
        """What a signal does."""
        self._stopping.set()
        self._stop_crawls()
        if self._serving:
            self._serving.cancel()

    def _stop_crawls(self, parts: set[Name] | None = None) -> None:
        """Stop these parts, or all."""
        for name, crawls in list(self._under_way.items()):
            if parts is None or name in parts:
                crawls.stop()

    def crawl(self, crawl: str, part: int) -> None:
        """Crawl a part and send what it finds. What is raised puts the part back (see `Again`)."""
        name = (crawl, part)
        with closing(Connection(self._conninfo)) as held:
            connection = held.get()
            order = worker_tables.begin(connection, name)
            if order is None:
                return
            if order.attempt > lease.ATTEMPTS:
                worker_tables.end(connection, name, f"it was begun {lease.ATTEMPTS} times and never ended")
                return
            with suppress(psycopg.errors.ForeignKeyViolation), TemporaryDirectory(prefix="ofsted-watch-") as at:
                fault = self._crawl(connection, name, order, Path(at))
                worker_tables.end(connection, name, fault)

    def _crawl(self, connection: Any, name: Name, order: worker_tables.Order, folder: Path) -> str | None:
        """Crawl in a child. Returns why that ended otherwise than by finishing."""
        try:
            private = self._config.http.allow_private_addresses
            job = travel.inbound(order.job, folder, private=private)
            log.info("%s: %d targets", job.source, len(job.targets), extra={"source": job.source, "run": job.run})
            with self._child(name) as crawls, closing(crawls.crawl(job, order.time_limit)) as found:
                for closed in found:
                    self._send(connection, name, closed, job)
        except (CrawlError, ValueError, OSError) as error:
            return str(error)
        except (CrawlStopped, psycopg.Error):
            raise
        except Exception as error:
            log.exception("a part of a crawl failed in an unforeseen way")
            return f"the worker failed: {type(error).__name__}: {error}"[:300]
        return None

    @contextmanager
    def _child(self, name: Name) -> Iterator[ForkedCrawls]:
        crawls = ForkedCrawls()
        self._under_way[name] = crawls
        if self._stopping.is_set():
            crawls.stop()
        try:
            yield crawls
        finally:
            self._under_way.pop(name, None)

    def _send(self, connection: Any, name: Name, closed: PolledTarget, job: Job) -> None:
        """Send a target's documents, then the target. A document that is not here was sent before, or is not new."""
        for sha in {record.sha256 for record in closed.records if record.sha256}:
            path = Path(job.documents_dir) / file_of(sha)
            if path.exists():
                worker_tables.send_document(connection, name, sha, path.read_bytes())
                path.unlink()
        worker_tables.send(connection, name, closed.poll.target, travel.lines(closed))

    def _watch(self) -> None:
        """Say every few seconds that we are alive, and stop what nobody waits for, or all if we can ask nobody."""
        answered = time.monotonic()
        with closing(Connection(self._conninfo)) as held:
            while not self._stopping.wait(lease.SPANS.beat):
                try:
                    self._look(held.get())
                    answered = time.monotonic()
                except psycopg.Error as error:
                    late = time.monotonic() - answered > lease.SPANS.stopped - lease.SPANS.beat
                    if self._under_way and late:
                        log.error("the queue does not answer, so crawls are stopped: %s", " ".join(str(error).split()))
                        self._stop_crawls()
            with suppress(psycopg.Error):
                worker_tables.disappear(held.get(), self._id)

    def _look(self, connection: Any) -> None:
        worker_tables.appear(connection, self._id, self._name)
        mine = set(self._under_way)
        wanted = worker_tables.waited_for(connection, {crawl for crawl, _ in mine})
        self._stop_crawls({name for name in mine if name[0] not in wanted})
