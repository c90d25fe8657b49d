"""Events made from what happened: their ids, severities and words. Pure.

An event's id is made from the happening (source, target, key, and which version of the document),
never from the time of finding it, so that the same happening found twice is one event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.diff import lifecycle
from monitor.diff.documents import Difference
from monitor.events import payload
from monitor.events.archive import Versions, correction, is_told_already
from monitor.inspections import judgements
from monitor.model import Change, Event, Letter, Record, Severity
from monitor.model.event import Subject, event_id
from monitor.model.letter import Inspection
from monitor.model.payload_parts import Archived
from monitor.model.payloads import ReportPayload
from monitor.model.state import ChangeType, RecordChange, Stored

ANNOUNCED_CHANGES = lifecycle.TOLD
"""The changes that people are told of, and the last word of the event's kind."""
FIRST_LISTED = ("published", "completed")
"""The changes with which a report, or at last its document, is there for the first time."""
LISTING = ("withdrawn", "returned")
"""What is told of a report's place on the page and not of what it says."""


def from_change(
    change: RecordChange,
    subject: Subject,
    letters: Mapping[str, Letter],
    history: Sequence[Inspection],
    at: str,
    differences: Sequence[Difference] | None = None,
    versions: Versions = Versions(),  # noqa: B008 - a frozen value
) -> Event | None:
    """The event that a change owes, or None. `letters` by sha256; `history` is the council's inspections;
    `differences` are those between two versions of the document, None where they could not be compared; `versions`
    are the documents of the council's reports that were known before."""
    word = ANNOUNCED_CHANGES.get(change.type)
    if word is None or (change.type == "replaced" and is_told_already(change, versions, differences)):
        return None
    record, read = change.after.record, _letter(change.after, letters)
    strange = of_another(read, subject)
    letter = None if strange else read
    after = payload.around(payload.after(record, letter), subject.page, record, letter, history)
    if word == "replaced" and differences is not None:
        after = payload.replaced(after, differences)
    if strange:
        after = replace(after, problems=(strange,))
    old = _letter(change.before, letters) if word == "replaced" else None
    event = _event(change, word, subject, at, letter, old, _earlier(record, letter, history), after)
    today = date.fromisoformat(at[:10])
    found = correction(record, letter, versions, history, today) if change.type in FIRST_LISTED else None
    return _archived(event, found) if found else event


def _event(
    change: RecordChange,
    word: str,
    subject: Subject,
    at: str,
    letter: Letter | None,
    old: Letter | None,
    earlier: Inspection | None,
    after: ReportPayload,
) -> Event:
    """The event of a change, as its letter reads: `old` is the document that was replaced, `earlier` the inspection
    that its judgements are compared with."""
    record, moved = change.after.record, _changes(word, old, letter, earlier)
    return Event(
        id=event_id(f"{record.kind}.{word}", record.source, record.target, record.key, change.after.versions),
        at=at,
        kind=f"{record.kind}.{word}",
        severity=severity(change.type, letter, moved, unread=after.unread),
        council=subject.council,
        urn=subject.urn,
        source=record.source,
        title=record.title,
        url=record.url,
        published=record.published,
        before=payload.before(word, change, old, earlier),
        after=after,
        changes=moved,
        document=payload.document(record, letter),
        summary=payload.with_moved(letter.summary, letter, moved) if letter and word not in LISTING else (),
    )


def _archived(event: Event, archive: Archived) -> Event:
    """The event of a report that is no news: information only, which moves nothing and quotes nothing."""
    about = event.after_as(ReportPayload)
    after = replace(about, findings=(), by_judgement={}, asked_again=(), history=(), archive=archive)
    return replace(event, severity="info", before=None, after=after, changes=(), summary=())


def of_another(letter: Letter | None, subject: Subject) -> str | None:
    """In words, that a document is about another council than the page that lists it: nothing that it says is
    said of either then."""
    if letter is None or None in (letter.urn, subject.urn) or letter.urn == subject.urn:
        return None
    return f"the document is about {letter.council or letter.urn}, but it is listed for {subject.council}"


def _letter(stored: Stored | None, letters: Mapping[str, Letter]) -> Letter | None:
    document = stored.record.document if stored else None
    return letters.get(document.sha256) if document else None


def _earlier(record: Record, letter: Letter | None, history: Iterable[Inspection]) -> Inspection | None:
    if letter is None:
        return None
    return judgements.previous(Inspection.of(record.key, record.url, record.published, letter), history)


def _changes(word: str, old: Letter | None, new: Letter | None, earlier: Inspection | None) -> tuple[Change, ...]:
    if new is None or word in LISTING:
        return ()
    if old is not None:
        return judgements.version_changes(old, new)
    return judgements.changes(earlier.letter if earlier else None, new)


def severity(type_: ChangeType, letter: Letter | None, moved: Iterable[Change], *, unread: bool = False) -> Severity:
    """How much it matters: inadequate or areas for priority action are critical; any judgement that moved, and a
    report that could not be read (`unread`), is important; a visit without grades or an inspection that moved nothing
    is a notice. A document that comes after its report was told (`completed`) weighs what the report would have
    weighed with it."""
    if type_ in LISTING or unread:
        return "important"
    moved = tuple(moved)
    if type_ == "replaced":
        return "important" if moved else "notice"
    if letter and ("inadequate" in letter.judgements.values() or letter.priority_actions):
        return "critical"
    return "important" if any(c.moved for c in moved) else "notice"
