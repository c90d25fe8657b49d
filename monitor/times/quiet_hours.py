"""Quiet hours and weekends of a channel, by the clock in London. Pure.

Quiet hours are times on the wall, so a quiet night is an hour shorter in March and an hour longer in October.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from monitor.model.days import LONDON
from monitor.times.spec import Hours

SATURDAY = 5
MAX_BOUNDARIES = 10
"""No more ends of quiet hours lie between two moments for messages: a weekend with its nights has seven."""


def until(hours: Hours | None, weekends: bool, now: datetime) -> datetime:
    """Return the first moment from `now` on that is not quiet; `now` itself if it is not quiet."""
    moment = now.astimezone(LONDON)
    for _ in range(MAX_BOUNDARIES):
        if weekends and moment.weekday() >= SATURDAY:
            moment = at(moment, 0, days=1)
        elif hours and _within(hours, moment):
            moment = _end(hours, moment)
        else:
            break
    return moment.astimezone(now.tzinfo)


def _within(hours: Hours, moment: datetime) -> bool:
    minute = moment.hour * 60 + moment.minute
    if hours.start < hours.end:
        return hours.start <= minute < hours.end
    return minute >= hours.start or minute < hours.end


def _end(hours: Hours, moment: datetime) -> datetime:
    today = at(moment, hours.end)
    return today if today > moment else at(moment, hours.end, days=1)


def at(moment: datetime, minute: int, days: int = 0) -> datetime:
    """Return a minute of the London day of `moment`, or of a day after it."""
    return datetime.combine(moment.date() + timedelta(days), time(*divmod(minute, 60)), LONDON)
