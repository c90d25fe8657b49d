"""A fault in putting events into words costs the events that it is about, and no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from monitor.model import DeliveryError, Event
from monitor.model.event import WordingError

Made = TypeVar("Made")


def worded(make: Callable[[Sequence[Event]], Made], events: Sequence[Event]) -> Made:
    """What `make` makes of the events, before anything is sent. Raises WordingError, which names the events of which it
    makes nothing even one by one; all of them where it is only together that they fail. A single event that is
    refused with a DeliveryError is refused with that."""
    try:
        return make(events)
    except Exception as error:
        if isinstance(error, DeliveryError) and len(events) == 1:
            raise
        failing = [event.id for event in events if not _can(make, event)]
        raise WordingError(failing or [event.id for event in events]) from error


def _can(make: Callable[[Sequence[Event]], object], event: Event) -> bool:
    try:
        make([event])
    except Exception:  # noqa: BLE001 - the error of all together is the one that is reported
        return False
    return True
