"""What pages of CMIS say: where the calendar's months are, which meetings a month has, what a meeting has. Pure.

Nothing is found by its class: the summary of a meeting has been seen with its status in a `Value Venue`. Links are
known by where they lead, values by the label before them. `__VIEWSTATE` and the numbers of documents change with
every answer and are not looked at.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from lxml import html  # type: ignore[import-untyped]

from monitor.model.english_dates import MONTH_START, ORDINAL, iso
from spiders.committees.word_text import plain_title
from spiders.http.addresses import joined
from spiders.http.errors import PageError, where

MODULE = re.compile(r"dnn\$ctr(\d+)\$MeetingCalendarPublic|/mid/(\d+)/")
TAB = re.compile(r"/tabid/(\d+)/", re.I)
MEETING = re.compile(r"/Meeting/(\d+)/Committee/(\d+)/", re.I)
CALENDAR = re.compile(r"MeetingCalendar", re.I)
DOCUMENT = re.compile(r"Document\.ashx\?", re.I)
SIZE = re.compile(r"(\d[\d.,]*)\s*(bytes|[km]b)\b", re.I)
TIME = re.compile(r"^\d{1,2}[:.]\d{2}\s*(am|pm)?\s*[-:]?\s*", re.I)
LABELS = ("committee", "date", "status", "meeting status")
WRITTEN = re.compile(rf"(\d{{1,2}}){ORDINAL}\s+({MONTH_START})[a-z]*,?\s+(\d{{4}})", re.I)
NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting in a month: its number, the words of its link (committee, perhaps a time), its page."""

    key: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class File:
    """A document of a meeting. `key` is ours: of meeting, title and size, because the site's own changes."""

    key: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """A meeting's page; `day` is ISO 8601."""

    committee: str
    day: str
    status: str
    files: tuple[File, ...]


def months_address(text: str, url: str) -> str:
    """The address of a month of the calendar with `{day}` in it, from the page that shows the calendar."""
    module, tab = MODULE.search(text), TAB.search(text)
    if not (module and tab and CALENDAR.search(text)):
        raise PageError("invalid", f"{where(url)} shows no calendar of meetings")
    number = module.group(1) or module.group(2)
    folder = re.sub(r"\.aspx$", "", urlsplit(url).path, flags=re.I).rstrip("/")
    path = f"{folder}/tabid/{tab.group(1)}/ctl/MeetingCalendarPublicNoJava/mid/{number}/Date/{{day}}/Default.aspx"
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def month_rows(text: str, url: str) -> list[Row]:
    """The meetings of a month; there may be none, but then the page must be a calendar all the same."""
    if not CALENDAR.search(text):
        raise PageError("invalid", f"{where(url)} is not a month of the calendar")
    rows: dict[str, Row] = {}
    for link in _tree(text, url).iter("a"):
        found = MEETING.search(link.get("href") or "")
        address = joined(url, link.get("href").strip()) if found else ""
        if found and address and found.group(1) not in rows:
            title = TIME.sub("", plain_title(link.text_content()))
            rows[found.group(1)] = Row(found.group(1), title, address)
    return list(rows.values())


def meeting_page(text: str, row: Row) -> Page:
    """What a meeting's page says. Raises PageError unless its labels are there."""
    tree = _tree(text, row.url)
    said = _labelled(tree)
    status = said.get("status") or said.get("meeting status")
    day = _day(said.get("date", ""))
    if not (status and day):
        raise PageError("invalid", f"{where(row.url)} has no status or no date behind its label")
    files = {file.key: file for link in tree.iter("a") if (file := _file(link, row)) is not None}
    return Page(said.get("committee") or row.title, day, status, tuple(files.values()))


def _tree(text: str, url: str) -> Any:
    try:
        return html.document_fromstring(text)
    except ValueError as error:
        raise PageError("invalid", f"{where(url)} does not parse as HTML: {error}") from error


def _labelled(tree: Any) -> dict[str, str]:
    """The text that follows each label."""
    texts = [words for text in tree.itertext() if (words := " ".join(text.split()))]
    found: dict[str, str] = {}
    for label, value in zip(texts, [*texts[1:], ""], strict=True):
        name, colon, rest = label.partition(":")
        if name.strip().lower() in LABELS and (colon or value):
            found.setdefault(name.strip().lower(), rest.strip() or value.lstrip(": "))
    return found


def _file(link: Any, row: Row) -> File | None:
    address, title = (link.get("href") or "").strip(), plain_title(link.text_content())
    if not DOCUMENT.search(address) or not title or not joined(row.url, address):
        return None
    size = SIZE.search(" ".join(_around(link).split()))
    name = f"{row.key}\n{title}\n{''.join(size.groups()).lower() if size else ''}"
    return File(hashlib.sha256(name.encode()).hexdigest()[:16], title, joined(row.url, address))


def _around(link: Any) -> str:
    """The text of the list item, row or paragraph that a link stands in, if it holds no other document."""
    for element in link.iterancestors("li", "tr", "p", "dd", "div"):
        if sum(bool(DOCUMENT.search(other.get("href") or "")) for other in element.iter("a")) > 1:
            break
        if SIZE.search(element.text_content()):
            return str(element.text_content())
    return ""


def _day(text: str) -> str | None:
    numbers, written = NUMBERS.search(text), WRITTEN.search(text)
    if numbers is None:
        return iso(*written.groups()) if written else None
    day, month, year = map(int, numbers.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
