"""Reads the pages of a CMIS calendar: which module shows it, where its months are, which meetings they list. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from monitor.model.english_dates import MONTH_START, MONTHS, ORDINAL, iso, month_number
from spiders.cmis.lines import parsed
from spiders.cmis.links import MEETING, on_site
from spiders.committees.refusals import refused
from spiders.committees.word_text import plain_title

MODULE = re.compile(r"dnn[$_]ctr(\d+)[$_]MeetingCalendar\w*", re.I)
"""The calendar's module in names (`dnn$ctr397$MeetingCalendarPublic$…`) or only in ids (`dnn_ctr397_…`)."""
VIEW = re.compile(r"/ctl/ViewMeeting\w*/", re.I)
PAGE_NAME = re.compile(r"/(?:meetings|meetings?calendar|calendarofmeetings)(?:/tabid/\d+/default)?\.aspx$", re.I)
WEEKDAY = re.compile(
    rf"^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+(\d{{1,2}}){ORDINAL}\s+({MONTH_START})[a-z]*,?(?:\s+\d{{4}})?$", re.I
)
"""A day in a month's table, "Monday, 8 June". It has no year as a rule."""
LISTED = re.compile(rf"^(\d{{1,2}})\s+({MONTH_START})[a-z]*\s+(\d{{4}})\b[\s:\d]*-\s*", re.I)
"""What a meeting's link begins with in the list, "9 Jul 2026 11:00 - "."""
TIME = re.compile(r"^\d{1,2}[:.]\d{2}\s*(am|pm)?\s*[-:]?\s*", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting in the calendar: its number, its committee, its page, and its day (ISO 8601) if the row shows it."""

    key: str
    committee: str
    url: str
    day: str | None = None


@dataclass(slots=True)
class Rows:
    """The meetings that a page of the calendar lists, and a reason for each link that could not be read."""

    meetings: dict[str, Row] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)


def module_of(text: str, url: str) -> str:
    """Return the number of the calendar's module. Raises PageError for a page without a calendar."""
    if found := MODULE.search(text):
        return found[1]
    raise refused(url, "calendar of meetings (no dnn$ctrN$MeetingCalendar… or dnn_ctrN_MeetingCalendar…)", text)


def list_address(calendar: str, module: str) -> str:
    """Return the address of the calendar as a list. Whatever month is asked for, it lists the current one."""
    parts, query = urlsplit(calendar), f"ctl=MeetingCalendarListView&mid={module}"
    return urlunsplit((parts.scheme, parts.netloc, f"{_folder(parts.path)}.aspx", query, ""))


def months_behind(text: str, url: str) -> str | None:
    """The address of a month, with `{day}` in it, from the first meeting that a page links to; None without one."""
    for link in parsed(text, url).iter("a"):
        if found := MEETING.match(urlsplit(on_site(url, link.get("href") or "")).path):
            return _months(url, found["page"], found["tab"], found["module"])
    return None


def months_beside(text: str, url: str, module: str, usual_tab: str) -> str:
    """Return the address of a month by the tab that the calendar's page names for itself, else by the usual one.

    A page's first tab may be that of another page, so only a link with the calendar's own name counts.
    """
    folder = _folder(urlsplit(url).path)
    own = re.search(rf"/{re.escape(folder.rpartition('/')[2])}/tabid/(\d+)/", text, re.I)
    return _months(url, folder, own[1] if own else usual_tab, module)


def calendars_linked(text: str, url: str) -> list[str]:
    """Return the addresses that a home page links to and that are named like a calendar's page."""
    links = (on_site(url, link.get("href") or "") for link in parsed(text, url).iter("a"))
    return list(dict.fromkeys(link for link in links if PAGE_NAME.search(urlsplit(link).path)))


def month_rows(text: str, url: str, first: str) -> Rows:
    """Read the meetings of the month that begins on the day `first`; there may be none.

    Raises PageError for a page that is no calendar, or that shows the days of another month.
    """
    module_of(text, url)
    year, month = first[:4], MONTHS[int(first[5:7]) - 1]
    tree = parsed(text, url)
    rows, day, shown = Rows(), None, set()
    for element in tree.iter():
        if found := WEEKDAY.match(" ".join((element.text or "").split())):
            day = iso(found[1], found[2], year)
            shown.add(MONTHS[month_number(found[2]) - 1])
        if element.tag == "a":
            _add(rows, element, url, day)
    if shown and month not in shown:
        raise refused(url, f"day of {month} (it shows {', '.join(sorted(shown))})", text)
    return rows


def list_rows(text: str, url: str) -> Rows:
    """Read the meetings of the list. Raises PageError for a page that is no calendar."""
    module_of(text, url)
    rows = Rows()
    for link in parsed(text, url).iter("a"):
        found = LISTED.match(_words(link))
        _add(rows, link, url, iso(*found.groups()) if found else None)
    return rows


def _add(rows: Rows, link: Any, url: str, day: str | None) -> None:
    href = link.get("href") or ""
    address = on_site(url, href)
    found = MEETING.match(urlsplit(address).path)
    if found:
        title = TIME.sub("", LISTED.sub("", plain_title(link.text_content())))
        rows.meetings.setdefault(found["key"], Row(found["key"], title, address, day))
    elif VIEW.search(href):
        rows.bad.append(f'"{_words(link)[:80]}" leads to {href[:120]}, which names no meeting')


def _folder(page: str) -> str:
    """The folder of a page's views: `/x/Meetings` of `/x/Meetings.aspx` and of `/x/Meetings/tabid/70/Default.aspx`."""
    return re.sub(r"(/tabid/\d+/default)?\.aspx$", "", page, flags=re.I)


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _months(url: str, folder: str, tab: str, module: str) -> str:
    path = f"{folder}/tabid/{tab}/ctl/MeetingCalendarPublicNoJava/mid/{module}/Date/{{day}}/Default.aspx"
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
