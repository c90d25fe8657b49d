"""What becomes of a message that was not taken, and what its sender has to know of it."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from monitor.channels.rules import Channel
from monitor.deliver import retry
from monitor.deliver.destinations import Destinations
from monitor.deliver.retry import MAX_ATTEMPTS
from monitor.model import DeliveryError
from monitor.model.delivery import Batch, Message, Route
from monitor.model.event import WordingError
from monitor.store import Store, sending

log = logging.getLogger("ofsted-watch")

SAT_OUT = timedelta(seconds=60)
"""A wait that the other side asks for is sat out if it is no longer; a longer one is left to a later pass."""
SLOW = timedelta(seconds=10)
"""A destination at which a try fails after so long is left alone for the rest of the pass: its other recipients would
only wait as long, one after the other."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that was not taken: over which channel, why, and whether it was given up."""

    channel: str
    reason: str
    given_up: bool


@dataclass(frozen=True, slots=True)
class InFlight:
    """A message that is being sent, over which channel, as which batch, and since when."""

    message: Message
    channel: Channel
    batch: Batch
    began: datetime


class Failures:
    """The failures of one pass. `asked`: until when a route asked to wait, where that is sat out; `failed_early`:
    messages that failed ahead of their schedule."""

    def __init__(self, store: Store, audience: Sequence[Channel], destinations: Destinations) -> None:
        self.store, self.audience, self.destinations = store, audience, destinations
        self.asked: dict[Route, datetime] = {}
        self.failed_early: set[str] = set()
        self._by_route: dict[Route, Failure] = {}

    def all(self) -> list[Failure]:
        """The last failure of each route that was not well again after it."""
        return list(self._by_route.values())

    def mended(self, route: Route) -> None:
        """A message was taken."""
        self._by_route.pop(route, None)

    def failed(self, flight: InFlight, error: BaseException, now: datetime, *, maybe_sent: bool) -> None:
        """A message was not taken. Anything but a DeliveryError is a fault of ours, and the log has its traceback;
        `maybe_sent`: such a fault may have come after the message went over."""
        if isinstance(error, DeliveryError):
            self._failed(flight, error, now, apart=False)
            return
        log.error("channel %s: a message failed in an unforeseen way", flight.channel.name, exc_info=error)
        said = f"a fault of ours ({type(error).__name__}), of which the log has more"
        ours = DeliveryError(said, permanent=False, maybe_sent=maybe_sent)
        self._failed(flight, ours, now, apart=maybe_sent)

    def _failed(self, flight: InFlight, error: DeliveryError, now: datetime, *, apart: bool) -> None:
        message, attempts = flight.message, flight.message.attempts + (not flight.batch.ahead_of_schedule)
        if now - flight.began >= SLOW:
            self.destinations.reserve(flight.channel)
        if error.permanent:
            retry.give_up(self.store, message, str(error), self.audience, now)
        else:
            due = self._due(flight, error, now).astimezone(UTC).isoformat()
            sending.postpone(self.store, message, due, str(error), maybe_sent=error.maybe_sent, apart=apart)
        if not error.permanent and attempts >= MAX_ATTEMPTS:
            retry.give_up(self.store, message, str(error), self.audience, now, MAX_ATTEMPTS)
        self._note(message.route, str(error), given_up=error.permanent or attempts >= MAX_ATTEMPTS)

    def unsayable(self, flight: InFlight, error: WordingError, now: datetime) -> None:
        """What cannot be put into words is tried again by itself, and then given up; the rest of the message is sent
        at once."""
        log.error("channel %s: %s", flight.channel.name, error, exc_info=error)
        cause = type(error.__cause__ or error).__name__
        reason = f"it cannot be put into words ({cause}), of which the log has more"
        message = flight.message
        if not message.maybe_sent:
            bad = sending.of_events(self.store, message, error.events)
            if rest := tuple(id_ for id_ in message.ids if id_ not in bad):
                sending.put_back(self.store, replace(message, ids=rest))
            message = replace(message, ids=bad)
        given_up = retry.put_off_wording(self.store, message, reason, self.audience, now)
        self._note(message.route, reason, given_up=given_up)

    def _note(self, route: Route, reason: str, *, given_up: bool) -> None:
        self._by_route[route] = Failure(route.channel, reason, given_up)

    def _due(self, flight: InFlight, error: DeliveryError, now: datetime) -> datetime:
        """When to try again. What was tried before its time keeps its time."""
        due = now + retry.backoff(flight.message.attempts, error.retry_after, random.random())  # noqa: S311 - jitter
        if error.retry_after is not None:
            self.destinations.refused(flight.channel, now, due)
        if error.retry_after is not None and due - now <= SAT_OUT:
            self.asked[flight.message.route] = due
        if flight.batch.ahead_of_schedule:
            self.failed_early.add(flight.message.id)
            return max(due, flight.batch.due) if error.retry_after else flight.batch.due
        return due
