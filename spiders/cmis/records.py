"""Makes the records of a CMIS meeting: its agenda items, their papers, and its own minutes. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.model import Kind, Record
from spiders.cmis.agenda import Item
from spiders.cmis.lines import Link
from spiders.cmis.links import document_key
from spiders.cmis.meeting import STANDS, Meeting
from spiders.committees import fields
from spiders.committees.fields import same_title
from spiders.committees.memory import Held
from spiders.topics import may_concern

Kept = tuple[str, str, str]
"""An item as the memory keeps it: key, number, title."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose records they are."""

    source: str
    target: str

    def item(self, meeting: Meeting, key: str, item: Item) -> Record:
        """Make the record of an agenda item. It links to the meeting's page: items have none of their own."""
        found = fields.of_item(meeting, item.number) | ({"restricted": True} if item.restricted else {})
        text = "\n".join(item.text) or None
        return Record(self.source, self.target, Kind.ITEM, key, meeting.url, item.title, fields=found, text=text)

    def paper(self, meeting: Meeting, item: str, paper: Link) -> Record:
        """Make the record of a paper, not fetched yet."""
        found = fields.of_paper(meeting, item)
        key = document_key(meeting.key, paper.address)
        return Record(self.source, self.target, Kind.DOCUMENT, key, paper.address, paper.title, fields=found)

    def minutes(self, meeting: Meeting, key: str, item: Item, minutes: Link) -> Record:
        """Make the record of an item's minutes, which stand in those of the whole meeting; not fetched yet."""
        found = fields.of_item(meeting, item.number) | {"form": "printed minutes", "printed": minutes.address}
        return Record(self.source, self.target, Kind.MINUTES, key, meeting.url, item.title, fields=found)

    def called_off(self, meeting: Meeting, before: Held, shown: Iterable[str]) -> list[Record]:
        """Records of the remembered items of a meeting that no longer takes place, if its page has dropped them."""
        if meeting.status in (STANDS, before.status):
            return []
        gone = [kept for kept in before.items if kept[0] not in set(shown)]
        return [self.item(meeting, key, Item(number, title)) for key, number, title in gone]


def items_of(meeting: Meeting, *, every: bool) -> list[Item]:
    """Return the items that may concern an inspection, by their titles, texts or papers; with `every` all of them.

    A paper that belongs to no item stands for one.
    """
    loose = [Item("", paper.title, papers=[paper]) for paper in meeting.agenda.loose if paper.address]
    return [item for item in (*meeting.agenda.items, *loose) if every or _concerns(item)]


def keyed(meeting: str, items: Sequence[Item], kept: Sequence[Kept]) -> list[tuple[str, Item]]:
    """Give each item its key, of its meeting and title, because the site gives it none.

    An item whose title has changed keeps its key if an item was remembered under its number and is no longer there.
    Of several items with one title the second and later ones get a number.
    """
    titles = {same_title(item.title) for item in items}
    gone = {number: key for key, number, title in kept if number and same_title(title) not in titles}
    known = {same_title(title): key for key, _, title in reversed(kept)}
    keys: dict[str, Item] = {}
    for item in items:
        title = same_title(item.title)
        key = known.get(title) or gone.get(item.number) or f"{meeting}-{_digest(title)}"
        while key in keys:
            key = f"{key}+"
        keys[key] = item
    return list(keys.items())


def _concerns(item: Item) -> bool:
    return may_concern(item.title, "\n".join(item.text), *(paper.title for paper in item.papers))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
