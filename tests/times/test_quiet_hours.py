"""Quiet hours by the clock in London, over midnight, week-ends and both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from monitor.channels.rules import Channel, goes_out, latest, quiet_until
from monitor.times.spec import When, parse_quiet
from tests.making import event

LONDON = ZoneInfo("Europe/London")
NIGHT = Channel("night", quiet=parse_quiet("21:00-07:00"))
SIESTA = Channel("siesta", quiet=parse_quiet("12:30-14:00"))
WEEKEND = Channel("weekend", quiet=parse_quiet("21:00-07:00"), quiet_weekends=True)
OFFICE = Channel("office", quiet_weekends=True)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("channel", "now", "then"),
    [
        (NIGHT, "2024-05-15T20:59", "2024-05-15T20:59"),
        (NIGHT, "2024-05-15T21:00", "2024-05-16T07:00"),
        (NIGHT, "2024-05-16T00:30", "2024-05-16T07:00"),
        (NIGHT, "2024-05-16T07:00", "2024-05-16T07:00"),
        (SIESTA, "2024-05-15T12:29", "2024-05-15T12:29"),
        (SIESTA, "2024-05-15T13:15", "2024-05-15T14:00"),
        (NIGHT, "2024-03-30T22:00", "2024-03-31T07:00"),  # the night in which the clocks go forward
        (NIGHT, "2024-10-26T22:00", "2024-10-27T07:00"),  # and back
        (NIGHT, "2024-10-27T01:30", "2024-10-27T07:00"),  # an hour that comes twice
        (WEEKEND, "2024-05-17T20:00", "2024-05-17T20:00"),  # a Friday
        (WEEKEND, "2024-05-17T22:00", "2024-05-20T07:00"),
        (WEEKEND, "2024-05-18T12:00", "2024-05-20T07:00"),
        (WEEKEND, "2024-10-26T12:00", "2024-10-28T07:00"),
        (OFFICE, "2024-05-19T23:59", "2024-05-20T00:00"),
        (OFFICE, "2024-05-20T00:00", "2024-05-20T00:00"),
    ],
)
def test_until_when_a_channel_is_left_in_peace(channel: Channel, now: str, then: str) -> None:
    assert quiet_until(channel, london(now)) == london(then)


def test_a_night_is_as_long_as_it_is() -> None:
    spring = quiet_until(NIGHT, london("2024-03-30T21:00")) - london("2024-03-30T21:00").astimezone(UTC)
    autumn = quiet_until(NIGHT, london("2024-10-26T21:00")) - london("2024-10-26T21:00").astimezone(UTC)
    assert (spring.total_seconds(), autumn.total_seconds()) == (9 * 3600, 11 * 3600)


def test_critical_events_pass_only_where_they_are_let_through() -> None:
    night = london("2024-05-15T23:00")
    lets = Channel("lets", quiet=NIGHT.quiet, quiet_lets_critical=True)
    bad, usual = event(severity="critical"), event()
    assert goes_out(bad, lets, night) == night
    assert goes_out(bad, NIGHT, night) == goes_out(usual, lets, night) == london("2024-05-16T07:00")


def test_a_digest_in_quiet_hours_comes_after_them() -> None:
    early = Channel("early", when="daily 06:00", quiet=NIGHT.quiet)
    assert goes_out(event(), early, london("2024-05-15T12:00")) == london("2024-05-16T07:00")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2024-05-20T08:00", "2024-05-20T08:00"),
        ("2024-05-20T07:59", "2024-05-13T08:00"),
        ("2024-05-26T12:00", "2024-05-20T08:00"),
        ("2024-04-01T07:00", "2024-03-25T08:00"),  # the clocks went forward in between
    ],
)
def test_the_last_time_that_a_week_was_over(now: str, then: str) -> None:
    assert latest(When("weekly", "mon", 8, 0), london(now)) == london(then)


@pytest.mark.parametrize("text", ["21:00", "21:00-21:00", "9-17", "22:00-01:30", "25:00-07:00", "-"])
def test_hours_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not|same time|ambiguous"):
        parse_quiet(text)
