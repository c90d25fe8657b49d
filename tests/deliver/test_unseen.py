"""Readers hear once that Ofsted has not been seen for a working day, in a plain line; operators hear of the outage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config.file import Config
from monitor.deliver import unseen
from monitor.deliver.audience import channels
from monitor.model.trouble import WHOLE, Episode, Reason, Trouble
from monitor.store import Store, outbox, sources
from monitor.wording.describe import describe, subject
from tests.configured import configured
from tests.making import closed

FRIDAY = datetime(2024, 5, 10, 16, tzinfo=UTC)
SETTINGS = """
[watch]
councils = ["Devon"]
[[channels]]
name = "ops"
kind = "console"
operator = true
[[channels]]
name = "readers"
kind = "console"
kinds = ["report.*"]
[[channels]]
name = "press"
kind = "console"
kinds = ["press.*"]
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path, SETTINGS)


@pytest.fixture
def broken(store: Store) -> Store:
    """Ofsted was seen on Friday afternoon, and cannot be read as a whole since."""
    reason = Reason("blocked", "blocked: /search is forbidden to us (403)")
    with store.transaction():
        sources.save_polls(store, [closed("80461", at=FRIDAY)])
        spell = Episode("ofsted", WHOLE, Trouble.BROKEN, (FRIDAY + timedelta(hours=1)).isoformat(), reason)
        sources.save_episodes(store, [spell], [])
    return store


def owed(store: Store) -> list[str]:
    return [row["channel"] for row in store.rows("SELECT channel FROM deliveries ORDER BY id")]


def test_a_weekend_is_no_working_day(broken: Store, config: Config) -> None:
    assert not unseen.queue(broken, config, channels(config), FRIDAY + timedelta(days=2, hours=23))
    assert owed(broken) == []


def test_after_a_working_day_readers_of_reports_hear_once(broken: Store, config: Config) -> None:
    for hours in (0, 1, 48):
        assert unseen.queue(broken, config, channels(config), FRIDAY + timedelta(days=3, hours=hours))
    assert owed(broken) == ["readers"]


def test_the_line_is_plain(broken: Store, config: Config) -> None:
    unseen.queue(broken, config, channels(config), FRIDAY + timedelta(days=3))
    [line] = outbox.events(broken)
    assert subject([line]) == "Ofsted's reports cannot be read; they were last read on 10 May 2024, 17:00"
    assert describe(line).notes == ("What is published there meanwhile is told as soon as the site can be read again.",)


def test_a_source_that_is_well_or_was_never_seen_owes_nothing(store: Store, config: Config) -> None:
    assert not unseen.queue(store, config, channels(config), FRIDAY)
    with store.transaction():
        sources.save_polls(store, [closed("80461", at=FRIDAY)])
    assert not unseen.queue(store, config, channels(config), FRIDAY + timedelta(days=9))
    assert owed(store) == []


def test_what_a_clock_that_was_ahead_has_seen_silences_nobody(broken: Store, config: Config) -> None:
    with broken.transaction():
        sources.save_polls(broken, [closed("80461", at=FRIDAY + timedelta(days=400))])
    assert unseen.queue(broken, config, channels(config), FRIDAY + timedelta(days=3, hours=1))
    assert owed(broken) == ["readers"]
