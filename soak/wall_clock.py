"""What should have run, from the wall clock alone: minute by minute, without APScheduler or our own slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from monitor.model.days import LONDON
from monitor.schedule.jobs import Job
from monitor.times.spec import FIELDS


@dataclass(frozen=True)
class Spell:
    """A time in which the program was up, with these jobs; `reload`: it went on from the spell before."""

    start: datetime
    end: datetime
    wanted: tuple[Job, ...]
    reload: bool = False


@cache
def slots(text: str, day: date) -> tuple[datetime, ...]:
    """The slots of a line on one day of London, minute by minute."""
    values = [_values(field, part) for field, part in zip(FIELDS, text.split(), strict=True)]
    if not (day.day in values[2] and day.month in values[3] and day.weekday() in values[4]):
        return ()
    found = set()
    for minute in range(24 * 60):
        hour = minute // 60
        wall = datetime(day.year, day.month, day.day, hour, minute % 60, tzinfo=LONDON)
        if hour in values[1] and wall.minute in values[0]:
            found.add(wall.astimezone(UTC))
            if text.split()[1] == "*":
                found.add(wall.replace(fold=1).astimezone(UTC))
    if text.split()[1] == "*":  # an hour that does not exist stands for no hour
        found = {moment for moment in found if moment.astimezone(LONDON).date() == day}
    return tuple(sorted(found))


def _values(field: Any, part: str) -> set[int]:
    names = dict(zip(field.names, range(field.low, field.high + 1), strict=False))
    found = set()
    for piece in part.split(","):
        span, _, step = piece.partition("/")
        low, _, high = span.partition("-")
        first = field.low if low == "*" else names.get(low, low)
        last = field.high if low == "*" else names.get(high, high) if high else first
        found |= set(range(int(first), int(last) + 1, int(step or 1)))
    return found


def between(job: Job, after: datetime, until: datetime) -> list[datetime]:
    """The slots of a job whose time has come between two moments."""
    day, found = (after - timedelta(days=2)).astimezone(LONDON).date(), list[datetime]()
    while day <= until.astimezone(LONDON).date():
        found += [s for s in slots(job.line.text, day) if after < job.line.at(s) <= until]
        day += timedelta(days=1)
    return found


def expected(spells: list[Spell]) -> Iterator[tuple[str, datetime]]:
    """What should have run: (job, slot). After a stop, the newest slot that was missed, once."""
    last: dict[str, datetime] = {}
    for spell in spells:
        missed = {}
        for job in spell.wanted:
            if job.id not in last:
                last[job.id] = spell.start
                if not job.full:
                    yield job.id, spell.start
                continue
            found = [] if spell.reload else between(job, last[job.id], spell.start)
            missed[job.id] = found[-1] if found else None
        for job in spell.wanted:
            slot = missed.get(job.id)
            spared = not job.full and missed.get(f"{job.source}-full")
            if slot and not spared:
                yield job.id, slot
            for on_time in between(job, max(spell.start, last[job.id]), spell.end):
                yield job.id, on_time
            last[job.id] = max(last[job.id], spell.end)
