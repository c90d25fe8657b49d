"""`site` and `demo`: the folder, what is said of it, and the server that shows it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import Folder
from tests.service.free_port import free_address
from tests.site import world


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    world.filled(tmp_path)
    return Folder(tmp_path)


def test_it_writes_the_folder_and_says_so(folder: Folder) -> None:
    ran = folder("site", "--output", "here")
    assert ran.status == 0, ran.err
    assert re.match(r"here: \d+ of \d+ pages made, \d+ files written$", ran.out.strip())
    assert "no next look: the watch is not running" in (folder.path / "here/index.html").read_text()


def test_without_a_store_it_says_what_makes_one(tmp_path: Path) -> None:
    world.configure(tmp_path)
    ran = Folder(tmp_path)("site")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "ofsted-watch crawl" in ran.err


def test_it_shows_the_folder_until_it_is_stopped(folder: Folder) -> None:
    address = free_address()
    command = [sys.executable, "-m", "monitor", "site", "--serve", address]
    with subprocess.Popen(command, cwd=folder.path, stdout=subprocess.PIPE, env=os.environ, text=True) as running:
        assert running.stdout
        lines = [running.stdout.readline() for _ in range(2)]
        assert f"http://{address}/" in lines[1]
        assert b"<h1>Devon</h1>" in page(address, "/councils/devon/")
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0


def page(address: str, path: str) -> bytes:
    until = time.monotonic() + 60
    while True:
        connection = http.client.HTTPConnection(address, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)
        finally:
            connection.close()
