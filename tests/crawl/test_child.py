"""Crawl children that die, hang, or write nonsense; and a real one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import pytest

from monitor.crawl.child import MAX_RECORDS, CrawlError, closed_targets, follow
from monitor.crawl.command import CommandChild, crawl
from monitor.crawl.forked import CrawlStopped, ForkedChild, ForkedCrawls
from monitor.demo.history import demo_world
from monitor.demo.site import DemoSite
from monitor.model import Http, Job, Target, to_json
from monitor.model.state import PolledTarget
from tests.making import poll, record

Crawl = Callable[[Job, float], Iterable[PolledTarget]]


def lines(*items: object) -> list[str]:
    return [json.dumps(to_json(item)) for item in items]


def test_records_belong_to_the_poll_that_closes_their_target() -> None:
    found = list(closed_targets(lines(record("1", "a"), record("2", "b"), poll("b"), record("3", "a"), poll("a"))))
    assert [(c.poll.target, [r.key for r in c.records]) for c in found] == [("b", ["2"]), ("a", ["1", "3"])]


def test_a_target_that_shows_too_much_shows_nothing_and_the_next_is_read() -> None:
    many = lines(*(record(str(n), "a") for n in range(MAX_RECORDS + 5)), poll("a"))
    flooded, sound = closed_targets([*many, *lines(record("1", "b"), poll("b"))])
    assert (flooded.poll.outcome, flooded.poll.complete, flooded.records) == ("invalid", False, ())
    assert "more than 10000 entries" in (flooded.poll.detail or "")
    assert [r.key for r in sound.records] == ["1"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "crawl:1"),
        ("[]", "not a JSON object"),
        ('{"type": "record"}', "record"),
        ('{"type": "poll", "visit": 1}', "unknown key visit"),
    ],
)
def test_a_line_that_is_no_item_is_named(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        list(closed_targets([line]))


def job(base_url: str, folder: Path) -> Job:
    targets = tuple(Target(urn, name) for urn, name in (("80902", "Fenwick Vale"),))
    return Job("run-1", "ofsted", base_url, str(folder), Http("tests", delay=0, timeout=5), targets, sweep=True)


def closes_one_and_dies(_: object, out: TextIO) -> None:
    print(*lines(poll("1")), file=out, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def fails(_: object, out: TextIO) -> None:
    os._exit(3)


def hangs(_: object, out: TextIO) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print(file=out, flush=True)
    time.sleep(60)


def writes_nonsense(_: object, out: TextIO) -> None:
    print("hello", file=out, flush=True)


def leaves_one_open(_: object, out: TextIO) -> None:
    print(*lines(record("1", "a")), file=out, flush=True)


def by_command(name: str, folder: Path, time_limit: float) -> Iterator[PolledTarget]:
    script = f"import sys; from {__name__} import {name}; {name}(None, sys.stdout)"
    return follow(CommandChild([sys.executable, "-c", script]), time_limit)


def by_fork(name: str, folder: Path, time_limit: float) -> Iterator[PolledTarget]:
    return ForkedCrawls(f"{__name__}:{name}").crawl(job("http://127.0.0.1:1", folder), time_limit)


WAYS = pytest.mark.parametrize("way", [by_command, by_fork])
Way = Callable[[str, Path, float], Iterator[PolledTarget]]


@WAYS
def test_a_child_that_dies_is_told_after_what_it_closed(way: Way, tmp_path: Path) -> None:
    crawl_ = way("closes_one_and_dies", tmp_path, 60)
    assert next(crawl_).poll.target == "1"
    with pytest.raises(CrawlError, match="signal 9"):
        next(crawl_)
    with pytest.raises(CrawlError, match="exit status 3"):
        next(way("fails", tmp_path, 60))


@WAYS
def test_a_child_that_hangs_is_stopped_even_if_it_does_not_want_to_be(
    way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.crawl.child.GRACE_SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(CrawlError, match=r"longer than 8 s"):
        next(way("hangs", tmp_path, 8))
    assert time.monotonic() - started < 30


@WAYS
@pytest.mark.parametrize(
    ("name", "words"), [("writes_nonsense", "crawl:1"), ("leaves_one_open", "records of ofsted a are closed by no")]
)
def test_a_child_that_writes_what_it_should_not(way: Way, name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(CrawlError, match=words):
        next(way(name, tmp_path, 60))


@WAYS
def test_a_crawl_that_nobody_reads_on_ends_its_child(way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[CommandChild | ForkedChild] = []
    for kind in (CommandChild, ForkedChild):
        monkeypatch.setattr(kind, "close", lambda self: children.append(self))
    crawl_ = way("closes_one_and_waits", tmp_path, 60)
    next(crawl_)
    crawl_.close()
    (child,) = children
    assert child.wait(0) is not None
    monkeypatch.undo()
    child.close()


@pytest.mark.parametrize("way", ["command", "fork"])
def test_a_real_crawl_either_way(way: str, tmp_path: Path) -> None:
    how: Crawl = crawl if way == "command" else ForkedCrawls().crawl
    with DemoSite(demo_world()) as site:
        urn = next(iter(site.world.councils)).ofsted_urn
        target = Target(urn, "made up")
        found = list(how(Job("r", "ofsted", site.base_url, str(tmp_path), Http("t", 0, 5), (target,), sweep=True), 60))
    assert {c.poll.target for c in found} == {urn, "search"}
    council = next(c for c in found if c.poll.target == urn)
    assert council.poll.outcome == "ok"
    assert all((tmp_path / r.document.sha256[:2]).is_dir() for r in council.records if r.document)


def closes_one_and_waits(_: object, out: TextIO) -> None:
    """A crawl that never ends by itself."""
    print(*lines(poll("1")), file=out, flush=True)
    threading.Event().wait()


def leaves_a_thread_waiting(_: object, out: TextIO) -> None:
    """A crawl of which a thread still waits for a name server that does not answer."""
    ThreadPoolExecutor(1).submit(time.sleep, 30)
    print(*lines(poll("1")), file=out, flush=True)


def test_no_name_server_holds_up_a_crawl_that_has_ended(tmp_path: Path) -> None:
    began = time.monotonic()
    crawls = ForkedCrawls(f"{__name__}:leaves_a_thread_waiting")
    assert len(list(crawls.crawl(job("http://127.0.0.1:1", tmp_path), 60))) == 1
    assert time.monotonic() - began < 20


def test_a_stopped_fork_server_gives_up_its_crawls(tmp_path: Path) -> None:
    crawls = ForkedCrawls(f"{__name__}:closes_one_and_waits")
    under_way = iter(crawls.crawl(job("http://127.0.0.1:1", tmp_path), 60))
    assert next(under_way).poll.target == "1"
    crawls.stop()
    with pytest.raises(CrawlStopped):
        next(under_way)
    with pytest.raises(CrawlStopped):
        next(iter(crawls.crawl(job("http://127.0.0.1:1", tmp_path), 60)))


def test_what_a_forked_crawl_says_on_its_standard_error_is_in_our_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lost = replace(job("http://127.0.0.1:1", tmp_path), source="nowhere")
    with pytest.raises(CrawlError, match="exit status 1"):
        list(ForkedCrawls().crawl(lost, 60))
    said = [r for r in caplog.records if r.name == "ofsted-watch.crawl"]
    assert "no spider is named 'nowhere'" in said[-1].getMessage()
    assert {(r.source, r.run) for r in said} == {("nowhere", "run-1")}  # type: ignore[attr-defined]


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    """The child is given a site that answers slowly; its parent is killed; it must be gone."""
    script = (
        "import subprocess, sys, time; "
        "c = subprocess.Popen([sys.executable, '-c', 'import os; from spiders.__main__ import die_with_parent; "
        "die_with_parent(); import time; time.sleep(60)'], stdin=subprocess.PIPE); "
        "print(c.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert _gone(child)


def _gone(pid: int) -> bool:
    for _ in range(600):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().split()[2]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    return False


def test_half_a_character_costs_no_record() -> None:
    """JavaScript and .NET feeds write an emoji as two numbers, and a spider may keep one of them."""
    line = json.dumps(
        to_json(record("1", "a", title="x", fields={"y\ud83d": ["\ude00", "\ud83d\ude00 é"]}, text="\udc00"))
    )
    (closed,) = closed_targets([line.replace('"x"', '"\\ud83d!"'), *lines(poll("a"))])
    (found,) = closed.records
    assert (found.title, found.text) == ("\ufffd!", "\ufffd")
    assert found.fields == {"y\ufffd": ["\ufffd", "\U0001f600 é"]}
    json.dumps(to_json(found), ensure_ascii=False).encode()
