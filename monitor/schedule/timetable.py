"""What of the schedule is due now. The ledger says what has been done, the queue gets the rest.

`Timetable.look` compares the two whenever somebody calls it, so it needs no timer for each job, and is right after a
stop, a suspended machine, a full disk or a clock that somebody has set.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path

from monitor.model.days import CLOCK_WRONG
from monitor.schedule.jobs import Job, due, overdue
from monitor.schedule.queue import QueuedJob
from monitor.store import Store, StoreError, job_runs

log = logging.getLogger("ofsted-watch")


class Timetable:
    """The schedule of all jobs. `put` takes what is due; `busy` names the jobs that are being worked on."""

    def __init__(
        self,
        folder: Path,
        put: Callable[[QueuedJob], None],
        busy: Callable[[], Collection[str]],
        clock: Callable[[], datetime],
    ) -> None:
        self._folder, self._put, self._busy, self._clock = folder, put, busy, clock
        self._jobs: dict[str, Job] = {}

    def load(self, jobs: Iterable[Job]) -> None:
        """Keep to these jobs from now on. What is new among them and overdue is put at once, each job once.
        Raises StoreError, and then keeps to the old ones."""
        wanted = {job.id: job for job in jobs}
        fresh = [job for job in wanted.values() if job.id not in self._jobs]
        changed = [old for id_, old in self._jobs.items() if id_ in wanted and wanted[id_] != old]
        self.look()  # what has become due by the old lines since the last look
        with Store(self._folder) as store:
            self._catch_up(store, fresh)
            self._turn(store, changed)
        self._jobs = wanted

    def _catch_up(self, store: Store, fresh: list[Job]) -> None:
        now, ledger, busy = self._clock(), job_runs.ledger(store), self._busy()
        for job in fresh:
            last = ledger.get(job.id)
            if job.full and (last is None or last.slot > now + CLOCK_WRONG):
                job_runs.passed(store, job.id, now, "not due before the first crawl")
        owed, spared = overdue((j for j in fresh if j.id not in busy), ledger, now)
        for job, slot in spared:
            job_runs.passed(store, job.id, slot, "made up for by a look at everything")
        for job, slot in owed:
            since = f"overdue since {slot:%Y-%m-%d %H:%M %Z}" if job.id in ledger else "due now, for the first time"
            log.info("%s: %s", job.id, since, extra={"job": job.id})
            self._put(QueuedJob(job, slot))

    def _turn(self, store: Store, old: list[Job]) -> None:
        """A new line counts from now: what it would have had earlier today was never promised."""
        now, ledger = self._clock(), job_runs.ledger(store)
        for job in old:
            if due(job, ledger.get(job.id), now) is None:
                job_runs.moved(store, job.id, now)

    def look(self) -> None:
        """Put each job that is due and that nobody works on, whatever has delayed it."""
        busy = self._busy()
        try:
            with Store.reading(self._folder) as store:
                ledger = job_runs.ledger(store)
        except StoreError as error:
            log.error("%s", error)
            return
        now = self._clock()
        for job in self._jobs.values():
            if job.id not in busy and (slot := due(job, ledger.get(job.id), now)) is not None:
                self._put(QueuedJob(job, slot))
