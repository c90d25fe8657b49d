"""The days of the meetings that a crawl of committees reads."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

MONTHS_BACK = 3
"""Minutes appear one to three months after a meeting."""
MONTHS_AHEAD = 2
"""Agendas appear a week or two ahead; meetings are in the calendar long before."""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days in ISO 8601, both ends included."""

    first: str
    today: str
    last: str

    def months(self) -> list[str]:
        """The first day of each month in the span."""
        day, found = date.fromisoformat(self.first).replace(day=1), []
        while day.isoformat() <= self.last:
            found.append(day.isoformat())
            day = moved(day, 1)
        return found


def date_span(options: dict[str, Any]) -> DateSpan:
    """Make the span around `today` from a job's options."""
    today = date.fromisoformat(options.get("today") or datetime.now(UTC).date().isoformat())
    first, last = moved(today, -MONTHS_BACK), moved(today, MONTHS_AHEAD)
    return DateSpan(first.isoformat(), today.isoformat(), last.isoformat())


def moved(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
