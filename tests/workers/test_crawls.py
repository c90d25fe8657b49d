"""Crawls that a worker makes: the owner sees what a child of its own would have shown it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config.file import Config, load
from monitor.config.sources import Run
from monitor.crawl.command import crawl
from monitor.crawl.forked import ForkedCrawls
from monitor.demo.history import demo_world
from monitor.demo.site import DemoSite
from monitor.model import Http, Job, Target
from monitor.model.state import PolledTarget
from monitor.workers import lease
from monitor.workers.owner import QueuedCrawls
from tests.workers.conftest import Start

pytestmark = pytest.mark.slow


@pytest.fixture
def site() -> Iterator[DemoSite]:
    with DemoSite(demo_world()) as served:
        yield served


def job(site: DemoSite, folder: Path, run: str = "r") -> Job:
    targets = tuple(Target(c.ofsted_urn, c.name) for c in site.world.councils)
    return Job(run, "ofsted", site.base_url, str(folder), Http("t", 0, 5), targets, sweep=True)


def config(folder: Path, queue: Run) -> Config:
    path = folder / "config.toml"
    path.write_text(f'[run]\nqueue = "{queue.queue}"\n', encoding="utf-8")
    return load(path)


@contextmanager
def owner(folder: Path, queue: Run) -> Iterator[QueuedCrawls]:
    """An owner whose keeper runs, as in the service."""
    made = config(folder, queue)
    crawls = QueuedCrawls(lambda: made, ForkedCrawls(), lambda: datetime.now(UTC))
    stop = threading.Event()

    def keep() -> None:
        while not stop.wait(lease.SPANS.beat):
            crawls.keep()

    keeper = threading.Thread(target=keep)
    keeper.start()
    try:
        yield crawls
    finally:
        stop.set()
        keeper.join()
        crawls.close()


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
