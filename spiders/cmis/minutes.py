"""Decides whose minutes a paper holds: those of the meeting whose page it stands on, or those of an earlier one. Pure.

Most minutes among a meeting's papers are those of the meeting before, for approval under the item "Minutes". The
meeting's own come weeks later. Their names are alike: "M12042016", "Final Scrutiny Minutes 16042026", "240424 CSC
Minute (Final)", "Minutes".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from monitor.model.english_dates import MONTH_START, ORDINAL, month_number
from spiders.cmis.agenda import Agenda
from spiders.cmis.lines import Link

NAME = re.compile(r"\bminutes?(?![a-z])|^m\s?\d{6}(\d\d)?(?!\d)", re.I)
EARLIER = re.compile(r"\b(previous|last|prior|preceding|earlier)\b", re.I)
DRAFT = re.compile(r"\b(draft|unconfirmed|unapproved)\b", re.I)
RUN = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4}|\d{2})(?!\d)")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4}|\d{2})[./ -]?(\d{2})[./ -]?(\d{2})(?!\d)")
NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})(?!\d)")
WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}}){ORDINAL}(?:\s+of)?[\s-]*({MONTH_START})[a-z]*[\s,.-]*(\d{{4}}|\d{{2}})?(?!\d)", re.I
)
MONTH_FIRST = re.compile(rf"\b({MONTH_START})[a-z]*\s+(\d{{1,2}}){ORDINAL}(?!\d)[\s,]*(\d{{4}})?(?!\d)", re.I)
MONTH_ALONE = re.compile(rf"\b({MONTH_START})[a-z]*\s+(\d{{4}})(?!\d)", re.I)


def names_day(title: str, day: date) -> bool | None:
    """Return True if a title names this day, False if it names only other days or months, None if it names none.

    Six or eight digits are read day first and year first; a day without a year may be of any year.
    """
    words = title.replace("_", " ")
    if days := list(_days(words, day.year)):
        return day in days
    months = [(month_number(name[:3]), int(year)) for name, year in MONTH_ALONE.findall(words)]
    return False if months and (day.month, day.year) not in months else None


def own_minutes(agenda: Agenda, day: date, today: date) -> Link | None:
    """Return the paper with the minutes of this meeting, None if it is not there. A final one goes before a draft.

    It stands below the heading "Minutes", or among the papers or below the item "Minutes" with this meeting's day in
    its name. A paper with an earlier meeting's day, or called "previous" or "last", is never it.
    """
    if day > today:
        return None
    placed = [paper for paper in agenda.minutes if names_day(paper.title, day) is not False]
    dated = [paper for paper in _beside(agenda) if NAME.search(_plain(paper)) and names_day(paper.title, day)]
    found = [paper for paper in [*placed, *dated] if paper.address and not EARLIER.search(_plain(paper))]
    return min(found, key=lambda paper: bool(DRAFT.search(_plain(paper))), default=None)


def unsaid_minutes(agenda: Agenda, day: date) -> list[Link]:
    """Return the papers beside the agenda that are called minutes and do not say of which meeting."""
    called = (paper for paper in agenda.loose if NAME.search(_plain(paper)) and not EARLIER.search(_plain(paper)))
    return [paper for paper in called if names_day(paper.title, day) is None]


def _beside(agenda: Agenda) -> list[Link]:
    return [*agenda.loose, *(paper for item in agenda.items if NAME.search(item.title) for paper in item.papers)]


def _plain(paper: Link) -> str:
    return paper.title.replace("_", " ")


def _days(words: str, year: int) -> Iterator[date]:
    """Every day that a title can be read to name."""
    for first, second, third in (*RUN.findall(words), *NUMBERS.findall(words)):
        yield from _day(first, second, third)
    for first, second, third in YEAR_FIRST.findall(words):
        yield from _day(third, second, first)
    for number, name, of in WORDED.findall(words):
        yield from _day(number, str(month_number(name)), of or str(year))
    for name, number, of in MONTH_FIRST.findall(words):
        yield from _day(number, str(month_number(name)), of or str(year))


def _day(day: str, month: str, year: str) -> Iterator[date]:
    try:
        yield date(int(year) + 2000 if len(year) == 2 else int(year), int(month), int(day))
    except ValueError:
        return
