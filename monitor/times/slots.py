"""When a cron line is due, across clock changes and with jitter. Pure.

Cron's own rule for the nights on which the clocks change, which APScheduler does not keep in October: a job
at fixed hours runs once, at the first 01:30; a job at every hour runs at every real hour. In March what is
set for the hour that is left out runs at the same moment, which the clocks then call 02:30.

A `slot` is a time of the line itself; what is done at it is done `delay` seconds later. The delay depends on
nothing but the job and the slot: a restart between the two neither repeats nor skips it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from monitor.times.spec import FIELDS, ZONE

LONDON = ZoneInfo(ZONE)
INSTANT = timedelta(microseconds=1)
MOST_SLOTS = 100_000
"""More slots than a line of every minute has in two months: a bound, not a limit that is met."""
LONGEST_STOP = timedelta(days=40)
"""Slots further back than this are not looked for: a line that is due once a month is caught up."""


@dataclass(frozen=True, slots=True)
class Line:
    """A job's cron line, with the seconds over which its runs are spread."""

    job: str
    text: str
    jitter: float = 0.0

    def slots(self, after: datetime) -> Iterator[datetime]:
        """The slots after a moment, in UTC, for ever or until the line has no more."""
        cron, once = _cron(self.text), not self._every_hour()
        while (slot := cron.get_next_fire_time(None, (after + INSTANT).astimezone(LONDON))) is not None:
            after = slot.astimezone(UTC)
            if not (once and after.astimezone(LONDON).fold):
                yield after

    def at(self, slot: datetime) -> datetime:
        """When what belongs to a slot is done."""
        share = int.from_bytes(sha256(f"{self.job}|{slot:%Y%m%dT%H%M}".encode()).digest()[:4]) / 2**32
        return slot + timedelta(seconds=share * self.jitter)

    def due(self, last: datetime, now: datetime) -> datetime | None:
        """The newest slot after `last` whose time has come; those before it are made up for by it."""
        found = None
        for slot in islice(self.slots(max(last, now - LONGEST_STOP)), MOST_SLOTS):
            if slot > now:
                break
            found = slot if self.at(slot) <= now else found
        return found

    def missed(self, since: datetime, until: datetime, most: int) -> int:
        """How many slots there were between two moments, counted up to `most`."""
        return sum(slot <= until for slot in islice(self.slots(since), most))

    def _every_hour(self) -> bool:
        return self.text.split()[1] in ("*", "*/1")


@lru_cache(maxsize=256)
def _cron(text: str) -> CronTrigger:
    fields = dict(zip((f.name for f in FIELDS), text.split(), strict=True))
    return CronTrigger(timezone=LONDON, **fields)


class Slots(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """A line as APScheduler wants it: the next time at which something is done."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """The first time after now, and after the one before, at which a slot's work is due."""
        after = max(now, previous) if previous else now
        for slot in islice(self.line.slots(after - timedelta(seconds=self.line.jitter)), MOST_SLOTS):
            if self.line.at(slot) > after:
                return self.line.at(slot)
        return None
