"""The end of a mute is a line in its channel, once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.channels import subscriptions as channel_subscriptions
from monitor.channels.rules import Channel
from monitor.config.file import Config
from monitor.councils.registry import Registry
from monitor.deliver import reminders
from monitor.deliver.audience import channels, widened
from monitor.model import event_from_json
from monitor.model.subscription import Asked, Mute
from monitor.store import Store, sources, subscriptions
from monitor.wording.describe import subject
from tests.configured import configured
from tests.making import NOON, closed

SETTINGS = """
[[channels]]
name = "team"
kind = "console"
quiet = "21:00-07:00"
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path, SETTINGS)


def owed(store: Store) -> list[str]:
    return [row["due"] for row in store.rows("SELECT due FROM deliveries WHERE receipt IS NOT NULL")]


def mute(store: Store, channel: str = "team") -> None:
    with store.transaction():
        subscriptions.save(store, Mute(channel, "80461", NOON.isoformat(), "U1", "2024-04-15T12:00:00+00:00"))


def test_it_is_owed_once_when_the_mute_has_ended(store: Store, config: Config) -> None:
    mute(store)
    told = channels(config)
    assert reminders.queue(store, config, told, NOON - timedelta(minutes=1)) == 0
    for minutes in (0, 1, 60):
        reminders.queue(store, config, told, NOON + timedelta(minutes=minutes))
    assert owed(store) == [NOON.isoformat()]


def test_it_names_the_council_and_says_what_follows(store: Store, config: Config) -> None:
    mute(store)
    reminders.queue(store, config, channels(config), NOON)
    [row] = store.rows("SELECT body FROM receipts")
    said = subject([event_from_json(json.loads(row["body"]))])
    assert said == "Devon is no longer muted in this channel: its news is told here again"


def test_it_waits_for_the_end_of_quiet_hours(store: Store, config: Config) -> None:
    mute(store)
    reminders.queue(store, config, channels(config), NOON + timedelta(hours=12))
    assert owed(store) == ["2024-05-16T06:00:00+00:00"]


def test_two_channels_that_write_to_one_place_have_one_line(store: Store, tmp_path: Path) -> None:
    slack = 'kind = "slack"\ntoken_env = "BOT"\nchannel = "#ofsted"\n'
    both = configured(tmp_path, "".join(f'[[channels]]\nname = "{name}"\n{slack}' for name in ("team", "other")))
    for name in ("team", "other"):
        mute(store, name)
    assert reminders.queue(store, both, channels(both), NOON) == 1
    assert len(owed(store)) == 1


def test_what_is_not_told_there_any_more_is_not_said_to_be_told_again(store: Store, tmp_path: Path) -> None:
    narrow = configured(tmp_path, SETTINGS + 'councils = ["Brent"]\n')
    mute(store)
    assert reminders.queue(store, narrow, channels(narrow), NOON) == 0


def test_nobody_is_told_long_after_or_where_no_channel_is_left(store: Store, config: Config) -> None:
    mute(store)
    mute(store, "gone")
    assert reminders.queue(store, config, channels(config), NOON + timedelta(days=3)) == 0
    assert reminders.queue(store, config, [], NOON) == 0
    assert owed(store) == []


YEAR = timedelta(days=365)


def looked(store: Store, at: datetime) -> None:
    """Looks at three pages, of which one is long ago."""
    with store.transaction():
        for target, when in (("80461", at), ("80462", at), ("80463", at - YEAR)):
            sources.save_polls(store, [closed(target, at=when)])


def muted(store: Store, config: Config, now: datetime) -> bool:
    (channel,) = widened(store, channels(config), now)
    return "80461" in channel.muted


def pressed(store: Store, at: datetime) -> None:
    """Somebody mutes a council while the clock says this."""
    (channel,) = (Channel("team"),)
    now = sources.known_time(store, at)
    made = channel_subscriptions.mute(channel, Asked(), Registry.load().get("Devon"), "U1", now)
    with store.transaction():
        assert made.change
        subscriptions.save(store, made.change)


@pytest.mark.parametrize("wrong", [YEAR, timedelta(days=40), timedelta(hours=3)])
def test_a_mute_of_a_clock_that_was_ahead_lasts_as_long_as_any_other(
    store: Store, config: Config, wrong: timedelta
) -> None:
    looked(store, NOON)
    pressed(store, NOON + wrong)
    assert not muted(store, config, NOON)  # nobody knows yet since when
    reminders.queue(store, config, channels(config), NOON)
    assert muted(store, config, NOON + timedelta(days=29))
    assert not muted(store, config, NOON + timedelta(days=31))
    assert not muted(store, config, NOON + wrong + timedelta(days=31))
    assert reminders.queue(store, config, channels(config), NOON + timedelta(days=30)) == 1


@pytest.mark.parametrize("wrong", [-YEAR, -timedelta(days=8000), timedelta(days=31), YEAR, -timedelta(hours=3)])
def test_a_clock_that_is_wrong_for_a_moment_lifts_no_mute(store: Store, config: Config, wrong: timedelta) -> None:
    looked(store, NOON)
    pressed(store, NOON)
    reminders.queue(store, config, channels(config), NOON + wrong)
    for days, quiet in ((1, True), (29, True), (31, False)):
        assert muted(store, config, NOON + timedelta(days=days)) is quiet


@pytest.mark.parametrize("wrong", [YEAR, timedelta(days=8000)])
def test_a_mute_that_is_asked_for_while_the_clock_is_behind_holds(
    store: Store, config: Config, wrong: timedelta
) -> None:
    looked(store, NOON)
    pressed(store, NOON - wrong)
    assert muted(store, config, NOON + timedelta(days=29))
    assert not muted(store, config, NOON + timedelta(days=31))


def test_a_mute_from_the_future_can_be_taken_back() -> None:
    ahead = Mute("team", "80461", (NOON + YEAR + timedelta(days=30)).isoformat(), "U1", (NOON + YEAR).isoformat())
    devon = Registry.load().get("Devon")
    assert channel_subscriptions.unmute(Channel("team"), Asked(mutes=(ahead,)), devon, NOON).change is not None
