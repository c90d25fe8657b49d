"""The long proofs of what is sent and of what is hostile, cut short. Their figures are in docs/figures.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.store import replica
from monitor.store.sqlite import LIBRARY
from soak import postgres
from tests.soaking import proved

SHORT = {
    "messages to Slack": ["slack_messages", "--letters", "12"],
    "kills of deliveries to Slack": ["slack_kills", "--kills", "8"],
    "hostile answers, documents and texts": ["hostile", "--inputs", "200"],
    "ways that programs read": ["machines", "--councils", "3"],
    "a week unattended": ["year", "--days", "6", "--councils", "3", "--seldom", "--seed", "3"],
    "kills of a delivery": ["deliveries", "--kills", "8"],
    "what search, moves and due answer": ["answers", "--councils", "3"],
    "mails of the corpus": ["mailing", "--councils", "1"],
    "what people are shown": ["shown", "--councils", "1", "--no-replica"],
}


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("name", SHORT)
def test_a_short_version_of_each_long_proof(shared: Path, name: str) -> None:
    assert shared.is_dir()
    print(proved(*SHORT[name]))


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.skipif(replica.program() is None or not LIBRARY.log_is_safe, reason="needs the extras replica and sqlite")
@pytest.mark.parametrize("options", [(), ("--not-after-replica",)])
def test_a_few_losses_of_the_host(shared: Path, options: tuple[str, ...]) -> None:
    assert shared.is_dir()
    assert "0 lost, 0 told twice" in proved("host_loss", "--losses", "2", *options)


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("proof", [("workers", "--kills", "5"), ("workers_shared", "--councils", "8")])
def test_a_few_kills_of_workers_and_a_few_hosts_that_they_share(shared: Path, proof: tuple[str, ...]) -> None:
    assert shared.is_dir()
    if refusal := postgres.refusal():
        pytest.skip(refusal)
    assert "hosts that two crawls had open at once: {}" in proved(*proof)
