"""Sending what the outbox holds: the only place from which anything leaves.

One drain at a time holds a lock on the data folder. A message is claimed in the database before it is
sent and marked after, so a process killed in between leaves it half done: the next drain sends it again
as the same message, and a channel that can be asked (Slack with a bot token) is asked first.

Each place is sent to by a thread of its own, one message at a time; the store is this thread's alone. So a
channel that hangs holds up nobody else's messages, and one with a limit is given no more than it takes.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor
from concurrent.futures import wait as any_of
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from monitor.channels import rules
from monitor.channels.batches import next_batch
from monitor.channels.rules import Channel
from monitor.deliver import retry
from monitor.deliver.destinations import Places, place
from monitor.deliver.retry import MAX_ATTEMPTS
from monitor.model import DeliveryError, Event, Thread
from monitor.model.delivery import Batch, Message, Route
from monitor.store import Store, sending, threads
from monitor.store.lock import LockedError, alone

MAX_UNBATCHED = 3
"""Up to so many events of a channel go out each as a message; more, as on a bunched morning, as one."""
SAT_OUT = timedelta(seconds=60)
"""A wait that the other side asks for is sat out if it is no longer; a longer one is left to a later drain."""
MAX_PARALLEL_DESTINATIONS = 32
"""Places that are sent to at once."""
SLOW = timedelta(seconds=10)
"""A place at which a try fails after so long is left alone for the rest of the drain: its other recipients would
only wait as long, one after the other."""
LOOK = 1.0
"""Seconds after which a drain that waits looks for what has become due meanwhile, and whether it is to go on."""


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
    audience: Sequence[Channel],
    clock: Callable[[], datetime],
    go_on: Callable[[], bool] = lambda: True,
    pause: Callable[[float], object] = time.sleep,
    singles: int = MAX_UNBATCHED,
) -> list[Failure]:
    """Send all that is due, as long as `go_on` says so; what is under way is then finished. A failing channel
    neither delays nor repeats another's messages."""
    try:
        with alone(store.folder / "deliver.lock"), ThreadPoolExecutor(MAX_PARALLEL_DESTINATIONS, "deliver") as pool:
            return _Drain(store, build, audience, clock, go_on, pause, singles, pool).run()
    except LockedError:
        return []  # another drain is sending the same


@dataclass(frozen=True, slots=True)
class _Flight:
    """A message that is being sent, over which channel, why now, and since when."""

    message: Message
    channel: Channel
    turn: Batch
    began: datetime


class _Drain:
    """One pass over all ways, until nothing is due."""

    def __init__(
        self,
        store: Store,
        build: Build,
        audience: Sequence[Channel],
        clock: Callable[[], datetime],
        go_on: Callable[[], bool],
        pause: Callable[[float], object],
        singles: int,
        pool: ThreadPoolExecutor,
    ) -> None:
        self.store, self.build, self.audience = store, build, audience
        self.clock, self.go_on, self.pause, self.singles, self.pool = clock, go_on, pause, singles, pool
        self.places = Places(store, audience)
        self.flying: dict[Future[str | None], _Flight] = {}
        self.asked: dict[Route, datetime] = {}
        self.early: set[str] = set()
        self.failures: dict[Route, Failure] = {}
        self.bugs: list[BaseException] = []

    def run(self) -> list[Failure]:
        """A notifier's bug is raised at the end, after everybody else's messages."""
        try:
            while self.go_on():
                nap = self._start()
                if not self.flying and nap is None:
                    break
                self._wait(LOOK if nap is None else min(nap, LOOK))
        finally:
            while self.flying:
                self._land_any(None)
        if self.bugs:
            raise self.bugs[0]
        return list(self.failures.values())

    def _wait(self, seconds: float) -> None:
        """Until an answer comes, or the next message may go."""
        if self.flying:
            self._land_any(seconds)
        else:
            self.pause(seconds)

    def _start(self) -> float | None:
        """Send all that may go now. Returns in how many seconds more may, or None."""
        naps = [nap for way in sending.routes(self.store) if (nap := self._start_one(way)) is not None]
        return min(naps, default=None)

    def _start_one(self, way: Route) -> float | None:
        channel, now = self.places.channel(way.channel), self.clock()
        if self.places.taken(channel):
            return None
        nap = self.places.wait(channel, now)
        if nap > 0:
            return nap if nap <= SAT_OUT.total_seconds() else None
        found = self._turn(way, channel, now)
        if found is not None:
            return None if self._sent_off(way, channel, found, now) else 0.0
        asked = self.asked.get(way, now)
        return (asked - now).total_seconds() if asked > now else None

    def _turn(self, way: Route, channel: Channel, now: datetime) -> Batch | None:
        quiet = rules.quiet_until(channel, now) > now
        through = channel.quiet_lets_critical
        singles = 0 if channel.digests else self.singles
        owed = sending.pending(self.store, way)
        return next_batch(owed, now, singles, self.early, lambda d: not quiet or (d.critical and through))

    def _sent_off(self, way: Route, channel: Channel, found: Batch, now: datetime) -> bool:
        """Whether a message is on its way now; if not, what became of it may concern others."""
        message = sending.message(self.store, way, found)
        flight = _Flight(message, channel, found, now)
        try:
            notifier = self.build(*way)
        except DeliveryError as error:
            self._failed(flight, error, now)
            return False
        sending.claim(self.store, message, now.astimezone(UTC).isoformat(), counted=found.counted)
        thread = threads.thread(self.store, way, place(channel), message.events, channel.loud_from)
        self.places.take(channel)
        going = self.pool.submit(notifier.send, message.id, message.events, message.maybe_sent, thread)
        self.flying[going] = flight
        return True

    def _land_any(self, timeout: float | None) -> None:
        done, _ = any_of(self.flying, timeout, FIRST_COMPLETED)
        for going in done:
            self._land(going, self.flying.pop(going))

    def _land(self, going: Future[str | None], flight: _Flight) -> None:
        message, channel, now, error = flight.message, flight.channel, self.clock(), going.exception()
        self.places.free(channel, now)
        if error is None:
            at = now.astimezone(UTC).isoformat()
            sending.mark_sent(self.store, message, going.result(), place(channel), at)
            self.failures.pop(message.way, None)
        elif isinstance(error, DeliveryError):
            self._failed(flight, error, now)
        else:
            self.bugs.append(error)
            self.places.take(channel)

    def _failed(self, flight: _Flight, error: DeliveryError, now: datetime) -> None:
        message, attempts = flight.message, flight.message.attempts + flight.turn.counted
        if now - flight.began >= SLOW:
            self.places.take(flight.channel)
        if error.permanent:
            retry.give_up(self.store, message, str(error), self.audience, now)
        else:
            retry.schedule_retry(self.store, message, error, self._due(flight, error, now))
        if not error.permanent and attempts >= MAX_ATTEMPTS:
            retry.give_up(self.store, message, str(error), self.audience, now, MAX_ATTEMPTS)
        given_up = error.permanent or attempts >= MAX_ATTEMPTS
        self.failures[message.way] = Failure(message.way.channel, str(error), given_up)

    def _due(self, flight: _Flight, error: DeliveryError, now: datetime) -> datetime:
        """When to try again. What was tried before its time keeps its time."""
        due = now + retry.backoff(flight.message.attempts, error.retry_after, random.random())  # noqa: S311 - jitter
        if error.retry_after is not None:
            self.places.refused(flight.channel, now, due)
        if error.retry_after is not None and due - now <= SAT_OUT:
            self.asked[flight.message.way] = due
        if not flight.turn.counted:
            self.early.add(flight.message.id)
            return max(due, flight.turn.due) if error.retry_after else flight.turn.due
        return due
