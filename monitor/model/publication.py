"""Which dates a site may give for what it publishes. Pure.

Sites write dates that cannot be meant: 1 January of the year 1, with which .NET says that there is none; the last day
of the year 9999; a year with two digits swapped. Such a date would come first or last in every order, and the calendar
ends beside it. It counts as no date: `health.dated` leaves it out of what a crawl brings and says so, and records that
were stored with one are read without it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from monitor.model import Record

EARLIEST = date(1990, 1, 1)
"""Ofsted was founded in 1992, and councils' web sites are younger."""
AHEAD = timedelta(days=366)
"""How far a publication may lie ahead: some feeds date an entry by the event that it announces."""
FARTHEST = date(2100, 1, 1)
"""Before this lies every meeting that can be in a calendar, and every date that can have been stored."""
PUBLISHED = ("updated", "inspection_date")
"""Fields with a day or time that is past, or soon."""
PLANNED = ("meeting_date",)
"""Fields with a day that may lie far ahead."""
SHOWN = 80
"""Characters of a title in a remark."""


def day(stated: str | None, latest: date = FARTHEST) -> date | None:
    """The day of an ISO 8601 date or time; None for what is none, or cannot be meant."""
    try:
        found = date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None
    return found if EARLIEST <= found <= latest else None


def days_before(of: date, span: timedelta) -> date:
    """The day so long before another; the calendar's first where that would be before it begins."""
    return date.fromordinal(max(1, of.toordinal() - span.days))


def credible(record: Record, latest: date = FARTHEST) -> Record:
    """A record without the dates that cannot be meant; the same one where all can."""
    bounds = dict.fromkeys(PUBLISHED, latest) | dict.fromkeys(PLANNED, FARTHEST)
    wrong = {n for n, bound in bounds.items() if record.fields.get(n) and day(str(record.fields[n]), bound) is None}
    if not wrong and (not record.published or day(record.published, latest)):
        return record
    published = record.published if day(record.published, latest) else None
    return replace(record, published=published, fields={n: v for n, v in record.fields.items() if n not in wrong})


def left_out(stated: Record, kept: Record) -> list[str]:
    """In words, the dates that `credible` took out of a record."""
    published = [f"published {stated.published}"] if stated.published != kept.published else []
    fields = [f"{n.replace('_', ' ')} {v}" for n, v in stated.fields.items() if n not in kept.fields]
    return [f"{stated.title[:SHOWN]}: {date}" for date in (*published, *fields)]
