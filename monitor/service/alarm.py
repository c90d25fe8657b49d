"""APScheduler as an alarm clock: it rings every half minute. What is due then, the timetable finds out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.model.days import LONDON

log = logging.getLogger("ofsted-watch")

SECONDS = 30.0
"""No crawl starts later than that after its time, if a hand is free for it."""


class FromNow(IntervalTrigger):  # type: ignore[misc] # APScheduler has no types
    """An interval counted from now. APScheduler's own goes one by one through all that the clock has jumped over: from
    1970, where a machine without a battery begins, that takes minutes and gigabytes."""

    def get_next_fire_time(self, _: datetime | None, now: datetime) -> datetime:
        """Return the next time."""
        return now + timedelta(seconds=SECONDS)


class Alarm:
    """Calls `ring` every half minute, on a thread of its own, and never twice at once."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._scheduler = BackgroundScheduler(timezone=LONDON)
        self._job = self._scheduler.add_job(
            ring, FromNow(seconds=SECONDS), coalesce=True, max_instances=1, misfire_grace_time=None
        )

    def start(self) -> None:
        """Begin; the first ring comes after half a minute."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more; a ring under way goes on."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def check(self) -> None:
        """Ring now if somebody has set the clock back: APScheduler would be silent until the old time comes again."""
        ahead = (self._job.next_run_time - datetime.now(UTC)).total_seconds()
        if ahead > 2 * SECONDS:
            log.warning("the clock was set back by about %.0f s", ahead)
            self._job.modify(next_run_time=datetime.now(UTC))
