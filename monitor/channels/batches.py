"""Chooses the next message of one route, which is a channel and a recipient. Pure.

The rules of order:
1. If several are due, Ofsted's reports go first, the most severe of them first (`bundles`). Other messages go out in
   the order in which their events were found. A message waits for the ones before it, so a channel that comes back gets
   everything in order.
2. Deliveries that were surely not taken are put together anew at each try, so that many become one message. A message
   that may have been taken stays as it is, because only the same message can be recognised.
3. A message that may have been taken, and was tried `MAX_ATTEMPTS_BEFORE_STUCK` times, no longer makes others wait: the
   other side may be unable to take this one. It is tried again before each later message. If that one is not taken
   either, the channel is down, and both make the rest wait.
4. What failed by a fault of ours (it cannot be put into words) goes by itself after everything else, and makes nothing
   wait.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime

from monitor.channels.bundles import bundles
from monitor.model.delivery import LONGEST_PAUSE, Batch, PendingDelivery

MAX_ATTEMPTS_BEFORE_STUCK = 5
"""Attempts after which a message no longer keeps the next one waiting: it may be this message that the other
side cannot take, and not the channel that is down. With the usual waits, a quarter of an hour."""

MAX_EVENTS = 200
"""Events in one message: about what the parts of a digest can show in Slack before they end in "and N more"."""


def next_batch(
    pending: Sequence[PendingDelivery],
    now: datetime,
    singles: int,
    tried: Container[str] = (),
    passes: Callable[[PendingDelivery], bool] = lambda _: True,
) -> Batch | None:
    """What goes now, if anything does. Up to `singles` due messages besides reports go one by one; `tried` are
    messages that failed before their time; `passes` says what a quiet hour lets through."""
    head = _head(_waiting([d for d in pending if not d.apart], now, singles, passes))
    if any(w.due <= now for w in head):
        for found in head:
            if found.due <= now:
                return found
            if found.message not in tried:
                return Batch(found.ids, found.due, found.message, found.attempts, ahead_of_schedule=True)
    apart = _messages([d for d in pending if d.apart], passes)
    return next((found for found in apart if found.due <= now), None)


def misdated(delivery: PendingDelivery, planned: datetime, now: datetime) -> datetime | None:
    """From when on a delivery should be due that is due impossibly late, as after a clock that was wrong for a moment;
    None where it is due in time. `planned`: when it would go out, had its event been found now."""
    if delivery.put_off:
        return now if delivery.due > now + LONGEST_PAUSE else None
    return planned if delivery.due > max(planned, now) else None


def _head(waiting: Sequence[Batch]) -> Sequence[Batch]:
    """The first message, and the next one where the first holds up nobody any more. Where that is not taken either,
    it is the channel that is down."""
    stuck = waiting and waiting[0].message and waiting[0].attempts >= MAX_ATTEMPTS_BEFORE_STUCK
    return waiting[: 2 if stuck else 1]


def _waiting(
    pending: Sequence[PendingDelivery], now: datetime, singles: int, passes: Callable[[PendingDelivery], bool]
) -> list[Batch]:
    found = _messages([d for d in pending if d.message], passes)
    loose = _loose([d for d in pending if not d.message], now, singles, passes)
    return sorted([*found, *loose], key=lambda t: t.ids[0])


def _messages(pending: Sequence[PendingDelivery], passes: Callable[[PendingDelivery], bool]) -> list[Batch]:
    """The messages that these deliveries are already; one that is in none is one by itself."""
    names = dict.fromkeys(d.message or d.id for d in pending)
    messages = [[d for d in pending if (d.message or d.id) == name] for name in names]
    return [_whole(message) for message in messages if any(map(passes, message))]


def _whole(message: Sequence[PendingDelivery]) -> Batch:
    ids = tuple(d.id for d in message)
    return Batch(ids, max(d.due for d in message), message[0].message, max(d.attempts for d in message))


def _loose(
    pending: Sequence[PendingDelivery], now: datetime, singles: int, passes: Callable[[PendingDelivery], bool]
) -> Iterable[Batch]:
    if held := [d for d in pending if d.put_off and d.due > now]:
        yield Batch((held[0].id,), max(d.due for d in held), attempts=max(d.attempts for d in held))
        return
    ready = [d for d in pending if d.due <= now and passes(d)]
    for bundle in bundles([d.share for d in ready], singles)[:1]:
        batch = [ready[place] for place in bundle[:MAX_EVENTS]]
        yield Batch(tuple(d.id for d in batch), now, attempts=max(d.attempts for d in batch))
