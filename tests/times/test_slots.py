"""When a cron line is due: clock changes, jitter, and what is made up for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.days import LONDON
from monitor.times.slots import Line

AUTUMN = datetime(2026, 10, 24, 12, tzinfo=UTC)
SPRING = datetime(2026, 3, 28, 12, tzinfo=UTC)
NIGHTLY, HOURLY = Line("nightly", "30 1 * * *"), Line("hourly", "0 * * * *")


def slots(line: Line, after: datetime, count: int) -> list[str]:
    return [f"{slot.astimezone(LONDON):%d %H:%M %Z}" for slot in islice(line.slots(after), count)]


def test_half_past_one_runs_once_on_both_nights() -> None:
    assert slots(NIGHTLY, AUTUMN, 3) == ["25 01:30 BST", "26 01:30 GMT", "27 01:30 GMT"]
    assert slots(NIGHTLY, SPRING, 3) == ["29 02:30 BST", "30 01:30 BST", "31 01:30 BST"]


def test_every_hour_is_every_real_hour() -> None:
    assert slots(HOURLY, AUTUMN + timedelta(hours=10, minutes=30), 4) == [
        *("25 00:00 BST", "25 01:00 BST", "25 01:00 GMT", "25 02:00 GMT")
    ]
    found = list(islice(HOURLY.slots(SPRING), 30))
    assert {b - a for a, b in pairwise(found)} == {timedelta(hours=1)}


def test_weekdays_are_those_of_london() -> None:
    line = Line("ofsted", "0 7-19 * * mon-fri")
    assert slots(line, datetime(2026, 6, 5, 18, 30, tzinfo=UTC), 2) == ["08 07:00 BST", "08 08:00 BST"]


SHORTEST = 4 * 60
"""Seconds from the last of "*/7" in an hour to the first of the next: with more jitter two slots may be one look."""


@given(
    st.integers(0, 10_000_000), st.integers(1, SHORTEST - 1), st.sampled_from(["*/7 * * * *", "15 6,18 * * mon-fri"])
)
def test_a_look_every_half_minute_finds_each_slot_once_and_in_time(minutes: int, jitter: int, text: str) -> None:
    line, look = Line("x", text, jitter), timedelta(seconds=30)
    last = now = next(line.slots(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)))
    for wanted in islice(line.slots(last), 3):
        now += (line.at(wanted) - now) // look * look  # the last look before the job of the slot is due
        assert line.due(last, now) in (None, wanted)
        while (found := line.due(last, now)) is None:
            now += look
        last = found
        assert found == wanted
        assert timedelta(0) <= now - line.at(found) < look
        assert timedelta(0) <= line.at(found) - found < timedelta(seconds=jitter)


def test_jitter_is_the_same_after_a_restart_and_differs_between_jobs() -> None:
    slot = datetime(2026, 5, 5, 7, tzinfo=UTC)
    assert Line("a", "0 7 * * *", 60).at(slot) == Line("a", "0 8 * * *", 60).at(slot)
    assert len({Line(job, "0 7 * * *", 60).at(slot) for job in "abcdef"}) == 6


def test_the_newest_slot_makes_up_for_those_before_it() -> None:
    line, last = Line("ofsted", "0 7-19 * * mon-fri"), datetime(2026, 6, 1, 10, tzinfo=UTC)
    assert line.due(last, last + timedelta(minutes=59)) is None
    assert line.due(last, last + timedelta(days=2, minutes=30)) == last + timedelta(days=2)
    assert line.due(last, datetime(2031, 6, 2, 9, 30, tzinfo=UTC)) == datetime(2031, 6, 2, 9, tzinfo=UTC)


def test_a_slot_is_not_due_before_its_delay() -> None:
    line, last = Line("ofsted", "0 * * * *", 900), datetime(2026, 6, 1, 10, tzinfo=UTC)
    slot = last + timedelta(hours=1)
    assert line.due(last, line.at(slot) - timedelta(seconds=1)) is None
    assert line.due(last, line.at(slot)) == slot


@pytest.mark.parametrize(("hours", "missed"), [(0, 0), (2, 2), (100, 3)])
def test_looks_that_were_due_are_counted_up_to_a_bound(hours: int, missed: int) -> None:
    start = datetime(2026, 6, 1, 10, tzinfo=UTC)
    assert HOURLY.missed(start, start + timedelta(hours=hours), 3) == missed
