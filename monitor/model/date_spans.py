"""Reads dates and periods as inspectors print them, in every shape seen between 2009 and 2026.

"6 to 17 December 2021", "17 March to 21 March 2025", "18 Feb 2014 - 12 March 2014" with every kind of dash, "12/09/2016
to 06/10/2016", "19 and 20 July 2022", two periods joined by "and". If a date leaves out its month or year, the next
date that states it gives it, because the year stands last. A letter's first sentence may name no year at all. Then the
caller gives a day that the dates lie before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from monitor.model.english_dates import MONTH, ORDINAL, month_number

_DASHES = re.escape("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500")
"""Every stroke that stands between two dates, the box-drawing U+2500 among them."""

_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:r|rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?(?:the\s+)?"
_NUMERIC = r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d{2})\b"
_YEAR = rf"(?P<year>(?:19|20)\d\d|\d\d(?=\s*(?:to|[{_DASHES}])))\b"
_WORDED = rf"(?P<day>\d{{1,2}}){ORDINAL}\b(?:\s*(?:of\s+)?(?P<month>{MONTH})\b\.?)?(?:,?\s+{_YEAR})?"
_DAY = rf"{_WEEKDAY}(?:{_NUMERIC}|{_WORDED})"
_TO = rf"to|until|through|[{_DASHES}]+"
_JOIN = rf"\s*(?P<join>{_TO}|and\s+from|and|&|,(?:\s*and)?)\s*"

_YEARS = range(1990, 2100)
"""Other years are misprints, and make no date: Ofsted was founded in 1992."""
LEAP = 8
"""Years among which one has a 29 February, also around 1900 and 2100."""
_MAX_JOINED_DAYS = 24
"""More dates joined to one another are a row of numbers. Reading on from each again would take quadratic time."""
_FIRST = re.compile(_DAY, re.IGNORECASE)
_NEXT = re.compile(_JOIN + _DAY, re.IGNORECASE)
_RANGE = re.compile(_TO, re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
"""Before two days that "and" joins: they are the ends of one period."""
_BETWEEN_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A date or a period, from its first day to its last, with the words that state it and their place in the text.
    `windows` holds each unbroken period. `yearless` is True if the words leave the year out."""

    windows: tuple[tuple[date, date], ...]
    words: str
    at: int
    yearless: bool = False

    @property
    def start(self) -> date:
        return self.windows[0][0]

    @property
    def end(self) -> date:
        return self.windows[-1][1]


@dataclass(frozen=True, slots=True)
class _Day:
    """One day as printed, perhaps without month or year, and what joins it to the day before."""

    day: int
    month: int | None
    year: int | None
    ranged: bool
    end: int


def spans(text: str, before: date | None = None) -> Iterator[Span]:
    """Find all dates and periods in a text, in order. Days without a year count only if `before` is given: then they
    are the last such days before that day."""
    at = 0
    while first := _FIRST.search(text, at):
        days, row_ends = _phrase(text, first)
        at = days[-1].end if days else row_ends
        if len(days) == 2 and _BETWEEN.search(text[max(0, first.start() - _BETWEEN_CHARACTERS) : first.start()]):
            days[1] = replace(days[1], ranged=True)
        yearless = all(day.year is None for day in days)
        windows = _windows(days) if not yearless else _latest(days, before)
        if windows:
            yield Span(windows, text[first.start() : at].rstrip(" ."), first.start(), yearless)


def first_span(text: str, before: date | None = None) -> Span | None:
    """Return the first date or period in a text."""
    return next(spans(text, before), None)


def _phrase(text: str, first: re.Match[str]) -> tuple[list[_Day], int]:
    """Read days that are joined to one another, and drop trailing numbers that are no days. Also return the place to go
    on from if none of them were days: after the first number, or after a row of numbers that is too long for days."""
    days = [_day(first, ranged=False)]
    while len(days) < _MAX_JOINED_DAYS and (joined := _NEXT.match(text, days[-1].end)):
        days.append(_day(joined, ranged=bool(_RANGE.fullmatch(joined["join"].strip()))))
    row_ends = days[-1].end if len(days) == _MAX_JOINED_DAYS else first.end()
    while days and days[-1].month is None:
        days.pop()
    return days, row_ends


def _day(match: re.Match[str], *, ranged: bool) -> _Day:
    if match["d"]:
        return _Day(int(match["d"]), int(match["m"]), _full(int(match["y"])), ranged, match.end())
    month = month_number(match["month"]) if match["month"] else None
    year = int(match["year"]) if match["year"] and month else None
    return _Day(int(match["day"]), month, _full(year) if year else None, ranged, match.end())


def _full(year: int) -> int:
    return year + 2000 if year < 100 else year


def _latest(days: list[_Day], before: date | None) -> tuple[tuple[date, date], ...]:
    """The latest dates before `before` on which these days fell, or nothing if `before` is None."""
    years = range(before.year, before.year - LEAP - 1, -1) if before and days else ()
    dated = (_windows([*days[:-1], replace(days[-1], year=year)]) for year in years)
    return next((windows for windows in dated if windows and before and windows[-1][1] < before), ())


def _windows(days: list[_Day]) -> tuple[tuple[date, date], ...]:
    """The periods that the days make, or nothing if a day or its year is impossible."""
    try:
        dates = [date(day.year or 0, day.month or 0, day.day) for day in _completed(days)]
    except (ValueError, OverflowError):
        return ()
    if not all(when.year in _YEARS for when in dates):
        return ()
    windows: list[tuple[date, date]] = []
    for day, when in zip(days, dates, strict=True):
        if windows and (day.ranged or (when - windows[-1][1]).days == 1):
            windows[-1] = (windows[-1][0], when)
        else:
            windows.append((when, when))
    return tuple(windows)


def _completed(days: list[_Day]) -> list[_Day]:
    """Give every day a month and year: those of the day that follows; the last day the year of the day before."""
    stated = next((day.year for day in reversed(days) if day.year), None)
    completed: list[_Day] = []
    month, year = None, stated
    for day in reversed(days):
        own = day.month or month
        if day.year is None and own and month and own > month and year:
            year -= 1
        month, year = own, day.year or year
        completed.append(replace(day, month=month, year=year))
    return completed[::-1]
