"""The clock, and whether somebody has set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

JUMP_SECONDS = 30.0
"""Less is a clock that is being kept right."""


class ClockJumps:
    """Tells by how many seconds the clock was set since it was asked last; 0 where it was not."""

    def __init__(self, wall: Callable[[], float], steady: Callable[[], float]) -> None:
        self._wall, self._steady = wall, steady
        self._apart = wall() - steady()

    def __call__(self) -> float:
        before, self._apart = self._apart, self._wall() - self._steady()
        jump = self._apart - before
        return jump if abs(jump) >= JUMP_SECONDS else 0.0


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
