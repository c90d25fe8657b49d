"""Reads the texts that set times: cron lines for crawls, "daily 08:00" for messages. Uses no clock.

Two dialects meet here. Cron counts Sunday as 0, APScheduler 3 counts Monday as 0, so a weekday as a digit would run on
another day than it says; therefore weekdays are names. Cron joins day of month and weekday with "or", APScheduler with
"and"; therefore one of the two stays `*`. Times are Europe/London, where 01:00 to 01:59 happens twice in October and
never in March; therefore no line may name that hour. `*` and `*/n` hours are allowed, because they do not mean one
o'clock in particular.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from monitor.model import english_dates

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = tuple(name[:3].lower() for name in english_dates.MONTHS)
MAX_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
AMBIGUOUS = "01:xx is ambiguous when the clocks change: choose another hour"

_RANGE = re.compile(r"(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:/([0-9]{1,3}))?\Z")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])\Z")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a cron line: its name in APScheduler, the word that people use, and its possible values."""

    name: str
    label: str
    low: int
    high: int
    names: tuple[str, ...] = ()


FIELDS = (
    Field("minute", "minute", 0, 59),
    Field("hour", "hour", 0, 23),
    Field("day", "day of month", 1, 31),
    Field("month", "month", 1, 12, MONTHS),
    Field("day_of_week", "weekday", 0, 6, WEEKDAYS),
)


@dataclass(frozen=True, slots=True)
class Hours:
    """Quiet hours, in minutes after midnight in London. If `end` is before `start`, they end the next morning."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class When:
    """When a channel gets its messages. `weekday` is set only for "weekly"; `hour` and `minute` are London's."""

    every: Literal["now", "daily", "weekly"]
    weekday: str | None = None
    hour: int = 0
    minute: int = 0


def cron_fields(line: str) -> dict[str, str]:
    """Return a cron line as arguments of APScheduler's CronTrigger. Raises ValueError with the reason."""
    parts = line.lower().split()
    if len(parts) != len(FIELDS):
        raise ValueError(f'needs five fields "minute hour day month weekday", has {len(parts)}')
    _, hour, day, month, weekday = (_values(field, part) for field, part in zip(FIELDS, parts, strict=True))
    if 1 in hour and not parts[1].startswith("*"):
        raise ValueError(AMBIGUOUS)
    if len(day) < 31 and len(weekday) < 7:
        raise ValueError("day of month and weekday together: leave one of them *")
    if not any(least <= MAX_DAYS_OF_MONTH[m - 1] for m in month for least in day):
        raise ValueError(f"no month in it has a day {min(day)}")
    return {field.name: part for field, part in zip(FIELDS, parts, strict=True)}


def parse_when(text: str) -> When:
    """Read "now", "daily HH:MM" or "weekly mon HH:MM". Raises ValueError with the reason."""
    words = text.lower().split()
    if words == ["now"]:
        return When("now")
    if len(words) == 2 and words[0] == "daily":
        return When("daily", None, *_time(words[1]))
    if len(words) == 3 and words[0] == "weekly":
        _weekday(words[1])
        return When("weekly", words[1], *_time(words[2]))
    raise ValueError(f'"{text}" is not "now", "daily HH:MM" or "weekly mon HH:MM"')


def parse_quiet(text: str) -> Hours:
    """Read "21:00-07:00", which may span midnight. Raises ValueError with the reason."""
    first, dash, last = text.replace(" ", "").partition("-")
    if not dash:
        raise ValueError(f'"{text}" is not hours like 21:00-07:00')
    (from_hour, from_minute), (to_hour, to_minute) = _time(first), _time(last)
    hours = Hours(from_hour * 60 + from_minute, to_hour * 60 + to_minute)
    if hours.start == hours.end:
        raise ValueError(f'"{text}" begins and ends at the same time')
    return hours


def parse_receipt(text: str) -> When | None:
    """Read "weekly mon 08:00", or "never" as None. Raises ValueError with the reason."""
    if text.strip().lower() == "never":
        return None
    try:
        when = parse_when(text)
    except ValueError as error:
        raise ValueError(str(error).replace('"now", "daily HH:MM"', '"never"')) from error
    if when.every != "weekly":
        raise ValueError(f'"{text}" is not "never" or "weekly mon HH:MM"')
    return when


def _time(text: str) -> tuple[int, int]:
    match = _TIME.match(text)
    if match is None:
        raise ValueError(f'"{text}" is not a time like 08:00')
    hour, minute = int(match[1]), int(match[2])
    if hour == 1:
        raise ValueError(AMBIGUOUS)
    return hour, minute


def _values(field: Field, text: str) -> set[int]:
    """All values that a field's text stands for."""
    values: set[int] = set()
    for part in text.split(","):
        values |= _span(field, part)
    return values


def _span(field: Field, part: str) -> set[int]:
    match = _RANGE.match(part)
    if match is None or (match[1] == "*" and match[2]):
        raise ValueError(f'{field.label}: "{part}" is not a value, a range a-b, * or */n')
    first, last, step = match.groups()
    if step and (field.names is WEEKDAYS or (first != "*" and not last)):
        raise ValueError(f'{field.label}: "{part}": a step /n goes with * or a range, and never with weekdays')
    low = field.low if first == "*" else _value(field, first)
    high = field.high if first == "*" else _value(field, last) if last else low
    if low > high:
        raise ValueError(f'{field.label}: "{part}" runs backwards: write the values out, separated by commas')
    return set(range(low, high + 1, _step(field, step)))


def _step(field: Field, text: str | None) -> int:
    step = int(text or 1)
    if not 1 <= step <= field.high:
        raise ValueError(f"{field.label}: a step is from 1 to {field.high}")
    return step


def _value(field: Field, text: str) -> int:
    if field.names is WEEKDAYS:
        return _weekday(text)
    if text in field.names:
        return field.low + field.names.index(text)
    if not text.isdigit():
        raise ValueError(f'{field.label}: "{text}" is not a {field.label}')
    if not field.low <= int(text) <= field.high:
        raise ValueError(f"{field.label}: {text} is not from {field.low} to {field.high}")
    return int(text)


def _weekday(text: str) -> int:
    if text.isascii() and text.isdigit():
        named = f": write {(*WEEKDAYS[-1:], *WEEKDAYS)[int(text)]}" if int(text) <= 7 else ""
        raise ValueError(f"weekday {text} is a digit{named}")
    if text not in WEEKDAYS:
        raise ValueError(f'weekday "{text}" is not one of {", ".join(WEEKDAYS)}')
    return WEEKDAYS.index(text)
