"""How fast messages may follow each other to one place. Pure: the time goes in, in seconds since 1970.

A message counts from when the other side answered, so it is never counted sooner here than there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """So many messages a second in the long run, and so many at once after a silence."""

    per_second: float
    burst: int


class Pace:
    """The room that is left at one place. `recent`: messages that went there just before."""

    def __init__(self, limit: Limit, now: float, recent: int = 0) -> None:
        self._limit = limit
        self._room, self._at = float(limit.burst - recent), now

    def wait(self, now: float) -> float:
        """Seconds until the next message may go; 0 where it may go now."""
        return max(0.0, (1 - self._refilled(now)) / self._limit.per_second)

    def spend(self, now: float) -> None:
        """A message has gone."""
        self._room, self._at = self._refilled(now) - 1, now

    def refused(self, now: float, seconds: float) -> None:
        """The other side asked to wait: after that one message may go, and no burst."""
        self._room, self._at = 1 - seconds * self._limit.per_second, now

    def _refilled(self, now: float) -> float:
        return min(self._limit.burst, self._room + max(0.0, now - self._at) * self._limit.per_second)
