"""The unattended scheduler as a process: it crawls, tells, refuses a second one, and stops when told."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from monitor.demo.councils import write_registry
from monitor.demo.history import demo_world
from monitor.demo.site import DemoSite
from tests.command import Folder
from tests.notifiers.dribble import Dribbler
from tests.service.free_port import free_port

CHANNEL = '[[channels]]\nname = "screen"\nkind = "console"'


@pytest.fixture
def bare(tmp_path: Path) -> Folder:
    """A folder in which nothing was crawled yet."""
    write_registry(tmp_path / "councils.csv")
    return Folder(tmp_path)


@pytest.fixture
def folder(bare: Folder) -> Iterator[Folder]:
    """A folder with a baseline, and a report that has come since."""
    made = bare
    with DemoSite(demo_world()) as site:
        made.configure(site.base_url, watch='registry = "councils.csv"', more=CHANNEL)
        assert made("crawl").status == 0
        site.today = demo_world().days[1].date
        yield made


def wait_for(log: Path, words: str) -> str:
    for _ in range(1800):
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
            wait_for(log, "] Fenwick Vale: ")
            second = folder("run")
            assert (second.status, len(second.lines)) == (2, 1)
            assert f"process {process.pid}" in second.err
        finally:
            process.send_signal(signal.SIGTERM)
            started = time.monotonic()
            assert process.wait(60) == 0
    assert time.monotonic() - started < 30
    assert "stopped" in log.read_text()
    (status,) = folder("status", "--json").objects
    assert (status["healthy"], status["outbox"]) == (True, 0)
    assert len(folder("events", "--json").objects) == 1


class Running:
    """`run` as a process, and its log."""

    def __init__(self, folder: Folder) -> None:
        self.log = folder.path / "run.log"
        self.folder = folder
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "monitor", "run"],
                cwd=folder.path,
                stdout=subprocess.DEVNULL,
                stderr=out,
                env={**os.environ, **folder.environment},
            )

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def reload(self, words: str) -> None:
        self.process.send_signal(signal.SIGHUP)
        wait_for(self.log, words)

    def stop(self) -> float:
        self.process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert self.process.wait(60) == 0
        return time.monotonic() - started


def asked(port: int, path: str) -> tuple[int, bytes]:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def test_sighup_takes_a_good_configuration_and_refuses_a_bad_one(folder: Folder) -> None:
    good, port = (folder.path / "config.toml").read_text(), free_port()
    with Running(folder) as running:
        wait_for(running.log, "1 event,")
        folder.write(good.replace("[watch]", "[watch]\ncolour = 1\n"))
        running.reload("the old one holds")
        folder.write(good.replace("[http]", '[data]\ndir = "elsewhere"\n[http]'))
        running.reload("data.dir: cannot change while it runs")
        folder.write(good + f'\n[run]\nlisten = "127.0.0.1:{port}"\ncrawls = 1\n')
        running.reload(f"listening on 127.0.0.1:{port}")
        status, body = asked(port, "/healthz")
        assert (status, json.loads(body)["sources"]) == (200, {"ofsted": "ok"})
        figures = asked(port, "/metrics")[1].decode()
        assert 'ofsted_watch_events_total{kind="report.published"} 1.0' in figures
        assert 'ofsted_watch_source_state{source="ofsted",state="ok"} 1.0' in figures
        assert asked(port, "/secret")[0] == 404
        folder.write(good)
        running.reload("the configuration was read again")
        assert running.stop() < 30
        with pytest.raises(OSError, match="refused"):
            asked(port, "/healthz")
    refused = [line["message"] for line in running.lines() if line["level"] == "error"]
    assert [r for r in refused if "watch.colour: unknown key" in str(r)] != []
    (crawled,) = [line for line in running.lines() if line.get("job") == "ofsted" and "events" in line]
    assert crawled["run"]
    assert crawled["requests"]


def has_hangup(process: int, signals: str) -> bool:
    """Whether SIGHUP is among a process's "SigBlk" or "SigCgt" (proc(5))."""
    masks = dict(line.split(":\t") for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return bool(int(masks[signals], 16) & 1)


def test_a_sighup_while_it_begins_ends_nothing_and_is_heard(folder: Folder) -> None:
    with Running(folder) as running:
        while not has_hangup(running.process.pid, "SigBlk"):
            assert not has_hangup(running.process.pid, "SigCgt"), "it was never held back"
            time.sleep(0.001)
        running.reload("the configuration was read again")
        running.stop()


def test_sigterm_in_the_middle_of_a_crawl_is_no_failure_of_the_source(bare: Folder) -> None:
    """A site that takes the question and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as site:
        bare.configure(f"http://127.0.0.1:{site.getsockname()[1]}", watch='registry = "councils.csv"', more=CHANNEL)
        text = (bare.path / "config.toml").read_text()
        bare.write(text.replace("timeout = 3", "timeout = 120"))
        site.settimeout(180)
        with Running(bare) as running:
            connection, _ = site.accept()
            with connection:
                assert running.stop() < 30
        assert "to be crawled at the next start" in running.log.read_text()
    (status,) = bare("status", "--json").objects
    assert (status["sources"][0]["status"], status["outbox"]) == ("never seen", 0)
    assert status["sources"][0]["runs"]["ofsted"]["finished"] is None
    assert bare("events", "--json").objects == []


def test_the_end_waits_for_no_receiver_and_what_it_may_have_is_owed(folder: Folder) -> None:
    """A webhook that takes the message and dribbles its answer for ever; a heartbeat that does the same."""
    with Dribbler(b"HTTP/1.1 200 OK\r\nX-Slow: ", byte=b"a") as beat, Dribbler(byte=b"H") as hook:
        text = (folder.path / "config.toml").read_text()
        own = f'[[channels]]\nname = "own"\nkind = "webhook"\nurl = "http://127.0.0.1:{hook.port}/"\nsecret_env = "S"\n'
        folder.write(f'{text}\n[run]\nheartbeat_env = "BEAT"\n{own}')
        folder.environment |= {"S": "s3cret", "BEAT": f"http://127.0.0.1:{beat.port}/"}
        with Running(folder) as running:
            wait_for(running.log, "1 event,")
            for _ in range(1800):
                if hook.taken:
                    break
                time.sleep(0.1)
            assert hook.taken
            assert running.stop() < 30
        assert "what was under way is owed at the next start" in running.log.read_text()
    rows = {row["channel"]: row for row in folder("status", "--json").objects[0]["channels"]}
    assert (rows["own"]["owed"], rows["own"]["unsure"], rows["screen"]["owed"]) == (1, 1, 0)


def test_what_was_crawled_before_a_restart_is_not_crawled_again(folder: Folder) -> None:
    with Running(folder) as running:
        wait_for(running.log, "1 event,")
        assert running.stop() < 30
    with Running(folder) as running:
        wait_for(running.log, "watching")
        time.sleep(1)
        assert running.stop() < 30
    assert "overdue" not in running.log.read_text()
    (day,) = folder("status", "--politeness", "--json").objects
    assert (day["source"], day["crawls"]) == ("ofsted", 2)  # the first by hand
