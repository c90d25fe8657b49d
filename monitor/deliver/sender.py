"""Sending what the outbox holds: the only place from which anything leaves.

One sender at a time holds a lock on the data folder. A message is claimed in the database before it is
sent and marked after, so a process killed in between leaves it half done: the next sender sends it again
as the same message, and a channel that can be asked (Slack with a bot token) is asked first.

Each destination is sent to by a thread of its own, one message at a time; the store is this thread's alone. So a
channel that hangs holds up nobody else's messages, and one with a limit is given no more than it takes. Whatever a
notifier raises is the failure of its message, and of no other (the rules of order are in channels/batches.py).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor
from concurrent.futures import wait as any_of
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from monitor.channels import rules
from monitor.channels.mentions import mentions
from monitor.channels.rules import Channel
from monitor.deliver.choice import MAX_UNBATCHED, Choice
from monitor.deliver.destinations import Destinations, destination
from monitor.deliver.failures import SAT_OUT, Failure, Failures, InFlight
from monitor.deliver.gate import Gate
from monitor.model import Thread
from monitor.model.delivery import Batch, Message, Route
from monitor.model.event import WordingError
from monitor.store import Store, owed, restoring, said, sending, threads
from monitor.store.lock import SENDER_LOCK, alone
from monitor.wording.describe import subject
from monitor.wording.text import count
from notifiers import Notifier

log = logging.getLogger("ofsted-watch")

MAX_PARALLEL_DESTINATIONS = 32
"""Destinations that are sent to at once."""
NO_THREAD = "the identical document again, and its story has no thread there"
LOOK_SECONDS = 1.0
"""How often a sender that waits looks for new messages, and whether it should stop."""


Build = Callable[[str, str], Notifier]
"""Makes the notifier of a channel and a recipient; raises DeliveryError where its secret is missing."""


@dataclass(eq=False)
class Sender:
    """One pass over all routes. It ends when nothing is due that the `gate` lets out, or when `go_on` says so. Up to
    `singles` events that could share a message each get one of their own."""

    store: Store
    build: Build
    audience: Sequence[Channel]
    clock: Callable[[], datetime]
    go_on: Callable[[], bool] = lambda: True
    pause: Callable[[float], object] = time.sleep
    singles: int = MAX_UNBATCHED
    gate: Gate = field(default_factory=Gate)

    def __post_init__(self) -> None:
        self.doubted = restoring.is_doubted(self.store.folder, self.clock())
        self.destinations = Destinations(self.store, self.audience)
        self.routes = rules.routes(self.audience)
        self.in_flight: dict[Future[str | None], InFlight] = {}
        self.failures = Failures(self.store, self.audience, self.destinations)
        self.choice = Choice(self.store, self.failures.failed_early, self.singles, self.doubted)

    def send_due(self) -> list[Failure]:
        """Send; what is under way at the end is finished. A failing channel neither delays nor repeats another's
        messages. Returns the routes that failed and were not well again before the end. Raises LockedError if another
        process sends."""
        lock = self.store.folder / SENDER_LOCK
        with alone(lock), ThreadPoolExecutor(MAX_PARALLEL_DESTINATIONS, "deliver") as self._pool:
            owed.pull_back(self.store, self.routes, self.clock().astimezone(UTC).isoformat())
            try:
                while self.go_on():
                    nap = self._start()
                    if not self.in_flight and nap is None:
                        break
                    self._wait(LOOK_SECONDS if nap is None else min(nap, LOOK_SECONDS))
            finally:
                while self.in_flight:
                    self._finish_any(None)
        return self.failures.all()

    def _wait(self, seconds: float) -> None:
        """Until an answer comes, or the next message may go."""
        if self.in_flight:
            self._finish_any(seconds)
        else:
            self.pause(seconds)

    def _start(self) -> float | None:
        """Send all that may go now. Returns in how many seconds more may, or None. What is owed to somebody whom the
        configuration does not name is held."""
        routes = [route for route in owed.routes(self.store) if route in self.routes]
        naps = [nap for route in routes if (nap := self._start_one(route)) is not None]
        return min(naps, default=None)

    def _start_one(self, route: Route) -> float | None:
        channel, now = self.destinations.channel(route.channel), self.clock()
        if self.destinations.reserved(channel):
            return None
        nap = self.destinations.wait(channel, now)
        if nap > 0:
            return nap if nap <= SAT_OUT.total_seconds() else None
        batch = self.choice.next(route, channel, now)
        if batch is not None and not self.gate.lets(self.store, batch, now):
            batch = self.choice.next(route, channel, now, only_outages=True)
            if batch is None:
                return None
        if batch is not None:
            return self._sent_off(route, channel, batch, now)
        asked = self.failures.asked.get(route, now)
        return (asked - now).total_seconds() if asked > now else None

    def _sent_off(self, route: Route, channel: Channel, batch: Batch, now: datetime) -> float | None:
        """Send a message. Returns None where it is on its way or waits, 0.0 where what became of it may concern others.

        After a store was put back, each message may have been sent before, by the store that was lost."""
        message = sending.message(self.store, route, batch)
        flight = InFlight(replace(message, maybe_sent=message.maybe_sent or self.doubted), channel, batch, now)
        try:
            notifier = self.build(*route)
        except Exception as error:  # noqa: BLE001 - it is logged there
            self.failures.failed(flight, error, now, maybe_sent=False)
            return 0.0
        sending.claim(self.store, flight.message, now.astimezone(UTC).isoformat(), counted=not batch.ahead_of_schedule)
        if not self.gate.lets(self.store, batch, now):
            self._hold(flight)
            return None
        try:
            message = self._with_mentions(sending.with_events(self.store, flight.message), channel)
        except WordingError as error:
            self.failures.unsayable(flight, error, now)
            return 0.0
        return self._handed_over(notifier, replace(flight, message=message))

    def _handed_over(self, notifier: Notifier, flight: InFlight) -> float | None:
        """Give a claimed message to its thread. A line that has no thread to stand in goes nowhere."""
        message, channel = flight.message, flight.channel
        thread = self._thread(message, channel)
        if channel.copies == "in threads" and _is_line(message) and (thread is None or thread.root is None):
            sending.mark_needless(self.store, message, NO_THREAD)
            log.info("not sent to %s: %s: %s", channel.name, _said(message), NO_THREAD)
            return 0.0
        self.destinations.reserve(channel)
        going = self._pool.submit(notifier.send, message.id, message.events, message.maybe_sent, thread)
        self.in_flight[going] = flight
        return None

    def _hold(self, flight: InFlight) -> None:
        """A claim that is not in the replica is taken back; a message that may be there already stays the same one."""
        message, due = flight.message, flight.batch.due.astimezone(UTC).isoformat()
        if message.maybe_sent:
            sending.postpone(self.store, message, due, "waits for the replica", maybe_sent=True)
        else:
            sending.put_back(self.store, message)

    def _with_mentions(self, message: Message, channel: Channel) -> Message:
        """The message with the sentences that say the channel's words."""
        if not channel.words:
            return message
        told = (replace(e, mentions=mentions(said.paragraphs(self.store, e), channel.words)) for e in message.events)
        return replace(message, events=tuple(told))

    def _thread(self, message: Message, channel: Channel) -> Thread | None:
        """Where the message belongs; it stands by itself where that cannot be found out."""
        try:
            return threads.thread(self.store, message.route, destination(channel), message.events, channel.loud_from)
        except (ValueError, TypeError, KeyError, AttributeError):
            log.exception("channel %s: where a message belongs could not be read", channel.name)
            return None

    def _finish_any(self, timeout: float | None) -> None:
        done, _ = any_of(self.in_flight, timeout, FIRST_COMPLETED)
        for going in done:
            self._finish(going, self.in_flight.pop(going))

    def _finish(self, going: Future[str | None], flight: InFlight) -> None:
        message, channel, now, error = flight.message, flight.channel, self.clock(), going.exception()
        self.destinations.release(channel, now)
        if error is None:
            at = now.astimezone(UTC).isoformat()
            sending.mark_sent(self.store, message, going.result(), destination(channel), at)
            self.failures.mended(message.route)
            _log_sent(message)
        elif isinstance(error, WordingError):
            self.failures.unsayable(flight, error, now)
        else:
            self.failures.failed(flight, error, now, maybe_sent=True)


def _log_sent(message: Message) -> None:
    """What was sent to whom, in a line."""
    channel, recipient = message.route
    way = f"{channel} ({recipient})" if recipient else channel
    log.info("sent to %s: %s", way, _said(message), extra={"channel": channel})


def _said(message: Message) -> str:
    """What it tells. A webhook takes events that nothing here can word: those are counted."""
    try:
        return subject(message.events)
    except Exception:  # noqa: BLE001 - the message has arrived, whatever the log makes of it
        return count(len(message.events), "event")


def _is_line(message: Message) -> bool:
    """Whether it only says where identical documents stand again, which is nothing without its thread."""
    return all(event.copy for event in message.events)
