"""Sending what the outbox holds: the only place from which anything leaves.

One drain at a time holds a lock on the data folder. A message is claimed in the database before it is
sent and marked after, so a process killed in between leaves it half done: the next drain sends it again
as the same message, and a channel that can be asked (Slack with a bot token) is asked first.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from monitor import channels, events
from monitor.health import Episode
from monitor.lock import LockedError, alone
from monitor.model import SEVERITIES, DeliveryError, Event, Thread
from monitor.store import Store, outbox
from monitor.store.outbox import Message

SINGLES = 3
"""Up to so many events of a channel go out each as a message; more, as on a bunched morning, as one."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
LONGEST_ASKED = timedelta(days=7)
"""A longer wait than this is not asked for in earnest."""
PATIENCE = 80
"""Attempts before a message is given up: with the waits above, a little over three days."""


class Notifier(Protocol):
    """One way out. Raises DeliveryError; returns the other side's name for the message, if it has one."""

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        """Send events as one message, asking first whether it is there already if it may be."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that was not taken: over which channel, why, and whether it was given up."""

    channel: str
    reason: str
    given_up: bool


Build = Callable[[str, str], Notifier]
"""Makes the notifier of a channel and a recipient; raises DeliveryError where its secret is missing."""


def deliver(
    store: Store,
    build: Build,
    audience: Sequence[channels.Channel],
    clock: Callable[[], datetime],
    go_on: Callable[[], bool] = lambda: True,
) -> list[Failure]:
    """Send all that is due, as long as `go_on` says so before each message. A failing channel neither delays nor
    repeats another's messages."""
    try:
        with alone(store.folder / "deliver.lock"):
            return _drain(store, build, audience, clock, go_on)
    except LockedError:
        return []  # another drain is sending the same


def _drain(
    store: Store,
    build: Build,
    audience: Sequence[channels.Channel],
    clock: Callable[[], datetime],
    go_on: Callable[[], bool],
) -> list[Failure]:
    failures: dict[tuple[str, str], Failure] = {}
    tried: set[str] = set()
    while go_on() and (message := _next(store, tried, failures, clock())):
        tried.add(message.id)
        failure = _send(store, message, build, audience, clock)
        if failure is not None:
            failures[message.channel, message.recipient] = failure
    return list(failures.values())


def _next(store: Store, tried: set[str], failures: Mapping[tuple[str, str], Failure], now: datetime) -> Message | None:
    """The next message that is due, also of what arose meanwhile: a channel given up is told to the others.

    Where a channel is down the rest of its messages would only fail too, and come out of order: they wait.
    """
    outbox.compose(store, now.isoformat(), SINGLES)
    down = {way for way, failure in failures.items() if not failure.given_up}
    due = outbox.due(store, now.isoformat())
    return next((m for m in due if m.id not in tried and (m.channel, m.recipient) not in down), None)


def _send(
    store: Store,
    message: Message,
    build: Build,
    audience: Sequence[channels.Channel],
    clock: Callable[[], datetime],
) -> Failure | None:
    try:
        notifier = build(message.channel, message.recipient)
        outbox.claim(store, message.id)
        remote = notifier.send(message.id, _most_severe_first(message.events), message.maybe_sent)
    except DeliveryError as error:
        return _failed(store, message, error, audience, clock())
    outbox.mark_sent(store, message.id, remote, clock().isoformat())
    return None


def _most_severe_first(found: Sequence[Event]) -> list[Event]:
    return sorted(found, key=lambda e: -SEVERITIES.index(e.severity))


def _failed(
    store: Store,
    message: Message,
    error: DeliveryError,
    audience: Sequence[channels.Channel],
    now: datetime,
) -> Failure:
    if error.permanent or message.attempts + 1 >= PATIENCE:
        _give_up(store, message, str(error), audience, now)
        return Failure(message.channel, str(error), given_up=True)
    due = now + wait(message.attempts, error.retry_after, random.random())  # noqa: S311 - jitter, not a secret
    outbox.postpone(store, message.id, due.isoformat(), str(error), maybe_sent=error.maybe_sent)
    return Failure(message.channel, str(error), given_up=False)


def wait(attempts: int, retry_after: float | None, jitter: float) -> timedelta:
    """How long until the next attempt: doubling, with up to a quarter of `jitter` (0 to 1) on top, and
    never sooner than the other side asked."""
    doubled = FIRST_WAIT * (1 << min(attempts, 10))
    backoff = min(doubled, LONGEST_WAIT) * (1 + jitter / 4)
    return max(backoff, timedelta(seconds=min(retry_after or 0, LONGEST_ASKED.total_seconds())))


def _give_up(store: Store, message: Message, reason: str, audience: Sequence[channels.Channel], now: datetime) -> None:
    """Stop a message and tell the other channels, once for each channel and reason."""
    episode = Episode("", reason, reason)
    source = f"channel {message.channel}"
    told = events.failing(source, episode, events.Subject(), f"Channel {message.channel}", now.isoformat())
    told = replace(told, title=f"Channel {message.channel} does not take messages")
    others = [c for c in audience if c.name != message.channel]
    with store.transaction():
        outbox.give_up(store, message.id, reason)
        outbox.add(store, told, channels.owed(told, others, now))
