"""What becomes of a message that was not taken: it waits and is tried again, or it is given up and said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.events.sources import begun
from monitor.model import DeliveryError, Event
from monitor.model.delivery import Message, Route
from monitor.model.event import Subject, event_id
from monitor.model.trouble import WHOLE, Episode, Reason, Trouble
from monitor.store import Store, outbox, sending

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
LONGEST_ASKED = timedelta(days=7)
"""A longer wait than this is not asked for in earnest."""
TAKEN_AT_ITS_WORD = 3
"""Attempts after which a short wait that the other side asks for is no longer believed to be enough."""
MAX_ATTEMPTS = 80
"""Attempts before a message is given up: with the waits above, a little over three days."""


def backoff(attempts: int, retry_after: float | None, jitter: float) -> timedelta:
    """How long until the next attempt: what the other side asked for, or else doubling, to which a `jitter` from
    0 to 1 adds up to a quarter, for others have been refused at the same time."""
    asked = timedelta(seconds=min(retry_after or 0, LONGEST_ASKED.total_seconds()))
    backoff = min(FIRST_WAIT * (1 << min(attempts, 10)), LONGEST_WAIT)
    if asked and attempts < TAKEN_AT_ITS_WORD:
        return asked
    return max(asked, backoff * (1 + jitter / 4))


def schedule_retry(store: Store, message: Message, error: DeliveryError, due: datetime) -> None:
    """Try again from `due` on; what has been tried too often is given up."""
    sending.postpone(store, message, due.astimezone(UTC).isoformat(), str(error), maybe_sent=error.maybe_sent)


def give_up(
    store: Store, message: Message, reason: str, audience: Sequence[Channel], now: datetime, least: int = 0
) -> None:
    """Stop what was tried at `least` so often, and tell the others, once for each spell in which a way is down."""
    with store.transaction():
        sending.give_up(store, message, reason, least)
        told = _alarm(message.way, reason, sending.down_since(store, message.way), now)
        outbox.add(store, told, rules.recipients_of(told, _others(audience, message.way), now))


def _alarm(way: Route, reason: str, since: str, now: datetime) -> Event:
    source = f"channel {way.channel}"
    episode = Episode(source, WHOLE, Trouble.CHANNEL, since, Reason(None, reason))
    told = begun([episode], Subject(), f"Channel {way.channel}", now.isoformat())
    return replace(told, id=event_id(told.kind, source, way.recipient, since))


def _others(audience: Sequence[Channel], way: Route) -> list[Channel]:
    """Everybody else, the other readers of the same channel too."""
    rest = {c.name: tuple(r for r in c.recipients if r != way.recipient) for c in audience}
    kept = [c for c in audience if c.name != way.channel or rest[c.name]]
    return [replace(c, recipients=rest[c.name]) if c.name == way.channel else c for c in kept]
