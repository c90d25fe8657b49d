"""Documents that an earlier look could not read: read now, placed in their stories, and what was told is put right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.model import Event, Letter
from monitor.model.state import ChangeType, RecordChange, Stored
from monitor.store import Store, outbox, readings, records
from monitor.watch import known, place
from monitor.watch.announce import Names, corrected
from monitor.watch.decide import Decision, concerned, decide
from monitor.watch.known import Run
from monitor.watch.place import NOT_LETTERS
from monitor.watch.understand import Readers, Understood, described


def read(store: Store, run: Run, readers: Readers) -> list[str]:
    """Read what is still unread of a source's documents; the hashes that were read."""
    return readers.shelf.read(readings.unread(store, run.source)) if readers.shelf else []


def decide_late(
    store: Store, shas: Collection[str], run: Run, readers: Readers, names: Names, now: datetime
) -> Decision:
    """What follows from documents that have been read since their records were told of."""
    letters = records.letters(store, shas)
    stored = [s for s in records.records(store, run.source) if s.record.sha256 in letters]
    before = known.load(store, run, {s.record.target for s in stored})
    found = Understood(changes=tuple(RecordChange(_type(s, letters), None, s) for s in stored))
    found = described(found, store, before, readers)
    papers = (c.after.record for c in found.changes)
    items = (item for made in found.items.values() for item in made)
    around = place.load(store, run.source, papers, items, concerned(found, names))
    decision = decide(before, found, around, run, names, now, readers.pages, judging=False)
    return replace(decision, events=_put_right(store, decision.events))


def _type(stored: Stored, letters: dict[str, Letter]) -> ChangeType:
    """How the record was told of; of what nobody was told, or what says nothing after all, nobody is told now."""
    letter = letters[stored.record.sha256 or ""]
    replaced = stored.versions > 1
    if letter.kind in NOT_LETTERS or not (stored.announced or replaced):
        return "baseline"
    return "replaced" if replaced else "published"


def _put_right(store: Store, events: Sequence[Event]) -> list[Event]:
    """Events that were told already are told again as corrections, under ids of their own."""
    told = outbox.known(store, [e.id for e in events])
    return [corrected(e) if e.id in told else e for e in events]
