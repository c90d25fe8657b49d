"""Reads the page of a CMIS meeting: the summary behind its labels, then the agenda. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from monitor.model import days
from monitor.model.english_dates import MONTH_START, ORDINAL, iso
from spiders.cmis.agenda import Agenda, agenda_of, belongs_to_agenda, section_begins
from spiders.cmis.calendar import Row
from spiders.cmis.lines import Line, lines_of, parsed
from spiders.committees.fields import takes_place
from spiders.committees.refusals import refused
from spiders.http.errors import where

LABELS = {
    "committee": "committee",
    **dict.fromkeys(("date", "date/time", "date and time", "meeting date", "date/start time"), "date"),
    **dict.fromkeys(("status", "meeting status"), "status"),
    **dict.fromkeys(("venue", "location"), "venue"),
}
"""What the labels of a summary are called, in small letters and without their colon."""
STANDS = "Scheduled"
"""The status of a meeting that takes or took place. Past ones are Occurred, stay Scheduled, or have none: no news."""
WRITTEN = re.compile(rf"(\d{{1,2}}){ORDINAL}(?:\s+of)?\s+({MONTH_START})[a-z]*,?\s+(\d{{4}})", re.I)
MONTH_FIRST = re.compile(rf"\b({MONTH_START})[a-z]*\s+(\d{{1,2}}){ORDINAL},?\s+(\d{{4}})(?!\d)", re.I)
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting's page. `day` is ISO 8601. `status` is STANDS, what the site calls another one, or "" if the page
    shows none. `remarks` say what it does not show."""

    key: str
    url: str
    committee: str
    day: str
    status: str
    agenda: Agenda
    remarks: tuple[str, ...] = field(default=())


def meeting_page(text: str, row: Row) -> Meeting:
    """Read a meeting's page. A committee or day that it does not show is that of the calendar's row.

    Raises PageError if its summary has neither a date nor a committee, or if there is no date at all.
    """
    lines = lines_of(parsed(text, row.url), row.url)
    behind = next((n for n, line in enumerate(lines) if section_begins(line)), len(lines))
    found = _summary(lines[:behind]) or _summary(lines)
    if found is None:
        raise refused(row.url, 'label "Date/Time:" or "Committee:"', text)
    day = _day(found.values.get("date", ""), row.day)
    if not (day or row.day):
        said = found.values.get("date", "")[:60]
        raise refused(row.url, f'date behind its label "Date/Time:" ("{said}")', text)
    status = found.values.get("status", "")
    remarks = () if day else (f"{where(row.url)} shows none, so it is that of the calendar",)
    return Meeting(
        row.key, row.url, found.values.get("committee") or row.committee, day or str(row.day),
        STANDS if takes_place(status) else status, agenda_of(_module(lines[found.end :], found)), remarks,
    )  # fmt: skip


@dataclass(slots=True)
class _Summary:
    """The value behind each label, and the block and the place of the last of them."""

    values: dict[str, str] = field(default_factory=dict)
    element: Any = None
    end: int = 0


def _summary(lines: Sequence[Line]) -> _Summary | None:
    """The summary, None if there is none.

    Labels without a colon may be words of a menu. They count only if no label has one, and if they are marked up like
    the one before a date.
    """
    summary = _read(lines, None)
    if {"date", "committee"} & summary.values.keys():
        return summary
    for number, line in enumerate(lines):
        if any(name == "date" and _day(value, None) for name, value, _ in _labelled(lines, number, colon=False)):
            return _read(lines, line.style)
    return None


def _read(lines: Sequence[Line], bare: tuple[str, str] | None) -> _Summary:
    """The labels with a colon, or those without one in lines of the style `bare`."""
    summary = _Summary()
    for number, line in enumerate(lines):
        for name, value, behind in _labelled(lines, number, colon=bare is None):
            if name not in summary.values and bare in (None, line.style):
                summary.values[name] = value
                summary.element = line.element if summary.element is None else summary.element
                summary.end = max(summary.end, behind)
    return summary


def _labelled(lines: Sequence[Line], number: int, *, colon: bool) -> Iterator[tuple[str, str, int]]:
    """The labels in a line, each with its value and the number of the line behind it. A value stands behind its label
    or in the next line, unless that has a label of its own."""
    parts = lines[number].parts
    starts = [n for n, part in enumerate(parts) if _label(part, colon=colon)]
    for start, stop in pairwise([*starts, len(parts)]):
        rest = parts[start].partition(":")[2].strip()
        value = " ".join([rest, *parts[start + 1 : stop]]).strip(" :")
        behind = number + 1
        below = lines[behind] if not value and stop == len(parts) and behind < len(lines) else None
        if below and not any(_label(part, colon=colon) for part in below.parts):
            value, behind = below.text.strip(" :"), behind + 1
        yield _label(parts[start], colon=colon), value, behind


def _label(part: str, *, colon: bool) -> str:
    name, found, _ = part.partition(":")
    return LABELS.get(re.sub(r"\s*/\s*", "/", name.strip().lower()), "") if colon == bool(found) else ""


def _module(lines: Sequence[Line], summary: _Summary) -> list[Line]:
    """The lines behind the summary that stand in the same module with it and the papers: not the page's footer."""
    anchors = [line.element for line in lines if belongs_to_agenda(line)]
    module = summary.element
    for element in (*anchors[:1], *(line.element for line in lines[::-1] if line.links)):
        module = _common(module, element)
    return [x for x in lines if anchors and any(e is module for e in (x.element, *x.element.iterancestors()))]


def _common(one: Any, other: Any) -> Any:
    """The innermost element that holds both."""
    around = {one, *one.iterancestors()}
    return next(element for element in (other, *other.iterancestors()) if element in around)


def _day(text: str, listed: str | None) -> str | None:
    """The day that a summary states. Of numbers the first is the day, unless only the other order is the day on which
    the calendar lists the meeting: a server may be set to American dates."""
    found = list(filter(days.day, _days(text)))
    return listed if listed in found else next(iter(found), None)


def _days(text: str) -> Iterator[str | None]:
    if numbers := NUMBERS.search(text):
        first, second, year = numbers.groups()
        yield iso(first, second, year)
        yield iso(second, first, year)
    if written := WRITTEN.search(text):
        yield iso(*written.groups())
    if month_first := MONTH_FIRST.search(text):
        month, day, year = month_first.groups()
        yield iso(day, month, year)
    if year_first := YEAR_FIRST.search(text):
        yield iso(*reversed(year_first.groups()))
