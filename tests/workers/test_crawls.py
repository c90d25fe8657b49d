"""Crawls that a worker makes: the owner sees what a child of its own would have shown it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config.file import Config
from monitor.config.tables import Run
from monitor.crawl.command import crawl
from monitor.crawl.forked import ForkedCrawls
from monitor.demo.councils import write_registry
from monitor.demo.history import demo_world
from monitor.demo.site import DemoSite
from monitor.model import Http, Job, Target
from monitor.model.state import PolledTarget
from monitor.workers import lease
from monitor.workers.owner import QueuedCrawls
from monitor.workers.queue import Connection, QueueError, conninfo
from soak import postgres
from tests.configured import configured
from tests.waiting import wait_for
from tests.workers.conftest import QUICK, Start, started

pytestmark = pytest.mark.slow


@pytest.fixture
def site() -> Iterator[DemoSite]:
    with DemoSite(demo_world()) as served:
        yield served


def job(site: DemoSite, folder: Path, delay: float = 0) -> Job:
    targets = tuple(Target(c.ofsted_urn, c.name) for c in site.world.councils)
    return Job("r", "ofsted", site.base_url, str(folder), Http("t", delay, 5), targets, sweep=True)


def all_of(site: DemoSite) -> list[str]:
    return sorted([*(c.ofsted_urn for c in site.world.councils), "search"])


def targets(found: Iterable[PolledTarget]) -> list[str]:
    return sorted(closed.poll.target for closed in found)


def config(folder: Path, queue: Run) -> Config:
    return configured(folder, f'[run]\nqueue = "{queue.queue}"\n')


@contextmanager
def owner(folder: Path, queue: Run) -> Iterator[QueuedCrawls]:
    """An owner whose keeper runs, as in the service."""
    made = config(folder, queue)
    crawls = QueuedCrawls(lambda: made, ForkedCrawls(), lambda: datetime.now(UTC))
    stop = threading.Event()

    def keep() -> None:
        while not stop.wait(lease.SPANS.beat):
            with suppress(QueueError):  # the service has it told
                crawls.keep()

    keeper = threading.Thread(target=keep)
    keeper.start()
    try:
        yield crawls
    finally:
        stop.set()
        keeper.join()
        crawls.close()


def is_kept(crawls: QueuedCrawls) -> bool:
    """Whether the queue is well; the first question after an outage may find a connection of before."""
    with suppress(QueueError):
        return crawls.keep() is None
    return False


def shown(found: list[PolledTarget]) -> dict[str, object]:
    """What was found, without times and counts of bytes."""
    return {
        c.poll.target: (replace(c.poll, started="", finished="", bytes=0), sorted(c.records, key=lambda r: r.key))
        for c in found
    }


def test_what_a_worker_finds_is_what_a_child_finds(
    site: DemoSite, queue: Run, start_worker: Start, tmp_path: Path
) -> None:
    start_worker()
    with owner(tmp_path, queue) as crawls:
        there = list(crawls.crawl(job(site, tmp_path / "there"), 60))
    here = list(crawl(job(site, tmp_path / "here"), 60))
    assert shown(there) == shown(here)
    assert len(there) == len(shown(there))
    kept = {p.name: p.read_bytes() for p in (tmp_path / "there").rglob("*.pdf")}
    assert kept == {p.name: p.read_bytes() for p in (tmp_path / "here").rglob("*.pdf")}
    assert len(kept) > 5


def test_a_worker_that_is_killed_loses_nothing_and_nothing_comes_twice(
    site: DemoSite, queue: Run, start_worker: Start, tmp_path: Path
) -> None:
    first = start_worker("first")
    with owner(tmp_path, queue) as crawls:
        under_way = crawls.crawl(job(site, tmp_path, delay=0.4), 60)
        found = [next(under_way)]
        first.kill()
        start_worker("second")
        found += under_way
    assert targets(found) == all_of(site)
    assert all(c.poll.outcome == "ok" for c in found)


def test_a_worker_that_is_told_to_end_puts_its_crawl_back(
    site: DemoSite, queue: Run, start_worker: Start, tmp_path: Path
) -> None:
    first = start_worker("first")
    with owner(tmp_path, queue) as crawls:
        under_way = crawls.crawl(job(site, tmp_path, delay=0.4), 60)
        found = [next(under_way)]
        first.terminate()
        assert first.wait(15) == 0
        start_worker("second")
        found += under_way
    assert targets(found) == all_of(site)


@pytest.mark.parametrize("how", ["given up", "lost"])
def test_a_worker_stops_when_nobody_waits(
    how: str, site: DemoSite, queue: Run, start_worker: Start, tmp_path: Path
) -> None:
    start_worker()
    with ExitStack() as late:
        with owner(tmp_path, queue) as crawls:
            under_way = late.enter_context(closing(crawls.crawl(job(site, tmp_path, delay=2), 600)))
            next(under_way)
            if how == "given up":
                under_way.close()
        time.sleep(QUICK.lease + QUICK.stopped + 3)
        asked = len(site.requests)
        time.sleep(5)
        assert len(site.requests) == asked
        assert left_in(queue) == {"crawls": 0, "procrastinate_jobs": 0, "documents": 0}


def left_in(queue: Run) -> dict[str, int]:
    """How many rows the queue has of what must not last."""
    with closing(Connection(conninfo(queue))) as held:
        tables = ("crawls", "procrastinate_jobs", "documents")
        return {name: held.get().execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def test_the_next_owner_s_crawl_waits_for_no_crawl_of_one_that_is_lost(
    site: DemoSite, queue: Run, start_worker: Start, tmp_path: Path
) -> None:
    start_worker()
    with ExitStack() as late:
        with owner(tmp_path, queue) as lost:
            next(late.enter_context(closing(lost.crawl(job(site, tmp_path, delay=2), 600))))
        with owner(tmp_path, queue) as crawls:
            assert targets(crawls.crawl(job(site, tmp_path), 60)) == all_of(site)


def test_an_owner_that_was_cut_off_makes_the_rest_himself(
    site: DemoSite, queue: Run, start_worker: Start, tmp_path: Path
) -> None:
    start_worker()
    with owner(tmp_path, queue) as crawls:
        under_way = crawls.crawl(job(site, tmp_path, delay=0.4), 60)
        found = [next(under_way)]
        with closing(Connection(conninfo(queue))) as held:
            held.get().execute("DELETE FROM crawls")
        found += under_way
    assert targets(found) == all_of(site)


def test_where_no_worker_takes_anything_we_crawl_ourselves(
    site: DemoSite, queue: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "SPANS", replace(QUICK, patience=2.0))
    with owner(tmp_path, queue) as crawls:
        assert targets(crawls.crawl(job(site, tmp_path), 60)) == all_of(site)
        assert crawls.keep() == "no worker of this version takes crawls from the queue"
    assert [r.getMessage() for r in caplog.records if r.levelname == "WARNING"] == [
        "ofsted: no worker of this version takes crawls from the queue; crawled on this machine"
    ]
    assert left_in(queue)["crawls"] == 0


def test_a_queue_that_goes_away_costs_no_target_and_none_comes_twice(
    site: DemoSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if refusal := postgres.refusal():
        pytest.skip(refusal)
    monkeypatch.setattr(lease, "SPANS", QUICK)
    with postgres.server() as own:
        run = Run(queue=own.address)
        with started(run, tmp_path / "one"), owner(tmp_path, run) as crawls:
            under_way = crawls.crawl(job(site, tmp_path, delay=0.4), 60)
            found = [next(under_way)]
            own.stop()
            monkeypatch.setattr(lease, "SPANS", replace(QUICK, patience=9.0))
            found += under_way
            assert targets(found) == all_of(site)
            (said,) = (r.getMessage() for r in caplog.records if "crawled on this machine" in r.getMessage())
            assert said.startswith("ofsted: the queue: ")
            own.start()
            monkeypatch.setattr(lease, "SPANS", QUICK)
            # On a busy machine these short spans may run out once more: then it is crawled here again.
            again = list(crawls.crawl(replace(job(site, tmp_path), run="r2"), 60))
            assert targets(again) == all_of(site)
            wait_for(lambda: is_kept(crawls), 30)


def test_a_worker_asks_no_private_address_unless_its_own_configuration_allows_it(
    site: DemoSite, queue: Run, start_worker: Start, tmp_path: Path
) -> None:
    start_worker(private=False)
    asked = len(site.requests)
    with owner(tmp_path, queue) as crawls:
        found = list(crawls.crawl(job(site, tmp_path), 60))
    assert not [c.poll.target for c in found if c.poll.outcome == "ok"]
    assert any("private address" in (c.poll.detail or "") for c in found)
    assert len(site.requests) == asked


RUN = """
[data]
dir = "data"
[run]
queue = "{queue}"
jitter = 0.0
log = "plain"
[http]
contact = "tests@localhost"
delay = 0
[sources.ofsted]
base_url = "{site}"
[watch]
registry = "councils.csv"
"""


def test_run_has_its_crawls_made_by_a_worker(site: DemoSite, queue: Run, start_worker: Start, tmp_path: Path) -> None:
    start_worker(quick=False)
    write_registry(tmp_path / "councils.csv")
    path, log = tmp_path / "run.toml", tmp_path / "run.log"
    path.write_text(RUN.format(queue=queue.queue, site=site.base_url), encoding="utf-8")
    with log.open("w") as said:
        process = subprocess.Popen([sys.executable, "-m", "monitor", "--config", str(path), "run"], stderr=said)
    try:
        wait_for(lambda: "ofsted: 0 events, 5 looks" in log.read_text(encoding="utf-8"), 150)
    finally:
        process.terminate()
        ended = process.wait(30)
    said_of_it = log.read_text(encoding="utf-8")
    assert (ended, "crawled on this machine" in said_of_it) == (0, False)
    assert "ofsted: 4 targets" in (tmp_path / "one" / "worker.log").read_text(encoding="utf-8")
    assert left_in(queue)["crawls"] == 0
