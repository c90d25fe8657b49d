"""When a cron line is due, across clock changes and with jitter. Pure.

On the nights of clock changes this module follows cron's rule, which APScheduler does not keep in October: a job at
fixed hours runs once, at the first 01:30; a job at every hour runs at every real hour. In March a job in the missing
hour runs at the same moment, which the clocks then call 02:30.

A `slot` is a time of the cron line itself. The job of a slot is due some seconds later, at `Line.at`. The delay depends
only on the job and the slot, so a restart between the two neither repeats nor skips the job. The scheduler looks every
half minute, so the job starts within half a minute of then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from monitor.model.days import LONDON
from monitor.times.spec import FIELDS

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

INSTANT = timedelta(microseconds=1)
MAX_SLOTS = 100_000
"""A safety bound: a line of every minute has fewer slots in two months."""
MAX_STOP = timedelta(days=40)
"""A slot further back than this is not caught up. A job that is due once a month still is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A job's cron line, and the seconds over which its starts are spread."""

    job: str
    text: str
    jitter: float = 0.0

    def slots(self, after: datetime) -> Iterator[datetime]:
        """Return the slots after a moment, in UTC, until the line has no more."""
        cron, once = _cron(self.text), self.text.split()[1] not in ("*", "*/1")
        while (slot := cron.get_next_fire_time(None, (after + INSTANT).astimezone(LONDON))) is not None:
            after = slot.astimezone(UTC)
            if not (once and after.astimezone(LONDON).fold):
                yield after

    def at(self, slot: datetime) -> datetime:
        """Return the time from which the job of a slot is due."""
        share = int.from_bytes(sha256(f"{self.job}|{slot:%Y%m%dT%H%M}".encode()).digest()[:4]) / 2**32
        return slot + timedelta(seconds=share * self.jitter)

    def due(self, last: datetime, now: datetime) -> datetime | None:
        """Return the newest slot after `last` whose time has come. Its run makes up for the slots before it."""
        found = None
        for slot in islice(self.slots(max(last, now - MAX_STOP)), MAX_SLOTS):
            if slot > now:
                break
            found = slot if self.at(slot) <= now else found
        return found

    def missed(self, since: datetime, until: datetime, most: int) -> int:
        """Count the slots between two moments, up to `most`."""
        return sum(slot <= until for slot in islice(self.slots(since), most))


@lru_cache(maxsize=256)
def _cron(text: str) -> CronTrigger:
    from apscheduler.triggers.cron import CronTrigger  # a tenth of a second, and most commands ask for no slot

    fields = dict(zip((f.name for f in FIELDS), text.split(), strict=True))
    return CronTrigger(timezone=LONDON, **fields)
