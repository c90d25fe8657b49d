"""Jobs at their times: APScheduler says when, the ledger says what has been done, the queue gets the rest.

APScheduler keeps its jobs in memory: a stored job that kills its process would be run again at every start,
and one that is loaded anew forgets what it missed. What was missed is in the ledger here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.schedule.jobs import CLOCK_WRONG, Job, due, overdue
from monitor.schedule.queue import QueuedJob
from monitor.store import Store, StoreError, job_runs
from monitor.times.slots import Slots

log = logging.getLogger("ofsted-watch")

LOOK_SECONDS = 600
"""How often the ledger is looked through for what no timer woke for: a clock that was set, a disk that was full."""
DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
"""Late is caught up once; APScheduler's own defaults drop what is a second late."""
FIRE = "fire"
"""The executor, of one thread, that finds out what is due."""


class Timetable:
    """The schedule of all jobs. `put` takes what is due; `busy` names the jobs that are being worked on."""

    def __init__(
        self,
        scheduler: BaseScheduler,
        folder: Path,
        put: Callable[[QueuedJob], None],
        busy: Callable[[], Collection[str]],
        clock: Callable[[], datetime],
    ) -> None:
        self._scheduler, self._folder, self._put, self._busy, self._clock = scheduler, folder, put, busy, clock
        self._jobs: dict[str, Job] = {}
        self._every: dict[str, tuple[Callable[[], None], float]] = {}
        self.every("look", self.look, LOOK_SECONDS, FIRE)

    def every(self, name: str, act: Callable[[], None], seconds: float, executor: str = "default") -> None:
        """Do something every so many seconds."""
        self._scheduler.add_job(act, IntervalTrigger(seconds=seconds), id=name, executor=executor)
        self._every[name] = act, seconds

    def load(self, jobs: Iterable[Job]) -> None:
        """Keep to these jobs from now on. What is new among them and overdue is put at once, each job once.
        Raises StoreError, and then keeps to the old ones."""
        wanted = {job.id: job for job in jobs}
        fresh = [job for job in wanted.values() if job.id not in self._jobs]
        changed = [job for job in wanted.values() if self._jobs.get(job.id) != job]
        with Store(self._folder) as store:
            self._catch_up(store, fresh)
            self._turn(store, {job.id: self._jobs[job.id] for job in changed if job not in fresh})
        for id_ in self._jobs.keys() - wanted.keys():
            self._scheduler.remove_job(id_)
        self._jobs = wanted
        for job in changed:
            self._scheduler.add_job(
                self._fire, Slots(job.line), [job.id], id=job.id, executor=FIRE, replace_existing=True
            )

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
            log.info("%s: overdue since %s", job.id, f"{slot:%Y-%m-%d %H:%M %Z}", extra={"job": job.id})
            self._put(QueuedJob(job, slot))

    def _turn(self, store: Store, old: dict[str, Job]) -> None:
        """A new line counts from now: what it would have had earlier today was never promised."""
        now, ledger = self._clock(), job_runs.ledger(store)
        for id_, job in old.items():
            if due(job, ledger.get(id_), now) is None:
                job_runs.moved(store, id_, now)

    def _fire(self, id_: str) -> None:
        job = self._jobs.get(id_)
        if job is not None:
            self._put_due([job])

    def look(self) -> None:
        """Put what is due and was not put, whatever the reason."""
        busy = self._busy()
        self._put_due([job for job in self._jobs.values() if job.id not in busy])

    def _put_due(self, jobs: Iterable[Job]) -> None:
        try:
            with Store.reading(self._folder) as store:
                ledger = job_runs.ledger(store)
        except StoreError as error:
            log.error("%s", error)
            return
        now = self._clock()
        for job in jobs:
            slot = due(job, ledger.get(job.id), now)
            if slot is not None:
                self._put(QueuedJob(job, slot))

    def rebase(self) -> None:
        """The clock was set: count every time anew from now. What was run stays run; the ledger knows."""
        now = self._clock()
        for name in self._every:
            self._scheduler.modify_job(name, next_run_time=now)
        for job in self._jobs.values():
            self._scheduler.modify_job(job.id, next_run_time=Slots(job.line).get_next_fire_time(None, now))
