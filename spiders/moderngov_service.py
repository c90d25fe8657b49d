"""What ModernGov's web service says: committees, their meetings, and one meeting with its items. Pure parsing.

Its quirks, as seen by others until November 2026: titles are encoded twice; counts begin with a space; empty elements
hold newlines; booleans are "True" and "False"; agenda and minutes are HTML out of Word, inside the XML as text; items
numbered 0 or without a title are headings; documents are named by http even where the site is https only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from spiders.committee_mark import AGENDA, DECISIONS, MINUTES
from spiders.errors import PageError
from spiders.word_text import plain_title
from spiders.xml_answers import words

UK_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
EXEMPT = re.compile(r"\bexempt\b.{0,20}\b(category|categories|paragraph|information|item)|\(exempt\b", re.I)
"""How titles say that an item is not public, as "(Exempt Category 3)"."""
PUBLISHED = {AGENDA: "agendapublished", MINUTES: "minutepublished", DECISIONS: "decisionpublished"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting in a list. `day` is ISO 8601."""

    key: str
    day: str
    status: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A document of an item; `day` of its publication where it is given."""

    key: str
    title: str
    url: str
    day: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda; `agenda` and `minutes` are HTML. Documents that are not public are left out."""

    key: str
    number: str
    title: str
    agenda: str
    minutes: str
    restricted: bool
    documents: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the service tells it. `remarks` are sentences about what does not add up."""

    key: str
    committee: str
    day: str
    status: str
    flags: str
    items: tuple[Item, ...]
    remarks: tuple[str, ...]


def live_committees(root: Any) -> dict[str, str]:
    """Titles by id of the committees that still exist. Raises PageError if there is none at all."""
    found = list(root.iter("committee"))
    if not found:
        raise PageError("invalid", "GetCommittees lists no committee")
    live = [c for c in found if not (_yes(c, "committeedeleted") or _yes(c, "committeeexpired"))]
    return {words(c, "committeeid"): title(c, "committeetitle") for c in live if words(c, "committeeid")}


def listed_meetings(root: Any) -> dict[str, list[Listed]]:
    """The meetings by id of their committee."""
    found: dict[str, list[Listed]] = {}
    for committee in root.iter("committee"):
        rows = [_listed(row) for row in committee.iter("meeting")]
        found.setdefault(words(committee, "committeeid"), []).extend(rows)
    return found


def read_meeting(root: Any, key: str) -> Meeting | None:
    """The meeting that was asked for; None where the service tells nothing of it. Raises PageError if it is another."""
    element = next(root.iter("meeting"), root)
    said = words(element, "meetingid")
    if not said:
        return None
    if said != key:
        raise PageError("invalid", f"GetMeeting told of meeting {said}, not of {key}")
    items = [item for row in element.iter("agendaitem") if (item := _item(row)) is not None]
    remarks = _odd_counts(element, key)
    flags = "".join(flag for flag, name in PUBLISHED.items() if _yes(element, name))
    committee, status = title(element, "committeetitle"), words(element, "meetingstatus") or "Confirmed"
    return Meeting(key, committee, uk_day(words(element, "meetingdate"), key), status, flags, tuple(items), remarks)


def title(element: Any, name: str) -> str:
    """The text of a title element, decoded once more than XML does."""
    return plain_title(words(element, name))


def uk_day(text: str, key: str) -> str:
    """dd/mm/yyyy as ISO 8601. Raises PageError that names the meeting."""
    day = _day(text)
    if day is None:
        raise PageError("invalid", f'the date of meeting {key} reads "{text[:40]}", not dd/mm/yyyy')
    return day


def _day(text: str) -> str | None:
    found = UK_DAY.search(text)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _listed(row: Any) -> Listed:
    key = words(row, "meetingid")
    return Listed(key, uk_day(words(row, "meetingdate"), key), words(row, "meetingstatus") or "Confirmed")


def _item(row: Any) -> Item | None:
    """None for a heading."""
    key, number, name = words(row, "agendaitemid"), words(row, "agendaitemnumber"), title(row, "agendaitemtitle")
    if not key or not name or number.rstrip(".") == "0":
        return None
    restricted = _yes(row, "isrestricted") or bool(EXEMPT.search(name))
    minuted = words(row, "isminutepublished").lower() != "false"
    documents = () if restricted else tuple(_attached(d) for d in row.iter("linkeddoc") if not _yes(d, "isrestricted"))
    agenda, minutes = row.findtext("agendatext") or "", row.findtext("minutesnonemptyhtmlbody") or ""
    return Item(key, number.rstrip("."), name, agenda, minutes if minuted else "", restricted, documents)


def _attached(row: Any) -> Attached:
    key, url, day = (words(row, name) for name in ("attachmentid", "url", "publicationdate"))
    return Attached(key, title(row, "title"), url, _day(day))


def _odd_counts(element: Any, key: str) -> tuple[str, ...]:
    stated, listed = words(element, "agendaitemscount"), sum(1 for _ in element.iter("agendaitem"))
    if not re.fullmatch(r"[0-9]{1,9}", stated) or int(stated) <= listed:
        return ()
    return (f"meeting {key} is said to have {stated} items and shows {listed}",)


def _yes(element: Any, name: str) -> bool:
    return words(element, name).lower() in ("true", "1", "yes")
