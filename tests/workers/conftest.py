"""A PostgreSQL server for the tests of the queue, with an empty queue for each; skipped where there is no server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from monitor.config.tables import Run
from monitor.workers import lease
from monitor.workers.lease import Spans
from soak import postgres
from soak.postgres import Server

QUICK = Spans(beat=0.4, lease=6.0, stopped=2.5, stalled=4.0, patience=60.0, poll=0.05)
"""The same ways in less time; the patience is that of a worker that starts on a busy machine."""
CONFIG = """
[run]
queue = "{address}"
log = "plain"
[http]
allow_private_addresses = {private}
"""
SCRIPT = """
import sys
from monitor.workers import lease
from tests.workers.conftest import QUICK
lease.SPANS = QUICK if {quick} else lease.SPANS
from monitor.cli import main
sys.argv = ["ofsted-watch", "--config", {config!r}, "worker"]
main()
"""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server for all tests of this process."""
    if refusal := postgres.refusal():
        pytest.skip(refusal)
    with postgres.server() as made:
        yield made


@pytest.fixture
def queue(server: Server, monkeypatch: pytest.MonkeyPatch) -> Run:
    """An empty queue, with quick spans."""
    import psycopg

    monkeypatch.setattr(lease, "SPANS", QUICK)
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS ofsted_watch_1 CASCADE")
    return Run(queue=server.address)


Start = Callable[..., subprocess.Popen[str]]


@contextmanager
def started(queue: Run, folder: Path, *, private: bool = True, quick: bool = True) -> Iterator[subprocess.Popen[str]]:
    """A worker as the command starts it."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "worker.toml"
    config.write_text(CONFIG.format(address=queue.queue, private=str(private).lower()), encoding="utf-8")
    command = [sys.executable, "-c", SCRIPT.format(config=str(config), quick=quick)]
    with (folder / "worker.log").open("w") as said:
        process = subprocess.Popen(command, stderr=said, text=True, cwd=Path.cwd())
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def start_worker(queue: Run, tmp_path: Path) -> Iterator[Start]:
    """Starts workers; they end with the test."""
    with ExitStack() as stack:
        yield lambda name="one", **how: stack.enter_context(started(queue, tmp_path / name, **how))
