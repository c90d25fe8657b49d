"""What a channel gets, in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.channels.rules import Channel
from monitor.channels.told_of import gets
from monitor.councils.registry import Registry
from monitor.query import parse

COUNCILS = list(Registry.load())
URNS = {council.name: council.urn for council in COUNCILS}
NOW = "as it happens"
MOVED = " (of reports only those that move a judgement)"


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({}, "everything about all 153 councils, as it happens"),
        ({"kinds": ("*",), "when": "daily 08:00"}, "everything about all 153 councils, each day at 08:00"),
        ({"urns": frozenset({"80461"}), "when": "weekly mon 09:30"}, "everything about Devon, each Monday at 09:30"),
        ({"urns": frozenset({"80461", URNS["Brent"]})}, "everything about Brent and Devon, as it happens"),
        (
            {"only_changed_judgements": True, "urns": frozenset({"80461"})},
            f"everything{MOVED} about Devon, {NOW}",
        ),
        ({"kinds": ("source.*",)}, "outages of the sources, as it happens"),
        (
            {"words": (parse("agency"), parse('"agency staff"')), "urns": frozenset({"80461"})},
            f'everything that says “agency” or "agency staff" about Devon, {NOW}',
        ),
        ({"kinds": ("report.*",)}, "Ofsted's reports and letters about all 153 councils, as it happens"),
        (
            {"kinds": ("meeting.minutes", "press.*"), "min_severity": "important"},
            "agenda items, papers and minutes of committees and press articles (only what is important or critical) "
            "about all 153 councils, as it happens",
        ),
    ],
)
def test_a_channel_is_put_into_words(rules: dict[str, Any], said: str) -> None:
    assert gets(Channel("team", **rules), COUNCILS) == said


def test_few_councils_are_named_though_all_are_meant() -> None:
    few = [council for council in COUNCILS if council.name in ("Devon", "Brent", "Kent", "York")]
    assert gets(Channel("team"), few[:3]) == "everything about Brent, Devon and Kent, as it happens"
    assert gets(Channel("team"), few) == "everything about all 4 councils, as it happens"
