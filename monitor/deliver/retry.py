"""What becomes of a message that was not taken: it waits and is tried again, or it is given up and said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.events.sources import begun
from monitor.model import Event
from monitor.model.delivery import LONGEST_PAUSE, Message, Route
from monitor.model.event import Subject, event_id
from monitor.model.trouble import WHOLE, Episode, Reason, Trouble
from monitor.store import Store, outbox, owed, sending

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
"""Our own waits between tries; what the other side asks for is bounded by LONGEST_PAUSE."""
TAKEN_AT_ITS_WORD = 3
"""Attempts after which a short wait that the other side asks for is no longer believed to be enough."""
MAX_ATTEMPTS = 80
"""Attempts before a message is given up: with the waits above, a little over three days."""
MAX_WORDING_ATTEMPTS = 5
"""The same for what cannot be put into words: about ten minutes. Only another version of the program helps."""


def backoff(attempts: int, retry_after: float | None, jitter: float) -> timedelta:
    """Return how long to wait until the next attempt: as long as the other side asked for, or else twice as long each
    time. Others may have been refused at the same moment, so `jitter` (from 0 to 1) adds up to a quarter."""
    asked = timedelta(seconds=min(retry_after or 0, LONGEST_PAUSE.total_seconds()))
    backoff = min(FIRST_WAIT * (1 << min(attempts, 10)), LONGEST_WAIT)
    if asked and attempts < TAKEN_AT_ITS_WORD:
        return asked
    return max(asked, backoff * (1 + jitter / 4))


def give_up(
    store: Store, message: Message, reason: str, audience: Sequence[Channel], now: datetime, least: int = 0
) -> None:
    """Give up those deliveries of a message that have had at least `least` attempts. The other channels are told of it,
    once for as long as the route is down."""
    with store.transaction():
        sending.give_up(store, message, reason, least)
        told = _alarm(message.route, reason, owed.down_since(store, message.route), now)
        outbox.add(store, told, rules.recipients_of(told, _others(audience, message.route), now))


def put_off_wording(store: Store, message: Message, reason: str, audience: Sequence[Channel], now: datetime) -> bool:
    """Try a message that cannot be put into words again later, each event by itself, and after `MAX_WORDING_ATTEMPTS`
    give it up. Return True if it was given up.

    Everybody is told of that, also over the same channel, which works; and once, in however many channels it fails.
    """
    if message.attempts + 1 >= MAX_WORDING_ATTEMPTS:
        with store.transaction():
            sending.give_up(store, message, reason)
            alarm = _unsayable(store, message, reason, now)
            outbox.add(store, alarm, rules.recipients_of(alarm, audience, now))
        return True
    due = (now + backoff(message.attempts, None, 0)).astimezone(UTC).isoformat()
    sending.postpone(store, message, due, reason, maybe_sent=False, apart=True)
    return False


def _unsayable(store: Store, message: Message, reason: str, now: datetime) -> Event:
    told = _alarm(message.route, reason, now.isoformat(), now)
    named = event_id(told.kind, "wording", *sending.events_of(store, message))
    return replace(told, id=named, title=f"A message to {told.source} cannot be put into words")


def _alarm(route: Route, reason: str, since: str, now: datetime) -> Event:
    source = f"channel {route.channel}"
    episode = Episode(source, WHOLE, Trouble.CHANNEL, since, Reason(None, reason))
    told = begun([episode], Subject(), f"Channel {route.channel}", now.isoformat())
    return replace(told, id=event_id(told.kind, source, route.recipient, since))


def _others(audience: Sequence[Channel], route: Route) -> list[Channel]:
    """Everybody else, the other readers of the same channel too."""
    rest = {c.name: tuple(r for r in c.recipients if r != route.recipient) for c in audience}
    kept = [c for c in audience if c.name != route.channel or rest[c.name]]
    return [replace(c, recipients=rest[c.name]) if c.name == route.channel else c for c in kept]
