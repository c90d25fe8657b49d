"""The scheduler's hands: crawl what is due, deliver what is owed, tend the data folder at night, say so when nothing
was seen for long."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.channels import rules
from monitor.config.file import Config
from monitor.crawl.forked import CrawlStopped
from monitor.crawl.targets import title
from monitor.deliver import receipts, ways_out
from monitor.deliver.audience import channels, widened
from monitor.deliver.sender import deliver
from monitor.events.sources import failing
from monitor.model.event import Subject
from monitor.model.state import WHOLE, Episode
from monitor.schedule.jobs import Job, blind, jobs, settled
from monitor.schedule.queue import QueuedJob
from monitor.service.heartbeat import beat
from monitor.service.nightly import UPKEEP, run_nightly
from monitor.service.tally import Crawl, Tally, log_run
from monitor.store import Store, StoreError, job_runs, outbox, sources
from monitor.watch import source as watch_source
from monitor.watch.run import RunResult
from monitor.watch.source import Round, SourceBusyError

log = logging.getLogger("ofsted-watch")

PUT_OFF_SECONDS = 300.0
PUT_OFFS = 12
"""A source that somebody else crawls, or whose host asked us to wait, is tried again for an hour."""
STUBBORN = 8
"""Attempts after which a message counts as stuck: about an hour."""

Tell = Callable[[Tally, float], None]


def look(config: Config, store: Store, job: Job, crawl: Crawl) -> RunResult:
    """Crawl one source. The only place from which the scheduler does."""
    return watch_source.crawl_source(config, store, job.source, Round(job.full, targets=job.targets), crawl=crawl)


class Work:
    """Does what is due, with the configuration that holds when it begins."""

    def __init__(self, config: Config, crawl: Crawl, put: Callable[[QueuedJob], None], clock: Callable[[], datetime]):
        self.config, self._crawl, self._put, self._clock = config, crawl, put, clock
        self.tell: Tell | None = None
        self._stopping = threading.Event()
        self._delivering = threading.Lock()
        self._began = clock()
        self._beaten: datetime | None = None

    def stop(self) -> None:
        """Send no further message."""
        self._stopping.set()

    def join(self, seconds: float) -> bool:
        """Wait for the message under way; False where it takes longer."""
        return self._delivering.acquire(timeout=max(0.0, seconds))

    def do(self, piece: QueuedJob) -> None:
        """Do what a piece is for, once, and deliver what came of it."""
        config = self.config
        if piece.job.source not in (*config.sources.enabled(), UPKEEP):
            return
        try:
            with Store(config.data_dir) as store:
                if settled(job_runs.ledger(store).get(piece.job.id), piece.slot):
                    return
                job_runs.started(store, piece.job.id, piece.slot, self._clock())
                outcome = (self._tend if piece.job.source == UPKEEP else self._look)(config, store, piece)
                if outcome is None:
                    job_runs.given_back(store, piece.job.id)
                else:
                    job_runs.ended(store, piece.job.id, self._clock(), outcome)
        except StoreError as error:
            log.error("%s: %s", piece.job.id, error, extra={"job": piece.job.id})
        self.deliver()

    def _look(self, config: Config, store: Store, piece: QueuedJob) -> str | None:
        """How the crawl ended, in words for the ledger; None where it is still owed."""
        job, tally, began = piece.job, Tally(piece.job.source), time.monotonic()
        try:
            found = look(config, store, job, tally.counted(self._crawl))
        except CrawlStopped:
            log.info("%s: given up, to be crawled at the next start", job.id, extra={"job": job.id})
            return None
        except SourceBusyError as error:
            return self._put_off(piece, str(error))
        except StoreError:
            raise
        except Exception as error:
            log.exception("%s: the crawl failed in an unforeseen way", job.id, extra={"job": job.id})
            return f"crashed: {type(error).__name__}: {error}"
        seconds = time.monotonic() - began
        log_run(job, found, tally, seconds)
        if self.tell:
            self.tell(tally, seconds)
        return found.health.wide or found.held or "ok"

    def _tend(self, config: Config, store: Store, piece: QueuedJob) -> str | None:
        """How the night's work ended. What failed is tried again in the next night, and no sign of life is
        given as "well" until then."""
        try:
            done = run_nightly(store, config.run, self._clock())
        except StoreError as error:
            log.error("%s: %s", piece.job.id, error, extra={"job": piece.job.id})
            return f"failed: {error}"
        log.info("%s: %s", piece.job.id, "; ".join(done), extra={"job": piece.job.id})
        return "ok"

    def _put_off(self, piece: QueuedJob, reason: str) -> str | None:
        log.warning("%s: %s", piece.job.id, reason, extra={"job": piece.job.id})
        if piece.put_off >= PUT_OFFS:
            return reason
        self._put(replace(piece, not_before=time.monotonic() + PUT_OFF_SECONDS, put_off=piece.put_off + 1))
        return None

    def round(self) -> None:
        """What is done every minute: deliver, look whether anything was seen lately, give a sign of life."""
        well = self.deliver() and self._look_round()
        every = timedelta(minutes=self.config.run.heartbeat_minutes)
        if self._beaten is None or not timedelta(0) <= self._clock() - self._beaten < every:
            self._beaten = self._clock()
            beat(self.config, well)

    def deliver(self) -> bool:
        """Send what is owed; whether the store could be used and nothing is stuck."""
        with self._delivering:
            try:
                with Store(self.config.data_dir) as store:
                    return self._drain(store)
            except StoreError as error:
                log.error("%s", error)
                return False

    def _drain(self, store: Store) -> bool:
        build, told = ways_out.build(self.config), widened(store, channels(self.config), self._clock())
        receipts.queue(store, self.config, told, self._clock())
        for failure in deliver(store, build, told, lambda: datetime.now(UTC), lambda: not self._stopping.is_set()):
            log.warning("channel %s: %s", failure.channel, failure.reason, extra={"channel": failure.channel})
        alone = len(told) < 2
        return not outbox.stuck(store, STUBBORN) and not (alone and outbox.failed(store))

    def _look_round(self) -> bool:
        """Say of each source that was due and not seen at all that it is not watched; whether no job crashed or
        failed by a fault of ours."""
        ordinary = [job for job in jobs(self.config.sources.enabled(), 0) if not job.full]
        try:
            with Store(self.config.data_dir) as store:
                ledger = job_runs.ledger(store)
                for job in ordinary:
                    self._tell_blind(store, job, ledger[job.id].outcome if job.id in ledger else None)
        except StoreError as error:
            log.error("%s", error)
            return False
        return not any((last.outcome or "").startswith(("crashed", "failed")) for last in ledger.values())

    def _tell_blind(self, store: Store, job: Job, outcome: str | None) -> None:
        now = self._clock()
        seen = sources.last_healthy(store, job.source, job.targets)
        until = now - timedelta(seconds=self.config.sources.enabled()[job.source].time_limit)
        if not blind(job, max(seen or self._began, self._began), until):
            return
        since = f"{seen:%Y-%m-%d %H:%M %Z}" if seen else "the start"
        reason = f"error: no crawl has seen anything since {since}" + (f" ({outcome})" if outcome else "")
        with store.transaction():
            if WHOLE in sources.episodes(store, job.source):
                return
            episode = Episode(WHOLE, now.isoformat(), reason)
            event = failing(job.source, episode, Subject(), title(job.source), now.isoformat())
            sources.save_episodes(store, job.source, [episode], [])
            outbox.add(store, event, rules.recipients_of(event, channels(self.config), now))
        log.error("%s: %s", job.source, reason, extra={"source": job.source})
