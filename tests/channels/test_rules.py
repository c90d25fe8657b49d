"""Who is told what, and when."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from monitor.channels.rules import Channel, due, recipients_of, wants
from monitor.model import Change, Event
from tests.making import NOON, event

MOVED = (Change("in_care", "good", "inadequate", "declined"),)


@pytest.mark.parametrize(
    ("channel", "let_through"),
    [
        (Channel("all"), True),
        (Channel("devon", urns=frozenset({"80461"})), True),
        (Channel("kent", urns=frozenset({"80462"})), False),
        (Channel("reports", kinds=("report.*",)), True),
        (Channel("news", kinds=("news.*", "press.*")), False),
        (Channel("moved", only_changed_judgements=True), False),
        (Channel("severe", min_severity="important"), False),
        (Channel("notices", min_severity="notice"), True),
    ],
)
def test_filters(channel: Channel, let_through: bool) -> None:
    assert wants(channel, event()) is let_through


def test_only_judgements_that_moved_pass_that_filter() -> None:
    channel = Channel("moved", only_changed_judgements=True)
    assert wants(channel, event(changes=MOVED))
    assert not wants(channel, event(changes=(Change("in_care", None, "good", "new"),)))


READERS = [Channel("kent", urns=frozenset({"80462"})), Channel("moved", only_changed_judgements=True)]


def told_to(happened: Event, *others: Channel) -> list[str]:
    return [o.channel for o in recipients_of(happened, [*READERS, *others], NOON)]


def test_outages_are_told_to_operators_or_to_the_console_and_to_no_reader() -> None:
    failing = event(kind="source.failing", urn=None)
    assert told_to(failing) == []
    assert told_to(failing, Channel("screen", console=True)) == ["screen"]
    named = [Channel("ops", kinds=(pattern,)) for pattern in ("source.*", "source*", "source.failing")]
    for operator in (Channel("ops", operator=True), *named):
        assert told_to(failing, Channel("screen", console=True), operator) == ["ops"]
    assert told_to(event(kind="source.recovered", urn=None), Channel("ops", operator=True)) == ["ops"]


def test_an_operators_channel_gets_its_news_as_well() -> None:
    assert "ops" in told_to(event(), Channel("ops", operator=True))
    assert "ops" not in told_to(event(), Channel("ops", operator=True, kinds=("source.*",)))


def test_that_ofsted_is_not_seen_is_told_to_readers_of_reports_and_to_no_operator() -> None:
    unseen = event(kind="source.failing", urn=None, after={"state": "unseen", "trouble": "broken"})
    others = (Channel("ops", operator=True), Channel("press", kinds=("press.*",)), Channel("all"))
    assert told_to(unseen, *others) == ["kent", "moved", "all"]
    assert told_to(unseen, Channel("screen", console=True)) == ["kent", "moved"]


def test_each_recipient_of_an_email_channel_is_owed_a_message() -> None:
    found = recipients_of(event(), [Channel("mail", recipients=("a@example.org", "b@example.org"))], NOON)
    assert [o.recipient for o in found] == ["a@example.org", "b@example.org"]


@pytest.mark.parametrize(
    ("when", "now", "then"),
    [
        ("now", "2024-05-15T12:00", "2024-05-15T12:00"),
        ("daily 08:00", "2024-05-15T07:59", "2024-05-15T08:00"),
        ("daily 08:00", "2024-05-15T08:00", "2024-05-16T08:00"),
        ("daily 08:00", "2024-10-26T09:00", "2024-10-27T08:00"),  # the clocks go back in between
        ("daily 08:00", "2024-03-30T09:00", "2024-03-31T08:00"),  # and forward
        ("weekly mon 08:00", "2024-05-15T12:00", "2024-05-20T08:00"),
        ("weekly wed 13:00", "2024-05-15T12:00", "2024-05-15T13:00"),
    ],
)
def test_when_a_delivery_goes_out_london_time(when: str, now: str, then: str) -> None:
    london = ZoneInfo("Europe/London")
    found = due(when, datetime.fromisoformat(now).replace(tzinfo=london))
    assert found == datetime.fromisoformat(then).replace(tzinfo=london)
