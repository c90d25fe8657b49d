"""New file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from monitor.model import Poll, Record

State = Literal["listed", "pending", "missing", "gone"]

Verb = Literal[
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

    verb: Verb
    before: Stored | None
    after: Stored


def key_of(record: Record) -> Key:
    """What names a record within its target."""
    return record.kind, record.key


QUARANTINED = "quarantine"
"""The target of the episode in which a source is held."""


WHOLE = ""
"""The target that stands for a source as a whole."""

QUIET = "quiet"
"""The target of the episode in which a healthy source says nothing new; "quiet:TARGET" for one of its targets."""


@dataclass(frozen=True, slots=True)
class PolledTarget:
    """A target as a crawl left it: the poll that closed it and the records before it."""

    poll: Poll
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownTarget:
    """What the store knew of a target before a run. `baselined`: a healthy poll has been seen."""

    known: Mapping[Key, Stored] = field(default_factory=dict)
    baselined: bool = False


@dataclass(frozen=True, slots=True)
class Episode:
    """A spell in which a target (or a source: `WHOLE`) could not be seen."""

    target: str
    since: str
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """Why each broken target could not be seen, and, where they are many, the source's one reason."""

    broken: Mapping[str, str]
    wide: str | None = None


def quiet(target: str) -> str:
    """The name of the episode in which a target, or the source (`WHOLE`), is quiet."""
    return f"{QUIET}:{target}" if target else QUIET


def unquiet(target: str) -> str | None:
    """The target that an episode of quiet is about; None for any other episode."""
    name, _, of = target.partition(":")
    return of if name == QUIET else None


SEARCH = "search"
"""The target that is a source's own listing."""


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What a source claimed that was too much, since when, and how many runs have claimed it again."""

    since: str
    reason: str
    fingerprint: str
    confirmations: int = 0


@dataclass(frozen=True, slots=True)
class Last:
    """What the ledger says of a job: its newest slot, and how that went. `finished` is None where it did not."""

    slot: datetime
    attempts: int
    started: datetime | None
    finished: datetime | None
    outcome: str | None
