"""What goes next over one way, a channel and recipient. Pure.

In order, and later ones wait for an earlier one that was not taken: a channel that comes back gets all its own
in the order in which it happened. What was surely not taken is put together anew at each try, so that much of
it becomes one message. What may have been taken keeps its message, for only that can be recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime

from monitor.model.delivery import Batch, PendingDelivery

MAX_ATTEMPTS_BEFORE_STUCK = 5
"""Attempts after which a message no longer keeps the next one waiting: it may be this message that the other
side cannot take, and not the channel that is down. With the usual waits, a quarter of an hour."""

LARGEST = 200
"""Events in one message: about what the parts of a digest can show in Slack before they end in "and N more"."""


def next_batch(
    debts: Sequence[PendingDelivery],
    now: datetime,
    singles: int,
    tried: Container[str] = (),
    passes: Callable[[PendingDelivery], bool] = lambda _: True,
) -> Batch | None:
    """What goes now, if anything does. Up to `singles` due events go one by one, more as one message; `tried`
    are messages that failed before their time; `passes` says what a quiet hour lets through."""
    waiting = _waiting(debts, now, singles, passes)
    reach = waiting[: 2 if waiting and waiting[0].message and waiting[0].attempts >= MAX_ATTEMPTS_BEFORE_STUCK else 1]
    if not any(w.due <= now for w in reach):
        return None
    for found in reach:
        if found.due <= now:
            return found
        if found.message not in tried:
            return Batch(found.ids, found.due, found.message, found.attempts, counted=False)
    return None


def _waiting(
    debts: Sequence[PendingDelivery], now: datetime, singles: int, passes: Callable[[PendingDelivery], bool]
) -> list[Batch]:
    fixed = [d for d in debts if d.message]
    messages = [[d for d in fixed if d.message == m] for m in dict.fromkeys(d.message for d in fixed)]
    found = [_whole(message) for message in messages if any(map(passes, message))]
    loose = _loose([d for d in debts if not d.message], now, singles, passes)
    return sorted([*found, *loose], key=lambda t: t.ids[0])


def _whole(message: Sequence[PendingDelivery]) -> Batch:
    ids = tuple(d.id for d in message)
    return Batch(ids, max(d.due for d in message), message[0].message, max(d.attempts for d in message))


def _loose(
    debts: Sequence[PendingDelivery], now: datetime, singles: int, passes: Callable[[PendingDelivery], bool]
) -> Iterable[Batch]:
    held = [d for d in debts if d.put_off and d.due > now]
    if held:
        yield Batch((held[0].id,), max(d.due for d in held), attempts=max(d.attempts for d in held))
        return
    ready = [d for d in debts if d.due <= now and passes(d)]
    if ready:
        batch = ready[:LARGEST] if len(ready) > singles else ready[:1]
        yield Batch(tuple(d.id for d in batch), now, attempts=max(d.attempts for d in batch))
