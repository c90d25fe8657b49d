"""The test message of `check --send-test`."""

from __future__ import annotations

from datetime import datetime

from monitor.model import Event
from monitor.model.event import event_id


def test_event(now: datetime) -> Event:
    """Make the event of a test message. Each call makes another message."""
    at = now.isoformat()
    return Event(
        id=event_id("test", at),
        at=at,
        kind="page.changed",
        severity="info",
        source="ofsted-watch",
        title="Test message from ofsted-watch: this channel works",
    )
