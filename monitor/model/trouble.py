"""What is wrong with a source or one of its targets: why, since when, and what the store remembers of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.model.crawl import Outcome
from monitor.model.event import event_id

Targets = tuple[str, ...]
"""The targets that something is about. () is the source as a whole, so that no target's name can be taken for it."""
WHOLE: Targets = ()


class Trouble(StrEnum):
    """The kinds of trouble that people are told of. Their values are kept in the database and in events."""

    BROKEN = "broken"  # it could not be seen
    QUIET = "quiet"  # it can be seen, and has had nothing new for improbably long
    HELD = "held"  # it changed too much at once and is not believed
    HIDING = "hiding"  # the listing leaves out what the pages show
    UNREADABLE = "unreadable"  # it was seen, but the program failed on something in it
    CHANNEL = "channel"  # one of our own channels takes no messages
    QUEUE = "queue"  # the queue does not answer, or no worker takes crawls from it
    REPLICA = "replica"  # the copy off the machine is not written, or a drill could not restore it


@dataclass(frozen=True, slots=True)
class Reason:
    """Why. `outcome` is the poll's, where a poll says so; `words` are for operators. `second_hand`: it only follows
    from another target's trouble, as when the crawl ended before this target was reached."""

    outcome: Outcome | None
    words: str
    second_hand: bool = False

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Episode:
    """A spell of trouble, with its beginning (ISO 8601). `targets` is () where the whole source is in it."""

    source: str
    targets: Targets
    trouble: Trouble
    since: str
    reason: Reason

    @property
    def id(self) -> str:
        """The same at its beginning and at its end, however many episodes one message tells of."""
        return event_id("episode", self.source, self.trouble.value, list(self.targets), self.since)


@dataclass(frozen=True, slots=True)
class Health:
    """Why each broken target could not be seen, and, where they are many, the source's one reason."""

    broken: Mapping[str, Reason] = field(default_factory=dict)
    wide: Reason | None = None


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What a source (or one site of it) claimed that was too much, since when, and how many further runs claimed it."""

    since: str
    reason: str
    fingerprint: str
    confirmations: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """How far a source's own listing is believed. `swept`: a sweep of all pages has been held against it; `hides`:
    what it was found to leave out; `agreed`: sweeps in a row that have agreed with it since."""

    swept: bool = False
    hides: str | None = None
    agreed: int = 0


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between runs. `generation` counts every write of its state; `released`: a person
    said that its next whole crawl is believed; `not_before`: its host asked us to wait until then."""

    generation: int = 0
    released: bool = False
    not_before: datetime | None = None
    listing: Listing = Listing()
