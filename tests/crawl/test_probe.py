"""`check --probe NAME`: what a council's addresses answer, one line each, and nothing kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.crawl.probe import probe
from soak.replica import Replica
from soak.sources import configure

pytestmark = pytest.mark.corpus
NOON = datetime(2024, 5, 16, 12, tzinfo=UTC)


@pytest.fixture
def site(shared: Path) -> Iterator[Replica]:
    assert shared.is_dir()
    with Replica("2024-05-16") as made:
        yield made


def test_each_address_is_asked_and_nothing_is_kept(tmp_path: Path, site: Replica) -> None:
    config = configure(tmp_path, site.address, "Devon")
    answers = list(probe(config, config.registry.get("Devon"), NOON))
    assert [(a.source, a.outcome) for a in answers] == [("ofsted", "ok"), ("moderngov", "ok"), ("newsroom", "ok")]
    assert all(a.requests and a.url.startswith(site.address) for a in answers)
    assert {p.name for p in tmp_path.iterdir()} == {"config.toml", "councils.csv"}


def test_one_that_does_not_answer_leaves_the_others_to_be_asked(tmp_path: Path, site: Replica) -> None:
    config = configure(tmp_path, site.address, "Devon")
    site.fault("/moderngov/", "403")
    answers = list(probe(config, config.registry.get("Devon"), NOON))
    assert [(a.source, a.outcome) for a in answers] == [("ofsted", "ok"), ("moderngov", "blocked"), ("newsroom", "ok")]


def test_the_command_says_what_is_not_as_it_should_be(tmp_path: Path, site: Replica) -> None:
    """The site's newest news is of 2024: to the command, which has today's date, it is stale."""
    configure(tmp_path, site.address, "Devon")
    command = [sys.executable, "-m", "monitor", "--config", str(tmp_path / "config.toml"), "check", "--probe", "Devon"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stdout.startswith("Devon: ofsted: ")
    assert "Devon: newsroom: " in ran.stderr
    assert "the newest item is of 2024-05-16" in ran.stderr
