"""Dates and times as people in England write them. Pure; independent of the machine's locale."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from notifiers.text import one_line

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: object) -> str:
    """ "13 May 2025" for an ISO date or time; anything else as it stands."""
    found = _date(value)
    return _printed(found) if found else one_line(value, 40)


def month(value: object) -> str:
    """ "Jan 2025" for an ISO date or time; anything else as it stands."""
    found = _date(value)
    return f"{MONTHS[found.month - 1][:3]} {found.year}" if found else one_line(value, 12)


def moment(value: object) -> str:
    """ "3 June 2025, 07:15" in London for an ISO time with a zone; a bare date without the hour."""
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError:
        return day(value)
    if when.tzinfo is None:
        return day(value)
    local = when.astimezone(LONDON)
    return f"{_printed(local.date())}, {local:%H:%M}"


def span(start: object, end: object) -> str:
    """ "10 to 21 March 2025", "31 January and 1 February 2024"; one day or a missing end as one date."""
    first, last = _date(start), _date(end)
    if first is None or last is None or last <= first:
        return day(start or end)
    if (first.year, first.month) == (last.year, last.month):
        opening = str(first.day)
    else:
        opening = _printed(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    word = "and" if last - first == timedelta(days=1) else "to"
    return f"{opening} {word} {_printed(last)}"


def _date(value: object) -> date | None:
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return when.astimezone(LONDON).date() if when.tzinfo else when.date()


def _printed(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
