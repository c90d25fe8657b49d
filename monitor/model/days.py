"""Which days a site may give for what it publishes. Pure.

Sites write dates that cannot be meant: 1 January of the year 1, with which .NET says that there is none; the last day
of the year 9999; a year with two digits swapped. Such a date would come first or last in every order, and the calendar
ends beside it. It counts as no date.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
"""The clock of everybody who publishes, and of everybody who is told."""
EARLIEST = date(1990, 1, 1)
"""Ofsted was founded in 1992, and councils' web sites are younger."""
AHEAD = timedelta(days=366)
"""How far a publication may lie ahead: some feeds date an entry by the event that it announces."""
FARTHEST = date(2100, 1, 1)
"""Before this lies every meeting that can be in a calendar, and every date that can have been stored."""

CLOCK_WRONG = timedelta(hours=2)
"""If what we wrote ourselves lies further ahead of now than this, the clock was wrong then. It holds nothing up: a slot
that was run, a mute."""


def day(stated: str | None, latest: date = FARTHEST) -> date | None:
    """The day of an ISO 8601 date or time; None for what is none, or cannot be meant."""
    try:
        found = date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None
    return found if EARLIEST <= found <= latest else None


def moment(stored: str) -> datetime:
    """An ISO 8601 time that we wrote ourselves. One without a zone, as the first edition wrote some, is in UTC."""
    found = datetime.fromisoformat(stored)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def days_before(of: date, span: timedelta) -> date:
    """The day so long before another; the calendar's first where that would be before it begins."""
    return date.fromordinal(max(1, of.toordinal() - span.days))
