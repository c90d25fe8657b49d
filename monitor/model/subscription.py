"""What people ask for from a channel: subscriptions, mutes, marks; and what of it they take back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subscription:
    """A council that a channel is told of because somebody there asked."""

    channel: str
    urn: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class WordSubscription:
    """Words that a channel is told of, whatever council they are said of, because somebody there asked."""

    channel: str
    words: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Mute:
    """A council that is muted in a channel until a time: the channel is told only what is critical of it."""

    channel: str
    urn: str
    until: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class NotRelevant:
    """Somebody's word that an event was not relevant there."""

    channel: str
    event: str
    story: str | None
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A subscription or a mute (`of`) that somebody took back."""

    of: type[Subscription] | type[Mute]
    channel: str
    urn: str


@dataclass(frozen=True, slots=True)
class WordsTakenBack:
    """A subscription to words that somebody took back."""

    channel: str
    words: str


Change = Subscription | WordSubscription | Mute | NotRelevant | TakenBack | WordsTakenBack


@dataclass(frozen=True, slots=True)
class Asked:
    """All that is asked for at present, in every channel."""

    subscriptions: tuple[Subscription, ...] = ()
    mutes: tuple[Mute, ...] = ()
    words: tuple[WordSubscription, ...] = ()
