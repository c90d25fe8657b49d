"""Records as the store has them, what happened to them, and targets as a crawl leaves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from monitor.model import Known, Poll, Record

State = Literal["listed", "pending", "missing", "gone"]

ChangeType = Literal[
    "baseline",  # seen on a target's first healthy poll: nobody is told
    "published",  # a new publication
    "held",  # new, but its document could not be had yet
    "replaced",  # another document behind the same key
    "completed",  # announced without its document, which has come now
    "filled",  # known from the baseline without its document, which has come now
    "changed",  # what is news of its kind reads differently now: a meeting called off, a page rewritten
    "corrected",  # the site describes the same thing differently
    "reworded",  # only its text reads differently, as after a better extraction
    "missing",  # absent for the first time: remembered, not believed
    "withdrawn",  # absent again, hours later
    "superseded",  # its place was taken by a newer one, as in a list of latest reports
    "reappeared",  # absent for a while, of which nobody was told, and back again
    "returned",  # told as withdrawn, and back again
]

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as the store has it. `versions` counts how often something began anew under its key: another
    document, other news, a return; `announced`: people were told of it."""

    record: Record
    state: State
    first_seen: str
    missing_since: str | None = None
    announced: bool = False
    versions: int = 1


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One thing that happened to one record: how it was, how it is now."""

    type: ChangeType
    before: Stored | None
    after: Stored


def key_of(record: Record) -> Key:
    """What names a record within its target."""
    return record.kind, record.key


@dataclass(frozen=True, slots=True)
class PolledTarget:
    """A target as a crawl left it: the poll that closed it and the records before it."""

    poll: Poll
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownTarget:
    """What the store knew of a target before a run. `baselined`: a healthy poll has been seen; `released`: a person
    said that its next look is believed."""

    known: Mapping[Key, Stored] = field(default_factory=dict)
    baselined: bool = False
    released: bool = False


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the next crawl is told of a record, which need not be loaded for it: its state, its day, its document, and
    whether the site has said that it has none."""

    state: State
    published: str | None = None
    document: Known | None = None
    gone: bool = False


SEARCH = "search"
"""The target that is Ofsted's own listing; see `Shows.listing`."""


class End(StrEnum):
    """How a run of a job ended."""

    DONE = "done"
    UNSEEN = "unseen"  # the source could not be read or believed, or another process crawled it
    FAULT = "fault"  # a fault of ours
    PASSED = "passed"  # the slot needed no run of its own


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of a job ended, and `words` for operators."""

    end: End
    words: str


DONE = Ended(End.DONE, "ok")


@dataclass(frozen=True, slots=True)
class Last:
    """What the ledger says of a job: its newest slot, and how that went. `finished` is None where it did not."""

    slot: datetime
    attempts: int
    started: datetime | None
    finished: datetime | None
    ended: Ended | None
