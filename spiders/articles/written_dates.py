"""Reads a date or time in the forms that feeds and pages write: exactly, or not at all. Pure.

A day is "2024-05-13"; a time carries a zone, that of England where none is named. feedparser (6.0) is not asked: it
takes "23-11-2026" for 20 November and "2026/11/26" for the first of the month. Figures alone are in England's order,
day before month; what can only be meant in another order ("11/26/2026") has no date. Next to "AM" or "PM" with
seconds, as American software writes them, figures that could be either are not guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

from monitor.model import english_dates
from monitor.model.days import LONDON
from monitor.model.english_dates import MONTH_START, ORDINAL

FIRST_YEAR: Final = 1990
"""Before it there was no web. Software writes 0001 and 1970 where it knows no day."""
MAX_CHARACTERS: Final = 100
DAY = re.compile(r"\d{4}-\d\d-\d\d")
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
AT = r"(?:,?\s+(?:at\s+)?|T)?(?P<rest>.*)"
_MONTH = rf"(?P<month>{MONTH_START})[a-z]*\.?"
_YEAR = r"(?P<year>\d{4})\b"
NAMED = re.compile(rf"{WEEKDAY}(?P<day>\d\d?){ORDINAL}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}{AT}", re.I)
SHORT_YEAR = re.compile(rf"{WEEKDAY}\d\d? (?:{MONTH_START}) \d\d \d\d:\d\d.*", re.I)
"""RFC 822 as it was in 1982."""
MONTH_FIRST = re.compile(rf"{WEEKDAY}{_MONTH}\s+(?P<day>\d\d?){ORDINAL},?\s+{_YEAR}{AT}", re.I)
_CLOCK = r"(?P<rest>\d\d:\d\d:\d\d(?:\s[A-Z]{1,5})?)"
YEAR_LAST = re.compile(rf"{WEEKDAY}{_MONTH}\s+(?P<day>\d\d?)\s+{_CLOCK}\s+{_YEAR}", re.I)
"""How Java and C print a time."""
FIGURES = re.compile(rf"{WEEKDAY}(?P<day>\d\d?)(?P<mark>[/.-])(?P<month>\d\d?)(?P=mark)(?P<year>\d{{4}})\b{AT}", re.I)
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})(?P<mark>[/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)\b{AT}")
CLOCK = re.compile(
    r"\(?(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))?(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?\s*"
    r"(?P<zone>Z|GMT|UTC|BST|[+-]\d\d:?\d\d)?\)?",
    re.I,
)
ZONES = {"z": 0, "gmt": 0, "utc": 0, "bst": 60}
"""Minutes before Greenwich."""


def iso(text: str | None) -> str | None:
    """A date or time as ISO 8601; None where it is none, or could be another one."""
    text = " ".join((text or "")[:MAX_CHARACTERS].split())
    found = _standard(text) or _written(text)
    return found if found and found[:4].isdigit() and int(found[:4]) >= FIRST_YEAR else None


def _standard(text: str) -> str | None:
    """By ISO 8601 or RFC 822."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        if DAY.match(text):
            return _zoned(datetime.fromisoformat(text))
        named = NAMED.fullmatch(text)
        timed = named and int(named["year"]) >= FIRST_YEAR and CLOCK.match(named["rest"])
        return _zoned(parsedate_to_datetime(text)) if timed or SHORT_YEAR.fullmatch(text) else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(text: str) -> str | None:
    """As people write it. A time that cannot be read leaves the day."""
    for pattern in (NAMED, MONTH_FIRST, YEAR_LAST, FIGURES, YEAR_FIRST):
        if found := pattern.fullmatch(text):
            return _day_and_time(found)
    return None


def _day_and_time(found: re.Match[str]) -> str | None:
    clock = CLOCK.fullmatch(found["rest"].strip())
    month = found["month"]
    try:
        number = int(month) if month.isdigit() else english_dates.month_number(month[:3])
        day = date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None
    if found.re is FIGURES and _may_be_american(day, clock):
        return None
    return _zoned(_at(day, clock)) if clock and _at(day, clock) else day.isoformat()


def _may_be_american(day: date, clock: re.Match[str] | None) -> bool:
    both = day.day <= 12 and day.day != day.month
    return both and clock is not None and bool(clock["half"] and clock["second"])


def _at(day: date, clock: re.Match[str]) -> datetime | None:
    """The time on a day; None for "9" alone, which is no time, and for what no clock shows."""
    if not clock["minute"] and not clock["half"]:
        return None
    hour = int(clock["hour"])
    if half := (clock["half"] or "")[:1].lower():
        hour = hour % 12 + 12 * (half == "p") if 1 <= hour <= 12 else 99
    try:
        at = datetime.combine(day, time(hour, int(clock["minute"] or 0), int(clock["second"] or 0)))
    except ValueError:
        return None
    return at.replace(tzinfo=_zone(clock["zone"])) if clock["zone"] else at


def _zone(name: str) -> timezone:
    if name.lower() in ZONES:
        return timezone(timedelta(minutes=ZONES[name.lower()]))
    hours, minutes = int(name[1:3]), int(name[-2:])
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if name[0] == "-" else 1))


def _zoned(at: datetime | None) -> str | None:
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=LONDON)).isoformat(timespec="seconds")
