"""The scheduler's hands: crawl what is due, tend the data folder at night, say so when nothing was seen for long, and
give a sign of life. Sending is not among it: see sending.py."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.config.file import Config
from monitor.crawl.forked import CrawlStopped
from monitor.deliver.audience import Audience, audience, channels
from monitor.events.sources import begun
from monitor.model.days import CLOCK_WRONG
from monitor.model.event import Subject
from monitor.model.reach import Depth
from monitor.model.sources import kind_of, title
from monitor.model.state import DONE, End, Ended, Last
from monitor.model.trouble import WHOLE, Episode, Reason, Trouble
from monitor.schedule.jobs import Job, blind, jobs, settled
from monitor.schedule.queue import QueuedJob
from monitor.service.drill import run_drill
from monitor.service.heartbeat import beat
from monitor.service.nightly import UPKEEP, run_nightly
from monitor.service.outage import tell
from monitor.service.sending import troubles
from monitor.service.tally import Crawl, Tally, log_baseline, log_run
from monitor.store import Store, StoreError, job_runs, outbox, sources
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
        self._beaten: datetime | None = None
        self._troubles: list[str] = []

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
            found = look(config, store, job, tally.counted(self._crawl), self._told)
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

    def _told(self, store: Store, now: datetime) -> Sequence[Channel]:
        """Everybody who is told of what is committed now: a crawl may have begun before the file was read again."""
        return audience(self.config)(store, now)

    def _is_without_network(self, tally: Tally) -> bool:
        """True soon after our start where no site has answered at all."""
        return set(tally.outcomes) == {"error"} and timedelta(0) <= self._clock() - self._began < START

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

    def round(self) -> None:
        """What is done every half minute: look whether anything was seen lately, give a sign of life."""
        found = self._look_round()
        for line in found:
            if line not in self._troubles:
                log.warning("not well: %s", line)
        self._troubles = found
        every = timedelta(minutes=self.config.run.heartbeat_minutes)
        if self._beaten is None or not timedelta(0) <= self._clock() - self._beaten < every:
            self._beaten = self._clock()
            beat(self.config, not found)

    def _look_round(self) -> list[str]:
        """Say of each source that was due and not seen at all that it is not watched. Returns why we are not well, by
        what the store tells of its age: a fault of ours, a look that is not taken, a message that is not sent."""
        every = jobs(self.config.sources.enabled(), 0)
        ordinary = [job for job in every if not job.full]
        try:
            with Store(self.config.data_dir) as store:
                ledger = job_runs.ledger(store)
                for job in ordinary:
                    self._tell_blind(store, job, ledger.get(job.id))
                asleep = [f"{job.id}: not run for long" for job in ordinary if self._asleep(job, ledger.get(job.id))]
                ended = {id_: ledger[id_].ended for id_ in (*(job.id for job in every), UPKEEP, DRILL) if id_ in ledger}
                faults = [f"{id_}: {how.words}" for id_, how in ended.items() if how and how.end is End.FAULT]
                return [*faults, *asleep, *troubles(store, self.config, self._clock()), *self._outages(store)]
        except StoreError as error:
            log.error("%s", error)
            return ["the data folder cannot be used"]

    def _outages(self, store: Store) -> list[str]:
        """The sources that cannot be read as a whole, where no channel is an operator's and this is the only alarm."""
        if any(map(rules.names_sources, channels(self.config))):
            return []
        return [
            f"{title(source)}: {episode.reason}"
            for source in self.config.sources.enabled()
            for episode in sources.episodes(store, source)
            if episode.trouble is Trouble.BROKEN and episode.targets == WHOLE
        ]

    def _asleep(self, job: Job, last: Last | None) -> bool:
        """Whether so many times of a job have passed without its being run to an end that it is not run any more."""
        return blind(job, self._since(last.finished if last else None), self._until(job))

    def _since(self, moment: datetime | None) -> datetime:
        """The later of a moment and our beginning. What a clock noted that was far ahead is as if it were not there."""
        now = self._clock()
        self._began = min(self._began, now)
        known = moment if moment and moment <= now + CLOCK_WRONG else None
        return max(known or self._began, self._began)

    def _until(self, job: Job) -> datetime:
        """What was due until then must have ended by now."""
        return self._clock() - timedelta(seconds=self.config.sources.enabled()[job.source].time_limit)

    def _tell_blind(self, store: Store, job: Job, last: Last | None) -> None:
        now = self._clock()
        seen = sources.last_healthy(store, job.source, job.targets)
        if not blind(job, self._since(seen), self._until(job)):
            return
        since = f"{seen:%Y-%m-%d %H:%M %Z}" if seen else "the start"
        end = f" ({last.ended.words})" if last and last.ended else ""
        words = f"error: no crawl has seen anything since {since}{end}"
        with store.transaction():
            if any(e.trouble is Trouble.BROKEN and not e.targets for e in sources.episodes(store, job.source)):
                return
            episode = Episode(job.source, WHOLE, Trouble.BROKEN, now.isoformat(), Reason("error", words))
            event = begun([episode], Subject(), title(job.source), now.isoformat())
            sources.moved(store, job.source)
            sources.save_episodes(store, [episode], [])
            outbox.add(store, event, rules.recipients_of(event, self._told(store, now), now))
        log.error("%s: %s", job.source, words, extra={"source": job.source})
