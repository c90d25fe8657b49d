"""ModernGov's "what's new" feed: what it lists, and what of that is new since the last look.

Titles read "Agenda published: Meeting of Monday, 12th October, 2026 6.30 pm, Cabinet"; links name committee and
meeting. It lists the last five to twenty things, so whoever comes too late finds a gap.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from spiders.committees.names import matters
from spiders.committees.word_text import plain_title
from spiders.http.addresses import joined
from spiders.http.xml import words

ROOTS = ("rss", "feed", "rdf")
IDS = {name: name for name in ("cid", "mid", "id", "iid", "aiid", "uid", "planid")} | {"meetingid": "mid"}
"""The parameters that identify what a link leads to; the others (Ver, EVT, T, bcr, XXR) say how to show it."""
OF_A_MEETING = re.compile(r"(agenda|minutes|decision sheet) published|meeting (held|cancelled|moved)", re.I)
DAY = 16
"""The length of "Tue, 07 May 2024". The day is enough to see that something was published again. Where a feed dates
everything by the moment of the request, it looks new once a day at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication. `identity` stays while the feed lists it; `edition` tells its day; `committee` is an id."""

    title: str
    meeting: str | None
    identity: str
    edition: str
    committee: str | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What of a feed is new: the meetings that it names, and whether some of it may have been missed."""

    meetings: tuple[str, ...]
    gap: bool


def entries(root: Any) -> list[Entry]:
    """The entries of RSS or Atom, as `xml_root` gives it."""
    return [_entry(element) for element in root.iter("item", "entry")]


def digest(found: Iterable[Entry]) -> str:
    """The same for the same entries in any order."""
    return _hash("\n".join(sorted(entry.edition for entry in found)), 16)


def news(found: Iterable[Entry], seen: tuple[str, ...]) -> News:
    """What is new to one who has `seen` these editions. There is a gap if none of them is listed any more, or if
    something was published of a meeting that the link does not name."""
    listed = list(found)
    known = {edition[:8] for edition in seen}
    fresh = [entry for entry in listed if entry.edition not in seen and matters(entry.title)]
    nameless = any(entry.meeting is None and OF_A_MEETING.match(entry.title) for entry in fresh)
    gap = nameless or not known & {entry.identity for entry in listed}
    return News(tuple(dict.fromkeys(entry.meeting for entry in fresh if entry.meeting)), gap)


def _entry(element: Any) -> Entry:
    title = plain_title(words(element, "title"))
    page, ids = _link(element)
    identity = _hash(f"{page} {sorted(ids.items())} {title}", 8)
    days = (words(element, name) for name in ("pubdate", "updated", "published", "date"))
    day = next((text for text in days if text), "")
    return Entry(title, ids.get("mid"), identity, identity + _hash(day[:DAY], 4), ids.get("cid"))


def _link(element: Any) -> tuple[str, dict[str, str]]:
    """The page's name and the parameters that identify what it shows; hosts and paths of an install may differ."""
    found = element.find("link")
    address = (words(element, "link") or (found.get("href") or "" if found is not None else "")).strip()
    parts = urlsplit(joined("", address))
    ids = {IDS[name.lower()]: value for name, value in parse_qsl(parts.query) if name.lower() in IDS}
    return parts.path.rpartition("/")[2].lower(), ids


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
