"""The unattended scheduler as a process: it crawls, tells, refuses a second one, and stops when told."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.demo.councils import write_registry
from monitor.demo.history import demo_world
from monitor.demo.site import DemoSite
from tests.cli import Folder

CHANNEL = '[[channels]]\nname = "screen"\nkind = "console"'


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    write_registry(tmp_path / "councils.csv")
    with DemoSite(demo_world()) as site:
        made = Folder(tmp_path)
        made.configure(site.base_url, watch='registry = "councils.csv"', more=CHANNEL)
        assert made("crawl").status == 0
        site.today = demo_world().days[1].date
        yield made


def wait_for(log: Path, words: str) -> str:
    for _ in range(300):
        text = log.read_text()
        if words in text:
            return text
        time.sleep(0.1)
    raise AssertionError(f"{words!r} did not come: {log.read_text()}")


def test_run_crawls_at_once_tells_refuses_a_second_and_stops(folder: Folder) -> None:
    log = folder.path / "run.log"
    with log.open("w") as out:
        process = subprocess.Popen([sys.executable, "-m", "monitor", "run"], cwd=folder.path, stdout=out, stderr=out)
        try:
            wait_for(log, "Fenwick Vale: inspection report published")
            second = folder("run")
            assert (second.status, len(second.lines)) == (2, 1)
            assert f"process {process.pid}" in second.err
        finally:
            process.send_signal(signal.SIGTERM)
            started = time.monotonic()
            assert process.wait(30) == 0
    assert time.monotonic() - started < 10
    assert "stopped" in log.read_text()
    (status,) = folder("status", "--json").objects
    assert (status["healthy"], status["outbox"]) == (True, 0)
    assert len(folder("events", "--json").objects) == 1
