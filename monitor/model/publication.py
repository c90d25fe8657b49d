"""A record without the dates that cannot be meant. Pure.

`health.dated` leaves them out of what a crawl brings, and says so. Stored records are read without them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.model.crawl import Record
from monitor.model.days import FARTHEST, day

PUBLISHED = ("updated", "inspection_date")
"""Fields with a day or time that is past, or soon."""
PLANNED = ("meeting_date",)
"""Fields with a day that may lie far ahead."""
DATES = frozenset({*PUBLISHED, *PLANNED})
SHOWN = 80
"""Characters of a title in a remark."""


def credible(record: Record, latest: date = FARTHEST) -> Record:
    """A record without the dates that cannot be meant; the same one where all can."""
    stated = {n: v for n, v in record.fields.items() if v and n in DATES}
    wrong = {n for n, v in stated.items() if day(str(v), latest if n in PUBLISHED else FARTHEST) is None}
    if not wrong and (not record.published or day(record.published, latest)):
        return record
    published = record.published if day(record.published, latest) else None
    return replace(record, published=published, fields={n: v for n, v in record.fields.items() if n not in wrong})


def left_out(stated: Record, kept: Record) -> list[str]:
    """In words, the dates that `credible` took out of a record."""
    published = [f"published {stated.published}"] if stated.published != kept.published else []
    fields = [f"{n.replace('_', ' ')} {v}" for n, v in stated.fields.items() if n not in kept.fields]
    return [f"{stated.title[:SHOWN]}: {date}" for date in (*published, *fields)]
