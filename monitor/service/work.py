"""The scheduler's hands: crawl what is due, and tend the data folder at night. Sending is not among it: see sending.py;
nor is whether we are well: see oversight.py."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.channels.rules import Channel
from monitor.config.file import Config
from monitor.crawl.forked import CrawlStopped
from monitor.deliver.audience import Audience, audience
from monitor.model.reach import Depth
from monitor.model.sources import kind_of
from monitor.model.state import DONE, End, Ended
from monitor.model.trouble import Trouble
from monitor.schedule.jobs import Job, settled
from monitor.schedule.queue import QueuedJob
from monitor.service.drill import run_drill
from monitor.service.nightly import UPKEEP, run_nightly
from monitor.service.outage import tell
from monitor.service.tally import Crawl, Tally, log_baseline, log_run
from monitor.store import Store, StoreError, job_runs, sources
from monitor.store.replica import DRILL, Replica
from monitor.watch import source as watch_source
from monitor.watch.run import RunResult
from monitor.watch.source import Round, SourceBusyError

log = logging.getLogger("ofsted-watch")

PUT_OFF_SECONDS = 300.0
PUT_OFFS = 12
"""A source that somebody else crawls, or whose host asked us to wait, is tried again for an hour."""
START = timedelta(minutes=20)
START_SECONDS = 180.0
"""So long after a start a crawl that nothing has answered is made again after some minutes: a machine begins before its
network does, and a page that is due on Mondays would wait for a week."""

Tell = Callable[[Tally, float], None]


def look(config: Config, store: Store, job: Job, crawl: Crawl, told: Audience) -> RunResult:
    """Crawl one source. The only place from which the scheduler does."""
    what = Round(Depth.EVERYTHING if job.full else Depth.NEW, targets=job.targets)
    return watch_source.crawl_source(config, store, job.source, what, crawl=crawl, told=told)


class Work:
    """Does what is due, with the configuration that holds when it begins."""

    def __init__(self, config: Config, crawl: Crawl, put: Callable[[QueuedJob], None], clock: Callable[[], datetime]):
        self.config, self._crawl, self._put, self._clock = config, crawl, put, clock
        self.tell: Tell | None = None
        self._began = clock()

    def do(self, piece: QueuedJob) -> None:
        """Do what a piece is for, once."""
        config = self.config
        if piece.job.source not in (*config.sources.enabled(), UPKEEP, DRILL):
            return
        try:
            with Store(config.data_dir) as store:
                if settled(job_runs.ledger(store).get(piece.job.id), piece.slot):
                    return
                job_runs.started(store, piece.job.id, piece.slot, self._clock())
                hand = {UPKEEP: self._tend, DRILL: self._drill}.get(piece.job.source, self._look)
                outcome = hand(config, store, piece)
                if outcome is None:
                    job_runs.given_back(store, piece.job.id)
                else:
                    job_runs.ended(store, piece.job.id, self._clock(), outcome)
        except StoreError as error:
            log.error("%s: %s", piece.job.id, error, extra={"job": piece.job.id})

    def _look(self, config: Config, store: Store, piece: QueuedJob) -> Ended | None:
        """How the crawl ended; None where it is still owed."""
        job, tally, began = piece.job, Tally(piece.job.source), time.monotonic()
        fresh = not sources.baselined(store, kind_of(job.source))
        try:
            found = look(config, store, job, tally.counted(self._crawl), self.told)
        except CrawlStopped:
            log.info("%s: given up, to be crawled at the next start", job.id, extra={"job": job.id})
            return None
        except SourceBusyError as error:
            return self._put_off(piece, str(error))
        except StoreError:
            raise
        except Exception as error:
            log.exception("%s: the crawl failed in an unforeseen way", job.id, extra={"job": job.id})
            return Ended(End.FAULT, f"crashed: {type(error).__name__}: {error}")
        seconds = time.monotonic() - began
        log_run(job, found, tally, seconds, config.registry.name_of)
        if fresh:
            log_baseline(store, job)
        if self.tell:
            self.tell(tally, seconds)
        return self._ended(piece, tally, found)

    def _ended(self, piece: QueuedJob, tally: Tally, found: RunResult) -> Ended | None:
        """How a crawl ended that came to its end; None where no network was there yet, and it is made again."""
        if self._is_without_network(tally):
            self._again(piece)
            return None
        unseen = found.health.wide or found.held
        return Ended(End.UNSEEN, str(unseen)) if unseen else DONE

    def told(self, store: Store, now: datetime) -> Sequence[Channel]:
        """Everybody who is told of what is committed now: a crawl may have begun before the file was read again."""
        return audience(self.config)(store, now)

    def _is_without_network(self, tally: Tally) -> bool:
        """True soon after our start where no site has answered at all."""
        self._began = min(self._began, self._clock())  # a clock that was set back
        return set(tally.outcomes) == {"error"} and self._clock() - self._began < START

    def _again(self, piece: QueuedJob) -> None:
        """Make the crawl once more in some minutes; its slot stays owed."""
        words = "nothing has answered yet, so it is crawled again in some minutes"
        log.warning("%s: %s", piece.job.id, words, extra={"job": piece.job.id})
        self._put(replace(piece, not_before=time.monotonic() + START_SECONDS))

    def _tend(self, config: Config, store: Store, piece: QueuedJob) -> Ended | None:
        """How the night's work ended. What failed is tried the next night; until then no sign of life says "well"."""
        try:
            done = run_nightly(store, config.run, self._clock())
        except StoreError as error:
            log.error("%s: %s", piece.job.id, error, extra={"job": piece.job.id})
            return Ended(End.FAULT, f"failed: {error}")
        log.info("%s: %s", piece.job.id, "; ".join(done), extra={"job": piece.job.id})
        return DONE

    def _drill(self, config: Config, store: Store, piece: QueuedJob) -> Ended | None:
        """How the replica's drill ended. Operators are told where it fails, and when it succeeds again."""
        if config.store.replica is None:
            return DONE
        try:
            found = Ended(End.DONE, run_drill(store, Replica(config.store.replica, config.data_dir)))
        except StoreError as error:
            log.error("%s: %s", piece.job.id, error, extra={"job": piece.job.id})
            found = Ended(End.FAULT, str(error))
        now = self._clock()
        tell(store, config, DRILL, Trouble.REPLICA, found.words if found.end is End.FAULT else None, now, now)
        log.info("%s: %s", piece.job.id, found.words, extra={"job": piece.job.id})
        return found

    def _put_off(self, piece: QueuedJob, reason: str) -> Ended | None:
        log.warning("%s: %s", piece.job.id, reason, extra={"job": piece.job.id})
        if piece.put_off >= PUT_OFFS:
            return Ended(End.UNSEEN, reason)
        self._put(replace(piece, not_before=time.monotonic() + PUT_OFF_SECONDS, put_off=piece.put_off + 1))
        return None
