"""Who is told is asked at one place, with the configuration and the subscriptions of the moment."""

from __future__ import annotations

from pathlib import Path

from monitor.channels import rules
from monitor.config.file import load
from monitor.deliver.audience import audience
from monitor.model.subscription import Subscription
from monitor.store import Store, subscriptions
from tests.making import NOON, event

TEXT = """
[[channels]]
name = "team"
kind = "console"
councils = ["Devon"]
"""


def test_a_subscription_made_meanwhile_is_in_force_for_what_is_committed_after_it(store: Store, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(TEXT)
    config = load(tmp_path / "config.toml")
    told, urn = audience(config), config.registry.get("Torbay").ofsted_urn
    happened = event(urn=urn)
    assert rules.recipients_of(happened, told(store, NOON), NOON) == []
    with store.transaction():
        subscriptions.save(store, Subscription("team", urn, "U0ALICE", NOON.isoformat()))
        assert [r.channel for r in rules.recipients_of(happened, told(store, NOON), NOON)] == ["team"]
