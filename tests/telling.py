"""Letters and pages as tests of stories want them: only what matters is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from monitor.coverage import Coverage
from monitor.model import Fact, Letter, Quote, Record
from monitor.model.sources import OFSTED
from monitor.store import Store, records
from monitor.store import stories as kept
from monitor.stories.arranging import Arranged, Correction, arrange
from monitor.stories.item import StoryItem, of_letter, of_page
from monitor.watch import place
from tests.making import document

URN = "80461"


def ofsteds(
    key: str, published: str, kind: str = "ilacs", visit: tuple[str, str] | None = None, **more: Any
) -> StoryItem:
    """A letter of Ofsted's; its document's hash is made from its key."""
    sha = f"{int(key):064x}"
    start, end = visit or (None, None)
    letter = Letter(kind, sha, 8, inspection_start=start, inspection_end=end, **more)
    record = Record(
        "ofsted", URN, "report", key, f"https://ofsted.example/{key}", "Letter", published, {}, document(sha)
    )
    return of_letter(record, letter, URN)


def take(store: Store, urn: str, items: Iterable[StoryItem]) -> Arranged:
    """Place a council's new items, or newer versions of them, as the commit of a look does. Inside a transaction."""
    new = list(items)
    known = place.load(store, OFSTED, (), new, [urn]).councils
    read = records.letters(store, (i.sha256 for i in new if i.letter and i.sha256))
    found, lost = place.placed(known, new, read)
    assert not lost
    if found[urn] is not known[urn]:
        kept.save(store, urn, found[urn].arranged, kept.rows_of(found[urn].arranged, known[urn].stored))
    return found[urn].arranged


def quotes(*sentences: str) -> list[Quote]:
    return [Quote(text, 1) for text in sentences]


def page(
    key: str,
    published: str | None,
    text: str = "",
    source: str = "newsroom",
    *,
    kind: str | None = None,
    visits: tuple[tuple[str, str], ...] = (),
    letters: tuple[str, ...] = (),
    facts: tuple[Fact, ...] = (),
    record: str = "article",
    **more: Any,
) -> StoryItem:
    """A page of the council's newsroom, or of another source; `kind` is that of the letter it speaks of."""
    given = {"title": "Ofsted", "fields": {}, "kind": record, "target": URN, **more}
    found = Record(source, url=f"https://{source}.example/{key}", key=key, published=published, text=text, **given)
    return of_page(found, Coverage(True, "", (URN,), kind, visits, letters, facts=facts), URN)


def item(key: str, meeting: str, record: str = "item", **more: Any) -> StoryItem:
    """An agenda item, its minutes, or (with `item` in its fields) a paper attached to it."""
    fields = {"committee": "Children's Scrutiny", "meeting": "7", "meeting_date": meeting, **more.pop("fields", {})}
    return page(key, None, source="moderngov", record=record, fields=fields, **more)


def together(found: Arranged) -> set[frozenset[str]]:
    """Which keys are in one story, whatever it is called."""
    return {frozenset(m.piece.key for m in s.members) for s in found.stories}


def stories(*pieces: StoryItem, hands: tuple[Correction, ...] = ()) -> Arranged:
    return arrange(pieces, hands)
