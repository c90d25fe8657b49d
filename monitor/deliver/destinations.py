"""Where messages go, and what a destination takes: one message at a time, and no more than its limit.

Two channels of the configuration may write to one destination (a Slack channel): they share its limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from monitor.channels.pace import Pace
from monitor.channels.rules import Channel
from monitor.store import Store, owed


class Destinations:
    """The destinations of an audience while a sender works."""

    def __init__(self, store: Store, audience: Sequence[Channel]) -> None:
        self._store, self._audience = store, audience
        self._channels = {c.name: c for c in audience}
        self._paces: dict[str, Pace] = {}
        self._reserved: set[str] = set()

    def channel(self, name: str) -> Channel:
        """A channel by its name."""
        return self._channels[name]

    def reserve(self, channel: Channel) -> None:
        """Something is on its way there, or nothing more is to be."""
        self._reserved.add(destination(channel))

    def reserved(self, channel: Channel) -> bool:
        """Whether something is on its way there."""
        return destination(channel) in self._reserved

    def release(self, channel: Channel, now: datetime) -> None:
        """An answer came, whatever it was: it counts from now on."""
        self._reserved.discard(destination(channel))
        if pace := self._pace(channel, now):
            pace.spend(now.timestamp())

    def wait(self, channel: Channel, now: datetime) -> float:
        """Seconds until the destination takes another message."""
        pace = self._pace(channel, now)
        return pace.wait(now.timestamp()) if pace else 0.0

    def refused(self, channel: Channel, now: datetime, until: datetime) -> None:
        """The destination asked for a pause."""
        if pace := self._pace(channel, now):
            pace.refused(now.timestamp(), (until - now).total_seconds())

    def _pace(self, channel: Channel, now: datetime) -> Pace | None:
        limit, where = channel.limit, destination(channel)
        if limit and where not in self._paces:
            names = [c.name for c in self._audience if destination(c) == where]
            since = now.astimezone(UTC) - timedelta(seconds=limit.burst / limit.per_second)
            recent = owed.tried_since(self._store, names, since.isoformat())
            self._paces[where] = Pace(limit, now.timestamp(), min(recent, limit.burst))
        return self._paces.get(where)


def destination(channel: Channel) -> str:
    """The name of the destination that a channel writes to."""
    return channel.place or channel.name
