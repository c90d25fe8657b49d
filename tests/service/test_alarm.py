"""The alarm rings every half minute, whatever the clock does meanwhile."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from monitor.service.alarm import SECONDS, Alarm, FromNow

START = datetime(2026, 6, 3, 12, tzinfo=UTC)


class Rung:
    """An alarm that counts, and the clock that it goes by."""

    def __init__(self) -> None:
        self.times = 0
        self._rung = threading.Event()
        self.alarm = Alarm(self._ring)

    def _ring(self) -> None:
        self.times += 1
        self._rung.set()

    def soon(self, seconds: float = 60.0) -> bool:
        found = self._rung.wait(seconds)
        self._rung.clear()
        return found


@pytest.mark.parametrize("seconds", [-8 * 3600, -45 * 86_400])
def test_a_clock_that_was_set_back_does_not_silence_it(seconds: float, caplog: pytest.LogCaptureFixture) -> None:
    rung = Rung()
    with time_machine.travel(START, tick=True) as clock:
        rung.alarm.start()
        try:
            rung.alarm.check()
            assert not rung.soon(0.2)
            clock.shift(seconds)
            rung.alarm.check()
            assert rung.soon()
            rung.alarm.check()
            assert not rung.soon(0.2)
        finally:
            rung.alarm.stop()
    (said,) = [r.getMessage() for r in caplog.records if r.name == "ofsted-watch"]
    assert "the clock was set back by about" in said


def test_a_clock_that_was_set_far_ahead_makes_it_ring_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.service.alarm.SECONDS", 0.5)
    rung = Rung()
    with time_machine.travel(datetime(1970, 1, 2, tzinfo=UTC), tick=True) as clock:
        rung.alarm.start()
        clock.move_to(START)
        started = time.monotonic()
        try:
            assert rung.soon()
            assert time.monotonic() - started < 30
            assert rung.times < 10  # not once for each half second since 1970
            assert rung.soon()
        finally:
            rung.alarm.stop()


def test_it_rings_every_half_minute() -> None:
    first = FromNow(seconds=SECONDS).get_next_fire_time(None, START)
    assert first - START == timedelta(seconds=30)


def test_one_that_never_began_may_be_stopped() -> None:
    Alarm(lambda: None).stop()
