"""Who is told is asked at one place, with the configuration and the subscriptions of the moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.channels import rules
from monitor.config.errors import ConfigError
from monitor.config.file import load
from monitor.deliver.audience import audience, channels
from monitor.model.subscription import Subscription
from monitor.reference import tables
from monitor.store import Store, subscriptions
from tests.configured import configured
from tests.making import NOON, event

TEXT = """
[[channels]]
name = "team"
kind = "console"
councils = ["Devon"]
"""


def test_a_subscription_made_meanwhile_is_in_force_for_what_is_committed_after_it(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path, TEXT)
    told, urn = audience(config), config.registry.get("Torbay").ofsted_urn
    happened = event(urn=urn)
    assert rules.recipients_of(happened, told(store, NOON), NOON) == []
    with store.transaction():
        subscriptions.save(store, Subscription("team", urn, "U0ALICE", NOON.isoformat()))
        assert [r.channel for r in rules.recipients_of(happened, told(store, NOON), NOON)] == ["team"]


READERS = """
[watch]
councils = "all"
[[channels]]
name = "words"
kind = "console"
words = ["agency", "\\"permanence planning\\""]
[[channels]]
name = "near"
kind = "console"
councils = ["Devon"]
neighbours_of = "Devon"
[[channels]]
name = "director"
kind = "console"
preset = "director"
councils = ["Devon"]
min_severity = "notice"
[[channels]]
name = "councillor"
kind = "feed"
preset = "councillor"
when = "now"
"""


def test_each_reader_has_what_the_file_asks_for(tmp_path: Path) -> None:
    config = configured(tmp_path, READERS)
    found = {channel.name: channel for channel in channels(config)}
    assert [query.text for query in found["words"].words] == ["agency", '"permanence planning"']
    ten = {neighbour.urn for neighbour in tables.neighbours("80461")}
    assert found["near"].urns == ten | {"80461"}
    assert (found["director"].kinds, found["director"].min_severity) == (
        ("report.*", "govuk.*", "press.published"), "notice",
    )  # fmt: skip
    assert (found["councillor"].when, found["councillor"].kinds) == ("now", ("report.*", "meeting.*", "govuk.*"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('words = ["-agency"]', "channels.c.words.#1: say what to search for, besides what must not be there"),
        ("words = []", "channels.c.words: must not be empty"),
        ('neighbours_of = "Devn"', 'channels.c.neighbours_of: no council "Devn": did you mean "Devon"?'),
        ('preset = "mayor"', 'channels.c.preset: must be "director", "councillor", "reporter" or "everything"'),
        ('neighbours_of = "Leeds"', "channels.c.neighbours_of: none of the neighbours is watched"),
    ],
)
def test_a_wrong_wish_is_refused_with_its_key(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[watch]\ncouncils = ["Devon"]\n[[channels]]\nname = "c"\nkind = "console"\n{line}\n')
    with pytest.raises(ConfigError) as refused:
        load(file)
    assert refused.value.lines == [f"{file}: {said}"]
