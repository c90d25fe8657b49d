"""Records of a ModernGov meeting: the items that may concern an inspection, their minutes and their documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from monitor.model import Record
from spiders.committee_mark import Held
from spiders.moderngov_client import Site
from spiders.moderngov_service import Attached, Item, Meeting
from spiders.topics import may_concern
from spiders.word_text import may_hold, paragraphs


@dataclass(frozen=True, slots=True)
class Place:
    """Whose records they are, and the site whose pages they link to."""

    source: str
    target: str
    site: Site

    def record(self, kind: str, key: str, title: str, fields: dict[str, Any], **more: Any) -> Record:
        """A record that links to an item's page unless told otherwise."""
        url = more.pop("url", None) or self.site.item_url(key)
        return Record(self.source, self.target, kind, key, url, title, fields=fields, **more)


def concerning(meeting: Meeting) -> list[Item]:
    """The items that may concern an inspection, by title, documents' titles, agenda or minutes."""
    return [item for item in meeting.items if _concerns(item)]


def records_of(place: Place, meeting: Meeting, item: Item) -> list[Record]:
    """The item, and its minutes if they are there."""
    fields = _fields(Held(meeting.day, meeting.status, committee=meeting.committee), meeting.key, item.number)
    fields |= {"restricted": True} if item.restricted else {}
    published = min((d.day for d in item.documents if d.day), default=None)
    agenda, minutes = paragraphs(item.agenda), paragraphs(item.minutes)
    found = [place.record("item", item.key, item.title, fields, published=published, text=agenda or None)]
    if minutes:
        found.append(place.record("minutes", item.key, item.title, fields, text=minutes))
    return found


def document_of(place: Place, meeting: Meeting, item: Item, attached: Attached) -> Record:
    """A document of an item, not fetched yet."""
    fields = {"committee": meeting.committee, "meeting": meeting.key, "meeting_date": meeting.day, "item": item.key}
    url = place.site.document_url(attached.url, attached.key)
    return place.record("document", attached.key, attached.title, fields, published=attached.day, url=url)


def held(meeting: Meeting, items: Iterable[Item]) -> Held:
    """What is remembered of a meeting."""
    rows = tuple((item.key, item.number, item.title) for item in items)
    return Held(meeting.day, meeting.status, meeting.flags, meeting.committee if rows else "", rows)


def called_off(place: Place, before: Held, now: Meeting, items: Iterable[Item]) -> list[Record]:
    """The items of a meeting that no longer takes place, beyond those that it still shows: its agenda may have been
    taken down."""
    shown = {item.key for item in items}
    if now.status == before.status or now.status.lower() == "confirmed":
        return []
    told = Held(now.day, now.status, committee=before.committee)
    gone = [row for row in before.items if row[0] not in shown]
    return [place.record("item", item, title, _fields(told, now.key, number)) for item, number, title in gone]


def _fields(meeting: Held, key: str, number: str) -> dict[str, Any]:
    return {
        "committee": meeting.committee,
        "meeting": key,
        "meeting_date": meeting.day,
        "status": meeting.status,
        "number": number,
    }


def _concerns(item: Item) -> bool:
    titles = (item.title, *(document.title for document in item.documents))
    return may_concern(*titles) or may_hold(item.agenda) or may_hold(item.minutes)
