"""Dates in the words that letters use."""

from __future__ import annotations

from datetime import date, timedelta

from monitor.demo.pages import long_date


def month(day: date) -> str:
    """ "October 2021"."""
    return f"{day:%B %Y}"


def period(start: date, end: date) -> str:
    """The dates of an inspection since 2021: "11 to 22 May 2026", "28 September to 9 October 2026"."""
    return f"{_shortened(start, end)} to {long_date(end)}"


def full_period(start: date, end: date) -> str:
    """The same as it was printed until 2020: "9 September 2019 to 20 September 2019"."""
    return f"{long_date(start)} to {long_date(end)}"


def visit_days(start: date, end: date) -> str:
    """The days of a visit: "26 and 27 June 2024", "31 January and 1 February 2024", "26 November 2025"."""
    if start == end:
        return long_date(end)
    joint = "and" if end - start == timedelta(days=1) else "to"
    return f"{_shortened(start, end)} {joint} {long_date(end)}"


def _shortened(start: date, end: date) -> str:
    if start.year != end.year:
        return long_date(start)
    return str(start.day) if start.month == end.month else f"{start.day} {start:%B}"
