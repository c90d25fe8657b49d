"""What is to be crawled when: from the configuration to jobs, and what of them is overdue. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.model.days import CLOCK_WRONG
from monitor.model.state import Last
from monitor.times.slots import Line

ATTEMPTS = 2
"""Tries of one slot. If the crawl has taken its process down with it each time, the next slot is waited for."""
MISSES = 3
"""Slots in a row without a successful crawl before the source is reported: one or two may be a bad hour."""
FULL = "-full"


class Crawls(Protocol):
    """When some targets of a source are crawled."""

    @property
    def schedule(self) -> str:
        """The cron line of the ordinary looks."""

    @property
    def full_schedule(self) -> str:
        """The cron line of the whole looks."""

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets, or none for all of them."""


class Scheduled(Protocol):
    """What a job needs of a configured source."""

    def crawls(self) -> Sequence[Crawls]:
        """Its crawls, by schedule."""


@dataclass(frozen=True, slots=True)
class Job:
    """A source, looked at on its schedule: at what is new, or (`full`) at everything. `targets`: only these of it."""

    source: str
    full: bool
    line: Line
    targets: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What it is called in the ledger and in the logs."""
        return self.line.job


def jobs(sources: Mapping[str, Scheduled], jitter: float) -> list[Job]:
    """Two jobs for each source and schedule, in the order of the configuration."""
    made = []
    for source, when in sources.items():
        for crawls in when.crawls():
            name = f"{source} ({crawls.schedule}; {crawls.full_schedule})" if crawls.targets else source
            made.append(Job(source, False, Line(name, crawls.schedule, jitter), crawls.targets))
            made.append(Job(source, True, Line(name + FULL, crawls.full_schedule, jitter), crawls.targets))
    return made


def due(job: Job, last: Last | None, now: datetime) -> datetime | None:
    """The slot that the job has to be run for now, or None. One that never ran is due at once, but for a
    whole look: the first look is one anyway."""
    if last is None or last.slot > now + CLOCK_WRONG:
        return None if job.full else now
    return job.line.due(last.slot, now)


Owed = tuple[Job, datetime]


def overdue(all_jobs: Iterable[Job], ledger: Mapping[str, Last], now: datetime) -> tuple[list[Owed], list[Owed]]:
    """What a stop left undone, each job once: slots that have passed, and crawls that were begun and not
    finished; and what of that is spared, for a whole look makes up for an ordinary one of its source."""
    found = [(job, slot) for job in all_jobs if (slot := _owed(job, ledger.get(job.id), now))]
    whole = {(job.source, job.targets) for job, _ in found if job.full}
    spared = [(job, slot) for job, slot in found if not job.full and (job.source, job.targets) in whole]
    return [owed for owed in found if owed not in spared], spared


def settled(last: Last | None, slot: datetime) -> bool:
    """Whether a slot has been worked on to its end, or a later one has."""
    return last is not None and last.finished is not None and last.slot >= slot


def blind(job: Job, since: datetime, until: datetime) -> bool:
    """Return True if at least `MISSES` slots lie between two moments: the source is then reported as unseen."""
    return job.line.missed(since, until, MISSES) >= MISSES


def _owed(job: Job, last: Last | None, now: datetime) -> datetime | None:
    slot = due(job, last, now)
    if slot or last is None or last.finished:
        return slot
    return last.slot if last.attempts < ATTEMPTS else None
