"""Dates and times as people in England write them. Pure; independent of the machine's locale."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from monitor.model.days import LONDON
from monitor.model.english_dates import MONTHS, printed
from monitor.wording.text import one_line

MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def day(value: object) -> str:
    """ "13 May 2025" for an ISO date or time, "May 2025" for an ISO month; anything else as it stands."""
    found = _date(value)
    if found is None and MONTH.fullmatch(str(value)):
        year, number = str(value).split("-")
        return f"{MONTHS[int(number) - 1]} {year}"
    return printed(found) if found else one_line(value, 40)


def in_words(text: str) -> str:
    """A sentence with its ISO dates as people write them."""
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda found: day(found[0]), text)


def year(value: object) -> str:
    """ "2025" for an ISO date or time; nothing for what is none."""
    found = _date(value)
    return str(found.year) if found else ""


def month(value: object) -> str:
    """ "Jan 2025" for an ISO date or time; anything else as it stands."""
    found = _date(value)
    return f"{MONTHS[found.month - 1][:3]} {found.year}" if found else one_line(value, 12)


def moment(value: object) -> str:
    """ "3 June 2025, 07:15" in London for an ISO time with a zone; a bare date without the hour."""
    when = _moment(value)
    if when is None or when.tzinfo is None:
        return day(value)
    local = _in_london(when)
    return f"{printed(local.date())}, {local:%H:%M}"


def span(start: object, end: object) -> str:
    """ "10 to 21 March 2025", "31 January and 1 February 2024"; one day or a missing end as one date."""
    first, last = _date(start), _date(end)
    if first is None or last is None or last <= first:
        return day(start or end)
    if (first.year, first.month) == (last.year, last.month):
        opening = str(first.day)
    else:
        opening = printed(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    word = "and" if last - first == timedelta(days=1) else "to"
    return f"{opening} {word} {printed(last)}"


def period(moments: Iterable[object]) -> str:
    """The days of London in which ISO times lie, the first and the last: "6 to 9 September 2024"."""
    found = sorted(filter(None, map(_date, moments)))
    return span(found[0], found[-1]) if found else ""


def days(value: object) -> str:
    """ "2 and 3 February 2022" for a list of ISO dates that follow one another or a first and last one; a date alone
    as one; nothing for what is neither."""
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list | tuple) or not found or not all(isinstance(x, str) and _date(x) for x in found):
        return ""
    return span(min(found), max(found))


def _date(value: object) -> date | None:
    when = _moment(value)
    return _in_london(when).date() if when else None


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except (ValueError, OverflowError):
        return None


def _in_london(when: datetime) -> datetime:
    """A time with a zone as a clock in London shows it. One without is left alone, and so is one in the calendar's
    first or last hours, where London's would lie outside it."""
    try:
        return when.astimezone(LONDON) if when.tzinfo else when
    except OverflowError:
        return when
