"""The test message is what a channel gets: of the kinds and the weight that its filters let through."""

from __future__ import annotations

import pytest

from monitor.channels.rules import Channel
from monitor.channels.told_of import KINDS
from monitor.cli.testing import sample_for
from monitor.wording.describe import subject
from tests.making import NOON


@pytest.mark.parametrize("family", KINDS.values())
def test_a_channel_of_one_family_is_tried_with_one_of_it(family: str) -> None:
    channel = Channel("c", kinds=(f"{family}*",))
    sample = sample_for(channel, [channel], NOON)
    assert sample.kind.startswith(family)
    assert subject([sample]).startswith("TEST MESSAGE (no real ")


def test_a_channel_of_what_is_critical_is_tried_with_what_is() -> None:
    channel = Channel("c", min_severity="critical")
    assert sample_for(channel, [channel], NOON).severity == "critical"


def test_a_channel_that_no_sample_passes_is_tried_all_the_same() -> None:
    channel = Channel("c", kinds=("report.withdrawn",))
    assert sample_for(channel, [channel], NOON).kind == "report.published"
