"""The replica set back in time: every page answers 200 with an old state, and nothing of it is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from soak.command import Command, configuration
from soak.replica import Replica

COUNCILS = ["Devon", "Torbay", "Bradford", "Rotherham"]


@pytest.mark.corpus
def test_an_old_copy_of_the_site_is_told_once_and_nothing_is_withdrawn(shared: Path, tmp_path: Path) -> None:
    with Replica("2025-11-01") as site:
        command = Command(tmp_path, configuration(site.base_url, COUNCILS))
        assert command.events("crawl") == []
        site.control(today="2019-01-15")
        told = [command.events("crawl", "--full") for _ in range(2)]
        assert [[e["kind"] for e in events] for events in told] == [["source.failing"], []]
        assert "an old state" in told[0][0]["after"]["reason"]
        site.control(today="2025-11-01")
        assert [e["kind"] for e in command.events("crawl", "--full")] == ["source.recovered"]
