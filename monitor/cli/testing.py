"""The test message of `check --send-test`."""

from __future__ import annotations

from datetime import datetime

from monitor.model import Event
from monitor.model.event import event_id


def test_event(now: datetime) -> Event:
    """An event that says that it is none. Each call is a message of its own."""
    at = now.isoformat()
    return Event(
        id=event_id("test", at),
        at=at,
        kind="page.changed",
        severity="info",
        source="ofsted-watch",
        title="Test message from ofsted-watch: this channel works",
    )
