"""The clock, and a check whether somebody has set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

MIN_JUMP_SECONDS = 30.0
"""A smaller difference comes from a time service that keeps the clock right."""


class ClockJumps:
    """Tells by how many seconds somebody has set the clock since the last call; 0 if nobody has."""

    def __init__(self, wall: Callable[[], float], steady: Callable[[], float]) -> None:
        self._wall, self._steady = wall, steady
        self._apart = wall() - steady()

    def __call__(self) -> float:
        before, self._apart = self._apart, self._wall() - self._steady()
        jump = self._apart - before
        return jump if abs(jump) >= MIN_JUMP_SECONDS else 0.0


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)
