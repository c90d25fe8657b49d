"""A place is given what it takes, and as fast as it takes it."""

from __future__ import annotations

import random

from monitor.channels.pace import Limit, Pace

SLACK = Limit(1.0, 3)


class Bucket:
    """The other side: `level` fills by one a second up to three; None is a 429."""

    def __init__(self) -> None:
        self.level, self.at = 3.0, 0.0

    def take(self, now: float) -> bool:
        self.level, self.at = min(3.0, self.level + now - self.at), now
        if self.level < 1:
            return False
        self.level -= 1
        return True


def test_a_burst_and_then_one_a_second() -> None:
    pace, now, gone = Pace(SLACK, 0.0), 0.0, []
    for _ in range(6):
        now += pace.wait(now)
        gone.append(now)
        pace.spend(now)
    assert gone == [0, 0, 0, 1, 2, 3]


def test_no_delay_on_the_way_makes_it_too_fast_for_the_other_side() -> None:
    dice, pace, bucket, now = random.Random(1), Pace(SLACK, 0.0), Bucket(), 0.0
    for _ in range(1000):
        now += pace.wait(now) + dice.choice([0, 0, 5]) * dice.random()
        assert bucket.take(now + 1e-6)
        now += dice.random() / 10  # the answer comes back
        pace.spend(now)


def test_after_a_refusal_one_goes_and_no_burst() -> None:
    pace = Pace(SLACK, 0.0)
    pace.refused(10.0, 30.0)
    assert (pace.wait(10.0), pace.wait(40.0)) == (30.0, 0.0)
    pace.spend(40.0)
    assert pace.wait(40.0) == 1.0


def test_what_another_process_sent_just_before_counts() -> None:
    assert Pace(SLACK, 0.0, recent=3).wait(0.0) == 1.0
