"""Whether the service does what it is for: every half minute it looks whether anything was seen lately, and gives a
sign of life."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.channels import rules
from monitor.deliver.audience import channels
from monitor.events.sources import begun
from monitor.model.days import CLOCK_WRONG
from monitor.model.event import Subject
from monitor.model.sources import title
from monitor.model.state import End, Last
from monitor.model.trouble import WHOLE, Episode, Reason, Trouble
from monitor.schedule.jobs import Job, blind, jobs
from monitor.service.heartbeat import beat
from monitor.service.nightly import UPKEEP
from monitor.service.sending import troubles
from monitor.service.work import Work
from monitor.store import Store, StoreError, job_runs, outbox, sources
from monitor.store.replica import DRILL

log = logging.getLogger("ofsted-watch")


class Oversight:
    """Looks after the work, by the configuration that it has when a look begins."""

    def __init__(self, work: Work, clock: Callable[[], datetime]) -> None:
        self._work, self._config, self._clock = work, work.config, clock
        self._began = clock()
        self._beaten: datetime | None = None
        self._troubles: list[str] = []

    def round(self) -> None:
        """What is done every half minute: look whether anything was seen lately, give a sign of life."""
        found = self.found()
        for line in found:
            if line not in self._troubles:
                log.warning("not well: %s", line)
        self._troubles = found
        every = timedelta(minutes=self._config.run.heartbeat_minutes)
        if self._beaten is None or not timedelta(0) <= self._clock() - self._beaten < every:
            self._beaten = self._clock()
            beat(self._config, not found)

    def found(self) -> list[str]:
        """Say of each source that was due and not seen at all that it is not watched. Returns why we are not well, by
        what the store tells of its age: a fault of ours, a look that is not taken, a message that is not sent."""
        self._config = self._work.config  # for the whole look: it may be read again meanwhile
        every = jobs(self._config.sources.enabled(), 0)
        ordinary = [job for job in every if not job.full]
        try:
            with Store(self._config.data_dir) as store:
                ledger = job_runs.ledger(store)
                for job in ordinary:
                    self._tell_blind(store, job, ledger.get(job.id))
                asleep = [f"{job.id}: not run for long" for job in ordinary if self._asleep(job, ledger.get(job.id))]
                ended = {id_: ledger[id_].ended for id_ in (*(job.id for job in every), UPKEEP, DRILL) if id_ in ledger}
                faults = [f"{id_}: {how.words}" for id_, how in ended.items() if how and how.end is End.FAULT]
                return [*faults, *asleep, *troubles(store, self._config, self._clock()), *self._outages(store)]
        except StoreError as error:
            log.error("%s", error)
            return ["the data folder cannot be used"]

    def _outages(self, store: Store) -> list[str]:
        """The sources that cannot be read as a whole, where no channel is an operator's and this is the only alarm."""
        if any(map(rules.names_sources, channels(self._config))):
            return []
        return [
            f"{title(source)}: {episode.reason}"
            for source in self._config.sources.enabled()
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
        return self._clock() - timedelta(seconds=self._config.sources.enabled()[job.source].time_limit)

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
            outbox.add(store, event, rules.recipients_of(event, self._work.told(store, now), now))
        log.error("%s: %s", job.source, words, extra={"source": job.source})
