"""What a look has brought, understood: pages and documents read, records compared with what is known.

No lock is held, for this may take minutes. Whatever fails on one record is a value of its own, `Unreadable`: the record
is left out, its site is looked at anew next time, and everything else goes its way.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from monitor.coverage import pages as coverage_pages
from monitor.coverage.pages import Page
from monitor.diff import documents
from monitor.diff import records as record_changes
from monitor.diff.documents import Difference
from monitor.diff.lifecycle import TOLD
from monitor.health import judge
from monitor.model import Letter, Quote, Record
from monitor.model.crawl import RecordName
from monitor.model.letter import NotReadError
from monitor.model.state import KnownTarget, PolledTarget, RecordChange
from monitor.model.trouble import Reason
from monitor.store import Store, outbox, readings, records
from monitor.stories.item import StoryItem
from monitor.watch import place
from monitor.watch.isolation import Unreadable, sound
from monitor.watch.known import Known
from monitor.watch.reading import Reader, Shelf
from monitor.watch.whole_documents import without_damaged

log = logging.getLogger("ofsted-watch")


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads documents and pages; None where a source has none."""

    shelf: Shelf | None = None
    pages: coverage_pages.Reader | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """Targets as a crawl left them, and what they are beside what was known. `pages`, `items` (of stories) and
    `differences` (of two versions) are by the record's name; `told` are the versions
    (key, hash) that people were told of, by target; `unread` are documents that are still to be read."""

    closed: tuple[PolledTarget, ...] = ()
    broken: Mapping[str, Reason] = field(default_factory=dict)
    changes: tuple[RecordChange, ...] = ()
    pages: Mapping[RecordName, Page] = field(default_factory=dict)
    items: Mapping[RecordName, Sequence[StoryItem]] = field(default_factory=dict)
    letters: Mapping[str, Letter] = field(default_factory=dict)
    differences: Mapping[RecordName, Sequence[Difference] | None] = field(default_factory=dict)
    told: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    unreadable: tuple[Unreadable, ...] = ()

    def without(self, lost: Sequence[Unreadable]) -> Understood:
        """The same without the records on which something failed."""
        names = {u.name for u in lost}
        kept = tuple(c for c in self.changes if c.after.record.name not in names)
        return replace(self, changes=kept, unreadable=(*self.unreadable, *lost))


def dated(closed: PolledTarget, today: date) -> tuple[PolledTarget, list[Unreadable]]:
    """A target without the dates that cannot be meant; a record on which that fails is left out."""
    try:
        return judge.dated(closed, today), []
    except Exception:  # noqa: BLE001 - found again below, with its record
        alone, lost = sound(closed.records, lambda r: _dated(closed, r, today), lambda r: r)
        return replace(closed, records=tuple(alone)), lost


def _dated(closed: PolledTarget, record: Record, today: date) -> Record:
    return judge.dated(replace(closed, records=(record,)), today).records[0]


def understand(
    store: Store, closed: Sequence[PolledTarget], known: Known, readers: Readers, now: datetime
) -> Understood:
    """Read what is unread, compare, and say what each changed record is."""
    if readers.shelf:
        readers.shelf.read_new((r.target, r.sha256) for c in closed for r in c.records if r.sha256)
        closed = without_damaged(closed, records.unknown(store))
    broken = judge.broken_targets(closed, known.targets)
    return described(_compared(Understood(tuple(closed), broken), known.targets, now), store, known, readers)


def described(found: Understood, store: Store, known: Known, readers: Readers) -> Understood:
    """With what each changed record says and is."""
    found = _with_letters(_with_pages(found, readers.pages), store, known.targets)
    return _with_items(_with_differences(_with_told(found, store), store, readers.shelf), readers.pages)


def _compared(found: Understood, known: Mapping[str, KnownTarget], now: datetime) -> Understood:
    """With what happened to each record. Nothing is called gone on the word of a broken poll."""
    trusted = [judge.trusted(c, found.broken) for c in found.closed]
    changes, lost = list[RecordChange](), list[Unreadable]()
    for target in trusted:
        made, failed = _target(target, known.get(target.poll.target, KnownTarget()), now)
        changes += made
        lost += failed
    return replace(found, changes=tuple(changes), unreadable=tuple(lost))


def _target(closed: PolledTarget, known: KnownTarget, now: datetime) -> tuple[list[RecordChange], list[Unreadable]]:
    def compare(seen: PolledTarget) -> list[RecordChange]:
        return record_changes.compare(seen.poll, seen.records, known.known, now, baselined=known.baselined)

    try:
        return compare(closed), []
    except Exception:  # noqa: BLE001 - found again below, with its record
        open_ended = replace(closed.poll, complete=False)
        alone, lost = sound(closed.records, lambda r: compare(PolledTarget(open_ended, (r,))), lambda r: r)
        return [change for changes in alone for change in changes], lost


def _with_pages(found: Understood, reader: coverage_pages.Reader | None) -> Understood:
    """With what each page says, and its facts on its record; a letter's facts are its reading's."""
    if reader is None:
        return found
    read, lost = sound(found.changes, reader.read, _record)
    pages = {page.record.name: page for page in read}
    return replace(found, changes=tuple(p.change for p in read), pages=pages).without(lost)


def _with_letters(found: Understood, store: Store, known: Mapping[str, KnownTarget]) -> Understood:
    """Add the letters that the changes are about, and the other letters of councils whose letters are told."""
    shas = {sha for c in found.changes for s in (c.before, c.after) if s and (sha := s.record.sha256)}
    if not found.pages:
        told = {c.after.record.target for c in found.changes if c.type in TOLD}
        shas |= {sha for t in told & known.keys() for s in known[t].known.values() if (sha := s.record.sha256)}
    unread = readings.waiting(store, shas)
    return replace(found, letters=records.letters(store, shas), unread=frozenset(unread))


def _with_told(found: Understood, store: Store) -> Understood:
    """Add the versions of reports that people were told of before, for the councils that are told of now."""
    if found.pages:
        return found
    concerned = {(c.after.record.source, c.after.record.target) for c in found.changes if c.type in TOLD}
    told = {target: outbox.versions_told(store, source, target) for source, target in concerned}
    return replace(found, told=told)


def _with_differences(found: Understood, store: Store, shelf: Shelf | None) -> Understood:
    """With what two versions of a document say differently, where both are kept."""
    if shelf is None or found.pages:
        return found
    replaced = [c for c in found.changes if c.type == "replaced"]
    made, lost = sound(replaced, lambda c: (c.after.record.name, _differences(store, c, shelf.reader)), _record)
    return replace(found, differences=dict(made), unreadable=(*found.unreadable, *lost))


def _differences(store: Store, change: RecordChange, reader: Reader) -> list[Difference] | None:
    """What two versions say differently; None where one of them is not kept or has no words."""
    paths = [store.document_path(sha) for s in (change.before, change.after) if s and (sha := s.record.sha256)]
    if len(paths) < 2 or not all(path.exists() for path in paths):
        return None
    before, after = (_quotes(reader, path) for path in paths)
    return documents.compare(before, after) if before and after else None


def _quotes(reader: Reader, path: Path) -> list[Quote]:
    try:
        return [Quote(paragraph.text, paragraph.page) for paragraph in reader.paragraphs(path)]
    except NotReadError as error:
        log.warning("the paragraphs of %s could not be read: %s", path.name, error)
        return []


def _with_items(found: Understood, reader: coverage_pages.Reader | None) -> Understood:
    """With what each record is in its councils' stories."""

    def items(change: RecordChange) -> tuple[RecordName, list[StoryItem]]:
        name = change.after.record.name
        page = found.pages.get(name)
        says = replace(page.says, urns=reader.urns(page)) if page and reader else None
        return name, place.items_of(change, found.letters, says)

    made, lost = sound(found.changes, items, _record)
    return replace(found, items=dict(made)).without(lost)


def _record(change: RecordChange) -> Record:
    return change.after.record
