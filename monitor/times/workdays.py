"""Days on which English public bodies publish little or nothing: bank holidays, and the weeks before elections. Pure.

Bank holidays follow gov.uk/bank-holidays (England), by their rules, with the exceptions of 2020 to 2023. Departments
and inspectorates publish next to nothing from some weeks before polling day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
MOVED = {date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}
EXTRA = (date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))
GENERAL_ELECTIONS = (date(2015, 5, 7), date(2017, 6, 8), date(2019, 12, 12), date(2024, 7, 4))
"""Polling days so far. Callers pass those to come, which become known weeks ahead."""
GENERAL_SILENCE = timedelta(weeks=7)
"""The silence before a general election. In 2019 and in 2024 the last report came out 45 days before polling day."""
LOCAL_SILENCE = timedelta(weeks=6)
"""The silence before local elections, each year on the first Thursday of May; they are announced by late March."""
AFTER_POLL = timedelta(days=4)
"""The silence goes on after polling day until the held-back reports come: six days in 2018, eight in 2024."""


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """Return England's bank holidays in a year."""
    easter = _easter(year)
    days = {easter - 2 * DAY, easter + DAY, _monday(year, 5, 1), _monday(year, 5, 25), _monday(year, 8, 25)}
    days = {MOVED.get(day, day) for day in days} | {day for day in EXTRA if day.year == year}
    for wanted in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        days.add(_weekday_from(wanted, days))
    return frozenset(days)


def is_workday(day: date) -> bool:
    """Return True for Monday to Friday without bank holidays."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def workday_later(moment: datetime) -> datetime:
    """The same time of the next working day: a working day after a moment. The zone is the moment's own."""
    later = moment + DAY
    while not is_workday(later.date()):
        later += DAY
    return later


def is_silent(day: date, elections: Collection[date] = ()) -> bool:
    """Whether a day lies in the silence before an election. `elections` are polling days of general ones to come."""
    poll = local_election(day.year)
    if poll - LOCAL_SILENCE <= day <= poll + AFTER_POLL:
        return True
    return any(p - GENERAL_SILENCE <= day <= p + AFTER_POLL for p in (*GENERAL_ELECTIONS, *elections))


def local_election(year: int) -> date:
    """Return the first Thursday of May."""
    return next(day for day in _days(date(year, 5, 1)) if day.weekday() == 3)


def _days(first: date) -> Iterator[date]:
    for number in range(31):
        yield first + number * DAY


def _monday(year: int, month: int, first: int) -> date:
    return next(day for day in _days(date(year, month, first)) if day.weekday() == 0)


def _weekday_from(day: date, taken: Collection[date]) -> date:
    """The day itself, or the next weekday that is not a holiday already."""
    return next(d for d in _days(day) if d.weekday() < 5 and d not in taken)


def _easter(year: int) -> date:
    """Gregorian Easter Sunday (the anonymous algorithm, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    m = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114
    return date(year, n // 31, n % 31 + 1)
