"""A fault in what is owed without news costs itself alone; an event that cannot be read back, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.channels.rules import Channel
from monitor.config.file import Config, load
from monitor.deliver import besides
from monitor.deliver.audience import channels
from monitor.store import Store, StoreError, outbox
from tests.making import NOON, event


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "config.toml").write_text("[[channels]]\nname = 'c'\nkind = 'console'\nreceipt = 'weekly mon 08:00'\n")
    return load(tmp_path / "config.toml")


@pytest.mark.parametrize("broken", list(besides.KINDS))
def test_a_fault_in_one_kind_costs_no_other(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    owed: list[str] = []

    def owe(name: str) -> object:
        def queue(_store: Store, _config: Config, _audience: Sequence[Channel], _now: object) -> int:
            owed.append(name)
            return 1 // (name != broken)

        return queue

    monkeypatch.setattr(besides, "KINDS", {name: owe(name) for name in besides.KINDS})
    besides.queue(store, config, channels(config), NOON)
    assert owed == list(besides.KINDS)
    assert caplog.messages == [f"{broken} failed in an unforeseen way"]


def test_a_store_that_cannot_be_used_is_told_at_once(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queue(*_: object) -> int:
        raise StoreError("no space left on the disk")

    monkeypatch.setattr(besides, "KINDS", {"receipts": queue})
    with pytest.raises(StoreError):
        besides.queue(store, config, channels(config), NOON)


@pytest.mark.parametrize("body", ["{", "[]", "{}", '"x"', "null"])
def test_an_event_that_cannot_be_read_back_is_left_out_of_lists_and_said(
    store: Store, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    for name in ("e1", "broken", "e2"):
        with store.transaction():
            outbox.add(store, event(name, at=(NOON + timedelta(minutes=1)).isoformat()), [])
    store.connection.execute("UPDATE events SET body = ? WHERE id = 'broken'", (body,))
    assert [e.id for e in outbox.events(store)] == ["e1", "e2"]
    assert [message.partition(" is left out")[0] for message in caplog.messages] == [
        "event broken cannot be read back and"
    ]
