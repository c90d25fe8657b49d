"""Numbered events of the trade press, which their messages name by their titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.model import Event
from monitor.store import Store, outbox


def name(number: int) -> str:
    """The id of an event."""
    return f"event-{number:05d}"


def numbered(
    number: int, now: datetime, urn: str = "80461", *, story: str | None = None, published: str | None = None
) -> Event:
    """An event that was found now."""
    return Event(
        id=name(number),
        at=now.isoformat(),
        kind="press.published",
        severity="notice",
        source="press",
        title=f"Title of {name(number)}",
        council="Devon",
        urn=urn,
        published=published,
        story=story,
    )


def named_in(text: str) -> set[str]:
    """The ids of the events that a message tells."""
    return {f"event-{part[:5]}" for part in text.split("Title of event-")[1:]}


def owe(store: Store, events: Iterable[Event], channels: Sequence[Channel], now: datetime) -> None:
    """Save events with what they owe, as a crawl does."""
    with store.transaction():
        for event in events:
            outbox.add(store, event, rules.recipients_of(event, channels, now))
