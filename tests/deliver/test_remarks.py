"""What is not as expected on the sources is told to operators once, a digest a day, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config.file import Config, load
from monitor.deliver import remarks
from monitor.deliver.audience import channels
from monitor.deliver.sender import Sender
from monitor.model import Event
from monitor.store import Store, outbox, sources
from monitor.wording.plain import message
from tests.configured import configured
from tests.making import closed

MONDAY = datetime(2024, 5, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SETTINGS = """
[watch]
councils = ["Devon", "Kent", "Torbay"]
[[channels]]
name = "ops"
kind = "console"
operator = true
[[channels]]
name = "readers"
kind = "console"
[[channels]]
name = "program"
kind = "webhook"
url = "http://127.0.0.1:9/x"
secret_env = "HOOK"
operator = true
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path, SETTINGS)


def look(store: Store, config: Config, at: datetime, outcome: str = "ok", **details: str) -> None:
    polls = []
    for council in config.watched():
        seen = closed(council.ofsted_urn, at=at)
        detail = details.get(council.name)
        polls.append(replace(seen, poll=replace(seen.poll, detail=detail, outcome=outcome)))  # type: ignore[arg-type]
    with store.transaction():
        sources.save_polls(store, polls)


def told(store: Store, config: Config, now: datetime) -> list[tuple[str, str]]:
    """What each channel is sent, as people read it."""
    taken: list[tuple[str, str]] = []

    def out(channel: str, *_: object) -> object:
        class Out:
            def send(self, message_id: str, events: list[Event], *_: object) -> None:
                taken.append((channel, message(events)))

        return Out()

    remarks.queue(store, config, channels(config), now)
    assert Sender(store, out, channels(config), lambda: now).send_due() == []  # type: ignore[arg-type]
    return taken


LABELS = {"Devon": "labels without a date: 3 (file 501); the page shows no URN", "Kent": "labels without a date: 1"}


def test_new_remarks_are_one_message_to_operators_that_people_read(store: Store, config: Config) -> None:
    look(store, config, MONDAY - DAY)
    look(store, config, MONDAY, **LABELS)
    [(channel, said)] = told(store, config, MONDAY)
    assert channel == "ops"
    assert said.splitlines() == [
        "The sources show 2 things that were not expected",
        "",
        "Ofsted's reports: labels without a date: 3 (file 501) (on 2 pages, such as Devon).",
        "Ofsted's reports: the page shows no URN (on the page of Devon).",
        "What it is about was read all the same. ofsted-watch status shows each of them, with its pages.",
    ]
    assert outbox.events(store) == []


def test_a_kind_is_told_once_whatever_comes_and_goes(store: Store, config: Config) -> None:
    look(store, config, MONDAY - DAY)
    look(store, config, MONDAY, **LABELS)
    assert len(told(store, config, MONDAY)) == 1
    for day, details in enumerate((LABELS, {}, {"Torbay": "labels without a date: 9 (file 4)"}, LABELS), start=1):
        look(store, config, MONDAY + day * DAY, **details)
        assert told(store, config, MONDAY + day * DAY) == []


def test_what_is_new_within_a_day_waits_for_the_next_mornings_digest(store: Store, config: Config) -> None:
    look(store, config, MONDAY - DAY)
    look(store, config, MONDAY, **LABELS)
    told(store, config, MONDAY)
    later = {**LABELS, "Torbay": "the page has no URN below its heading"}
    look(store, config, MONDAY + timedelta(hours=3), **later)
    assert told(store, config, MONDAY + timedelta(hours=3)) == []
    assert told(store, config, MONDAY + timedelta(hours=21)) == []
    [(_, said)] = told(store, config, MONDAY + timedelta(hours=23))
    assert "no URN below its heading (on the page of Torbay)" in said
    assert "labels" not in said


def test_the_first_day_is_silent_and_a_failure_is_no_remark(store: Store, config: Config) -> None:
    look(store, config, MONDAY, **LABELS)
    assert told(store, config, MONDAY) == []
    look(store, config, MONDAY + DAY, outcome="error", **LABELS)
    assert told(store, config, MONDAY + DAY) == []
    look(store, config, MONDAY + DAY * 2, **LABELS)
    assert len(told(store, config, MONDAY + DAY * 2)) == 1


def test_without_an_operator_the_consoles_are_told(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    screen = '[[channels]]\nname = "screen"\nkind = "console"\n'
    path.write_text(f'[watch]\ncouncils = ["Devon"]\n{screen}', encoding="utf-8")
    config = load(path)
    look(store, config, MONDAY - DAY)
    look(store, config, MONDAY, **LABELS)
    assert [channel for channel, _ in told(store, config, MONDAY)] == ["screen"]
