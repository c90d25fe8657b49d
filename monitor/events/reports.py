"""Events made from what happened: their ids, severities and words. Pure.

An event's id is made from the happening (source, target, key, and which version of the document),
never from the time of finding it, so that the same happening found twice is one event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.diff.documents import Difference
from monitor.diff.lifecycle import TOLD
from monitor.events import payload
from monitor.events.archive import Versions, correction, is_told_already
from monitor.inspections import judgements
from monitor.model import Change, Event, Letter, Record, Severity
from monitor.model.event import Subject, event_id
from monitor.model.letter import Inspection
from monitor.model.payload_parts import Archived
from monitor.model.payloads import ReportPayload
from monitor.model.state import ChangeType, RecordChange, Stored

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
    word = TOLD.get(change.type)
    if word is None or (change.type == "replaced" and is_told_already(change, versions, differences)):
        return None
    told = _told(change, word, subject, letters, history)
    event = _event(told, _after(told, history, differences), at)
    if change.type not in FIRST_LISTED:
        return event
    found = correction(told.record, told.letter, versions, history, date.fromisoformat(at[:10]))
    return _archived(event, found) if found else event


@dataclass(frozen=True, slots=True)
class _Told:
    """A change that people are told of, and what its documents say: `letter` is there now, `old` was replaced by it,
    `earlier` is the inspection that its judgements are compared with. `strange` says that the document is about another
    council; then there is no `letter`."""

    change: RecordChange
    word: str
    subject: Subject
    letter: Letter | None
    old: Letter | None
    earlier: Inspection | None
    strange: str | None

    @property
    def record(self) -> Record:
        return self.change.after.record

    @property
    def moved(self) -> tuple[Change, ...]:
        """The judgements that differ."""
        if self.letter is None or self.word in LISTING:
            return ()
        if self.old is not None:
            return judgements.version_changes(self.old, self.letter)
        return judgements.changes(self.earlier.letter if self.earlier else None, self.letter)


def _told(
    change: RecordChange, word: str, subject: Subject, letters: Mapping[str, Letter], history: Sequence[Inspection]
) -> _Told:
    read = _letter(change.after, letters)
    strange = of_another(read, subject)
    letter = None if strange else read
    old = _letter(change.before, letters) if word == "replaced" else None
    return _Told(change, word, subject, letter, old, _earlier(change.after.record, letter, history), strange)


def _after(told: _Told, history: Sequence[Inspection], differences: Sequence[Difference] | None) -> ReportPayload:
    after = payload.after(told.record, told.letter)
    after = payload.around(after, told.subject.page, told.record, told.letter, history)
    if told.word == "replaced" and differences is not None:
        after = payload.replaced(after, differences)
    return replace(after, problems=(told.strange,)) if told.strange else after


def _event(told: _Told, after: ReportPayload, at: str) -> Event:
    record, letter, moved = told.record, told.letter, told.moved
    kind = f"{record.kind}.{told.word}"
    return Event(
        id=event_id(kind, record.source, record.target, record.key, told.change.after.versions),
        at=at,
        kind=kind,
        severity=severity(told.change.type, letter, moved, unread=after.unread),
        council=told.subject.council,
        urn=told.subject.urn,
        source=record.source,
        title=record.title,
        url=record.url,
        published=record.published,
        before=payload.before(told.word, told.change, told.old, told.earlier),
        after=after,
        changes=moved,
        document=payload.document(record, letter),
        summary=payload.with_moved(letter.summary, letter, moved) if letter and told.word not in LISTING else (),
    )


def _archived(event: Event, archive: Archived) -> Event:
    """The event of a report that is no news: information only, which moves nothing and quotes nothing."""
    about = event.after_as(ReportPayload)
    after = replace(about, findings=(), by_judgement={}, asked_again=(), history=(), archive=archive)
    return replace(event, severity="info", before=None, after=after, changes=(), summary=())


def of_another(letter: Letter | None, subject: Subject) -> str | None:
    """In words, that a document is about another council than its page's: nothing of it is said of either then."""
    if letter is None or None in (letter.urn, subject.urn) or letter.urn == subject.urn:
        return None
    return f"the document is about {letter.council or letter.urn}, but it is listed for {subject.council}"


def _letter(stored: Stored | None, letters: Mapping[str, Letter]) -> Letter | None:
    return letters.get(stored.record.sha256 or "") if stored else None


def _earlier(record: Record, letter: Letter | None, history: Iterable[Inspection]) -> Inspection | None:
    if letter is None:
        return None
    return judgements.previous(Inspection.of(record.key, record.url, record.published, letter), history)


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
