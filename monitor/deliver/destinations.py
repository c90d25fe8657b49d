"""Where messages go, and what a place takes: one message at a time, and no more than its limit.

Two channels of the configuration may write to one place (a Slack channel): they share its limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from monitor.channels.pace import Pace
from monitor.channels.rules import Channel
from monitor.store import Store, sending


class Places:
    """The places of an audience during a drain."""

    def __init__(self, store: Store, audience: Sequence[Channel]) -> None:
        self._store, self._audience = store, audience
        self._channels = {c.name: c for c in audience}
        self._paces: dict[str, Pace] = {}
        self._taken: set[str] = set()

    def channel(self, name: str) -> Channel:
        """A channel by its name; one that is no longer configured has no rules."""
        return self._channels.get(name) or Channel(name)

    def take(self, channel: Channel) -> None:
        """Something is on its way there, or nothing more is to be."""
        self._taken.add(place(channel))

    def taken(self, channel: Channel) -> bool:
        """Whether something is on its way there."""
        return place(channel) in self._taken

    def free(self, channel: Channel, now: datetime) -> None:
        """An answer came, whatever it was: it counts from now on."""
        self._taken.discard(place(channel))
        if pace := self._pace(channel, now):
            pace.spend(now.timestamp())

    def wait(self, channel: Channel, now: datetime) -> float:
        """Seconds until the place takes another message."""
        pace = self._pace(channel, now)
        return pace.wait(now.timestamp()) if pace else 0.0

    def refused(self, channel: Channel, now: datetime, until: datetime) -> None:
        """The place asked for a pause."""
        if pace := self._pace(channel, now):
            pace.refused(now.timestamp(), (until - now).total_seconds())

    def _pace(self, channel: Channel, now: datetime) -> Pace | None:
        limit, where = channel.limit, place(channel)
        if limit and where not in self._paces:
            names = [c.name for c in self._audience if place(c) == where]
            since = now.astimezone(UTC) - timedelta(seconds=limit.burst / limit.per_second)
            recent = sending.tried_since(self._store, names, since.isoformat())
            self._paces[where] = Pace(limit, now.timestamp(), min(recent, limit.burst))
        return self._paces.get(where)


def place(channel: Channel) -> str:
    """The name of the place that a channel writes to."""
    return channel.place or channel.name
