"""What is owed to whom, and what goes out together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from monitor.model import Event

LONGEST_PAUSE = timedelta(hours=6)
"""No message waits longer for its next try, whatever the other side asks for: a wrong `Retry-After`, or a clock that
was wrong for a moment, must not silence a channel."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A delivery to be made: which event, over which channel, to whom (e-mail), from when on."""

    event: str
    channel: str
    recipient: str
    due: str


class Share(NamedTuple):
    """What decides with which others an event goes out: whether it goes `alone`, the place of its severity among all,
    its story (of what does not go alone) and its committee's meeting. `outage`: it is about a source or a channel."""

    alone: bool = False
    severity: int = 0
    story: str | None = None
    meeting: str | None = None
    urn: str | None = None
    outage: bool = False


NOTHING_SHARED = Share()


@dataclass(frozen=True, slots=True)
class PendingDelivery:
    """A delivery that is owed. `message` is set where an attempt may have been accepted; `put_off`: it was
    tried and is to be tried again from `due` on; `apart`: it cannot go out together with others, for it could not
    be put into words; `share` says with which others it goes out."""

    id: int
    due: datetime
    attempts: int = 0
    message: str | None = None
    put_off: bool = False
    critical: bool = False
    apart: bool = False
    share: Share = NOTHING_SHARED


@dataclass(frozen=True, slots=True)
class Batch:
    """Deliveries that go out together: as the message that they are already, or (None) as a new one.
    `ahead_of_schedule`: they are tried before their own time, because a later message's has come; such a try does not
    count as an attempt."""

    ids: tuple[int, ...]
    due: datetime
    message: str | None = None
    attempts: int = 0
    ahead_of_schedule: bool = False


class Route(NamedTuple):
    """A channel, and who reads it where each reader gets a message (e-mail)."""

    channel: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Message:
    """Deliveries that go out together, their events in the order in which they are shown. `attempts` already made;
    `maybe_sent`: one of them ended without our knowing whether the message was taken."""

    id: str
    route: Route
    ids: tuple[int, ...]
    events: tuple[Event, ...]
    attempts: int
    maybe_sent: bool
