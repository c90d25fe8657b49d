"""Which reports are no news although they are new on the page: the archive was put in order. Pure.

A site that moves gives its old files new numbers, and a server that has two copies of a file shows them in turn. What
decides is the document, by its hash and by its words, and how old it says that it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from monitor.diff.documents import Difference
from monitor.model import Letter, Record
from monitor.model.days import day
from monitor.model.letter import Inspection
from monitor.model.payload_parts import Archived
from monitor.model.state import RecordChange, Stored

ARCHIVE_AGE = timedelta(days=5 * 365)
"""A report that is first listed so long after its own date completes the archive. The slowest reports since 2013 came
out within a year of the visit; a watch that plays three recorded years must still tell them as they came."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The documents of one council's reports that were known before what is looked at: hashes by the report's key."""

    by_key: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Iterable[Stored], told: Iterable[tuple[str, str]] = ()) -> Versions:
        """From the records as the store has them, and from the versions (key, hash) that people were told of."""
        records = [stored.record for stored in known]
        kept = ((record.key, record.sha256) for record in records if record.sha256)
        by_key: dict[str, frozenset[str]] = {record.key: frozenset() for record in records}
        for key, sha256 in (*kept, *told):
            by_key[key] = by_key.get(key, frozenset()) | {sha256}
        return cls(by_key)

    def with_record(self, record: Record) -> Versions:
        """The same with a record that is looked at next."""
        had = self.by_key.get(record.key, frozenset())
        own = frozenset({record.sha256}) if record.sha256 else frozenset()
        return Versions({**self.by_key, record.key: had | own})

    def elsewhere(self, record: Record) -> str | None:
        """The key of another report that had the same document."""
        return next((key for key, had in self.by_key.items() if key != record.key and record.sha256 in had), None)


def correction(
    record: Record, letter: Letter | None, versions: Versions, history: Iterable[Inspection], today: date
) -> Archived | None:
    """Why a report that is first listed now is no news: it has the document, or word for word the reading, of a report
    that was known, or it is old by its own date."""
    known = versions.elsewhere(record) or _reads_like(record, letter, versions, history)
    if known:
        return Archived(why="same document", known_as=known)
    stated = day(_own_date(letter) or record.published)
    return Archived(why="old") if stated and today - stated > ARCHIVE_AGE else None


def _reads_like(record: Record, letter: Letter | None, versions: Versions, history: Iterable[Inspection]) -> str | None:
    """The key of a known report that says exactly the same, in a file that only differs by a stamp."""
    if letter is None or letter.kind == "unknown":
        return None
    others = (i for i in history if i.key != record.key and i.key in versions.by_key)
    return next((i.key for i in others if _as_read(i.letter) == _as_read(letter)), None)


def _as_read(letter: Letter) -> Letter:
    return replace(letter, sha256="", file=None)


def _own_date(letter: Letter | None) -> str | None:
    """The latest day that a letter states of itself. Where its visit's year is worked out, that is from its date."""
    return max(filter(None, (letter.letter_date, letter.inspection_end)), default=None) if letter else None


def is_told_already(change: RecordChange, versions: Versions, differences: Sequence[Difference] | None) -> bool:
    """Whether a replaced document is one that people know: a version that they were told of, as where a source shows
    two in turn, or the same words in another file. `differences` is None where the two could not be compared."""
    record = change.after.record
    had = versions.by_key.get(record.key, frozenset())
    late = change.before is None  # told once it could be read, so its own document is known
    return record.sha256 is not None and not late and (record.sha256 in had or differences == [])
