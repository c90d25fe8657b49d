"""What the program says of itself: receipts, reminders, digests of remarks. It is owed and sent like an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from monitor.model import Event
from monitor.model.delivery import Recipient, Route
from monitor.model.event import event_id
from monitor.model.payload import Payload
from monitor.store import Store, outbox


def line(kind: str, named: Iterable[str], title: str, now: datetime, after: Payload | None = None) -> Event:
    """Such a line, whose id is made from its kind and from what names it among others."""
    return Event(
        id=event_id(kind, *named),
        at=now.isoformat(),
        kind=kind,
        severity="info",
        source="ofsted-watch",
        title=title,
        after=after,
    )


def owe(store: Store, told: Event, due: Mapping[Route, datetime]) -> None:
    """Save it and owe it over these ways, from these times on, where it is not there already."""
    with store.transaction():
        outbox.add_receipt(store, told, [Recipient(told.id, *way, when.isoformat()) for way, when in due.items()])
