"""Records of a ModernGov meeting: the items that may concern an inspection, their minutes and their documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from monitor.model import Kind, Record
from spiders.committees import fields
from spiders.committees.fields import same_title
from spiders.committees.memory import DECISIONS, MINUTES, Held
from spiders.committees.word_text import may_hold, paragraphs
from spiders.moderngov.service import STANDS, Attached, Item, Meeting
from spiders.moderngov.site import Site
from spiders.topics import may_concern


@dataclass(frozen=True, slots=True)
class Place:
    """Whose records they are, and the site whose pages they link to."""

    source: str
    target: str
    site: Site

    def record(self, kind: Kind, key: str, title: str, fields: dict[str, Any], **more: Any) -> Record:
        """A record that links to an item's page unless told otherwise."""
        url = more.pop("url", None) or self.site.item_url(key)
        return Record(self.source, self.target, kind, key, url, title, fields=fields, **more)


def concerning(meeting: Meeting) -> list[Item]:
    """The items that may concern an inspection, by title, documents' titles, agenda, minutes or decision."""
    return [item for item in meeting.items if _concerns(item)]


def known_again(meeting: Meeting, before: Held | None) -> Meeting:
    """The meeting, its items under the keys that they were told by: an agenda that is made anew gives each item a new
    id. An item is the same where one of its title has gone, and only one of each is called so."""
    if before is None:
        return meeting
    told, shown = {key for key, *_ in before.items}, {item.key for item in meeting.items}
    gone = Counter(same_title(title) for key, _, title in before.items if key not in shown)
    came = Counter(same_title(item.title) for item in meeting.items if item.key not in told)
    keys = {
        same_title(title): key for key, _, title in before.items if key not in shown and gone[same_title(title)] == 1
    }
    return replace(meeting, items=tuple(_under(item, keys, came, told) for item in meeting.items))


def _under(item: Item, keys: dict[str, str], came: Counter[str], told: set[str]) -> Item:
    title = same_title(item.title)
    again = title in keys and item.key not in told and came[title] == 1
    return replace(item, key=keys[title], page=item.key) if again else item


def records_of(place: Place, meeting: Meeting, item: Item) -> list[Record]:
    """The item, and its minutes if they are there; where there are none, what was decided stands in their place."""
    shown = fields.of_item(meeting, item.number) | ({"restricted": True} if item.restricted else {})
    published = min((d.day for d in item.documents if d.day), default=None)
    agenda, minutes, decision = paragraphs(item.agenda), paragraphs(item.minutes), paragraphs(item.decision)
    url = place.site.item_url(item.page or item.key)
    found = [place.record(Kind.ITEM, item.key, item.title, shown, published=published, text=agenda or None, url=url)]
    if minutes or decision:
        form = {} if minutes else {"form": "decision"}
        found.append(place.record(Kind.MINUTES, item.key, item.title, shown | form, text=minutes or decision, url=url))
    return found


def missing_outcome(meeting: Meeting) -> str | None:
    """MINUTES or DECISIONS where the service says that they are published and holds none: they are a PDF then."""
    shown = {MINUTES: any(i.minutes for i in meeting.items), DECISIONS: any(i.decision for i in meeting.items)}
    return next((kind for kind in shown if kind in meeting.flags), None) if not any(shown.values()) else None


def printed_of(place: Place, meeting: Meeting, item: Item, kind: str, url: str) -> Record:
    """The minutes of an item that stand in the printed ones of the whole meeting, at `url`; not fetched yet."""
    form = "printed minutes" if kind == MINUTES else "printed decisions"
    shown = fields.of_item(meeting, item.number) | {"form": form, "printed": url}
    page = place.site.item_url(item.page or item.key)
    return place.record(Kind.MINUTES, item.key, item.title, shown, url=page)


def document_of(place: Place, meeting: Meeting, item: Item, attached: Attached) -> Record:
    """A document of an item, not fetched yet."""
    shown = fields.of_paper(meeting, item.key)
    url = place.site.document_url(attached.url, attached.key)
    return place.record(Kind.DOCUMENT, attached.key, attached.title, shown, published=attached.day, url=url)


def held(meeting: Meeting, items: Iterable[Item], unseen: str | None = None) -> Held:
    """What is remembered of a meeting. Published minutes that are `unseen` do not count, so that it is opened again."""
    rows = tuple((item.key, item.number, item.title) for item in items)
    return Held(meeting.day, meeting.status, meeting.flags.replace(unseen or "-", ""), meeting.committee, rows)


def called_off(place: Place, before: Held, now: Meeting, items: Iterable[Item]) -> list[Record]:
    """The items of a meeting that no longer takes place, beyond those still shown: its agenda may be taken down."""
    shown = {item.key for item in items}
    if now.status == before.status or now.status == STANDS:
        return []
    told = replace(now, committee=before.committee)
    gone = [row for row in before.items if row[0] not in shown]
    return [place.record(Kind.ITEM, item, title, fields.of_item(told, number)) for item, number, title in gone]


def _concerns(item: Item) -> bool:
    titles = (item.title, *(document.title for document in item.documents))
    return may_concern(*titles) or any(map(may_hold, (item.agenda, item.minutes, item.decision)))
