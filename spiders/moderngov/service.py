"""What ModernGov's web service says: committees, their meetings, and one meeting with its items. Pure parsing.

Captured from Manchester in 2026 (published by DemocracyClub/LGSF): the roots <committees>, <getmeetings>, <meeting>;
GetMeeting names no committee, only its documents do; `fulldisplaynumberformat` is the number that people see, and
`agendaitemnumber` an inner order; counts begin with a space; empty elements hold newlines; agenda and minutes are HTML
out of Word, escaped. From other people's scrapers: titles are encoded twice; decisions have an element of their own;
items numbered 0 or without a title are headings; documents are named by http even where the site is https only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from spiders.committees.fields import takes_place
from spiders.committees.memory import AGENDA, DECISIONS, MINUTES
from spiders.counts import counted
from spiders.http.errors import PageError
from spiders.http.xml import words
from spiders.moderngov.rows import day_or_none, identity, readable, title, uk_day, yes

EXEMPT = re.compile(r"\bexempt\b.{0,20}\b(category|categories|paragraph|information|item)|\(exempt\b", re.I)
"""How titles say that an item is not public, as "(Exempt Category 3)"."""
STANDS = "Confirmed"
"""The status of a meeting that takes or took place. Many are provisional before: that they are confirmed is no news."""
PUBLISHED = {AGENDA: "agendapublished", MINUTES: "minutepublished", DECISIONS: "decisionpublished"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting in a list. `day` is ISO 8601; `committee` is the committee's title, "" where the list has none."""

    key: str
    day: str
    status: str
    committee: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A document of an item; `day` of its publication where it is given."""

    key: str
    title: str
    url: str
    day: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda; `number` is the printed one, and `agenda`, `minutes` and `decision` are HTML. Documents
    that are not public are left out. `page` is the id of its page, where that is another than its key."""

    key: str
    number: str
    title: str
    agenda: str
    minutes: str
    decision: str
    restricted: bool
    documents: tuple[Attached, ...]
    page: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the service tells it; `committee` is "" where no document names it. `remarks` are sentences about
    what was left out and what does not add up."""

    key: str
    committee: str
    day: str
    status: str
    flags: str
    items: tuple[Item, ...]
    remarks: tuple[str, ...]


def live_committees(root: Any) -> tuple[dict[str, str], tuple[str, ...]]:
    """Titles by id of the committees that still exist, and remarks about those without an id. Raises PageError if
    there is none at all."""
    found = list(root.iter("committee"))
    if not found:
        raise PageError("invalid", "GetCommittees lists no committee")
    live = [c for c in found if not (yes(c, "committeeexpired") or yes(c, "committeedeleted"))]
    named, remarks = readable(live, lambda c: (identity(c, "committeeid"), title(c, "committeetitle")), "committees")
    return dict(named), remarks


def listed_meetings(root: Any) -> tuple[dict[str, list[Listed]], tuple[str, ...]]:
    """The meetings by committee's id, and remarks about those that are left out because they cannot be read."""
    rows = [(committee, row) for committee in root.iter("committee") for row in committee.iter("meeting")]
    read, remarks = readable(rows, lambda pair: _listed(*pair), "listed meetings")
    found: dict[str, list[Listed]] = {words(c, "committeeid"): [] for c in root.iter("committee")}
    for committee, row in read:
        found[committee].append(row)
    return found, remarks


def read_meeting(root: Any, key: str) -> Meeting | None:
    """One meeting; None if the service tells nothing of it. An item or document that cannot be read is left out with
    a remark. Raises PageError if this is another meeting, or has no date."""
    element = next(root.iter("meeting"), root)
    said = words(element, "meetingid")
    if not said:
        return None
    if said != key:
        raise PageError("invalid", f"GetMeeting told of meeting {said}, not of {key}")
    items, remarks = readable(element.iter("agendaitem"), _item, f"items of meeting {key}")
    papers = list(element.iter("linkeddoc"))
    _, nameless = readable(papers, _attached, f"documents of meeting {key}")
    flags = "".join(flag for flag, name in PUBLISHED.items() if yes(element, name))
    committee = next((name for e in (element, *papers) if (name := title(e, "committeetitle"))), "")
    day, status = _day_of(element, key), _status(element)
    shown = tuple(item for item in items if item is not None)
    return Meeting(key, committee, day, status, flags, shown, (*_odd_counts(element, key), *remarks, *nameless))


def _listed(committee: Any, row: Any) -> tuple[str, Listed]:
    key, name = identity(row, "meetingid"), title(committee, "committeetitle")
    day = uk_day(words(row, "meetingdate"), f"meeting {key}")
    return words(committee, "committeeid"), Listed(key, day, _status(row), name)


def _day_of(meeting: Any, key: str) -> str:
    """The day of a meeting, which its items state as well."""
    rows = (meeting, *meeting.iter("agendaitem"))
    stated = (day_or_none(words(row, name)) for row in rows for name in ("meetingdate", "actualmeetingdate"))
    return next(filter(None, stated), None) or uk_day(words(meeting, "meetingdate"), f"meeting {key}")


def _status(meeting: Any) -> str:
    """STANDS, or what the site calls a meeting that may not take place."""
    status = words(meeting, "meetingstatus")
    return STANDS if not status or takes_place(status) else status


def _item(row: Any) -> Item | None:
    """None for a heading."""
    order, name = words(row, "agendaitemnumber"), title(row, "agendaitemtitle")
    if not name or order.rstrip(".") == "0":
        return None
    key = identity(row, "agendaitemid")
    number = order if row.find("fulldisplaynumberformat") is None else words(row, "fulldisplaynumberformat")
    restricted = yes(row, "isrestricted") or bool(EXEMPT.search(name))
    agenda = row.findtext("agendatext") or ""
    minutes = _published(row, "minutesnonemptyhtmlbody", "isminutepublished")
    decision = _published(row, "decisionnonemptyhtmlbody", "isdecisionpublished")
    return Item(key, number.rstrip("."), name, agenda, minutes, decision, restricted, _papers(row, restricted))


def _published(row: Any, name: str, flag: str) -> str:
    """The HTML of an element, unless a flag says that it is a draft."""
    html = row.findtext(name) or ""
    return "" if words(row, flag).lower() == "false" or not html.strip() else html


def _papers(row: Any, restricted: bool) -> tuple[Attached, ...]:
    """The public documents of an item; those of a restricted one are none of them."""
    public = [d for d in row.iter("linkeddoc") if not (restricted or yes(d, "isrestricted"))]
    return tuple(readable(public, _attached, "documents")[0])


def _attached(row: Any) -> Attached:
    key, url, day = identity(row, "attachmentid"), words(row, "url"), words(row, "publicationdate")
    return Attached(key, title(row, "title"), url, day_or_none(day))


def _odd_counts(element: Any, key: str) -> tuple[str, ...]:
    stated, listed = words(element, "agendaitemscount"), sum(1 for _ in element.iter("agendaitem"))
    if not re.fullmatch(r"[0-9]{1,9}", stated) or int(stated) <= listed:
        return ()
    return (f"meeting {key} is said to have {counted(int(stated), 'item')} and shows {listed}",)
