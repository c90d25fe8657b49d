"""Children that end while others begin: each has its own exit status, whichever thread starts or waits."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import forkserver
from pathlib import Path
from typing import TextIO

import pytest

from monitor.crawl.child import CrawlError
from monitor.crawl.forked import ForkedCrawls
from monitor.model import Http, Job, Target, to_json
from tests.making import poll


def closes_one(_: object, out: TextIO) -> None:
    print(json.dumps(to_json(poll("1"))), file=out, flush=True)


def fails(_: object, out: TextIO) -> None:
    os._exit(3)


@pytest.fixture
def slow_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is time between the moment when an exit status can be read and the moment when it is."""
    real = forkserver.read_signed  # type: ignore[attr-defined]

    def slow(descriptor: int) -> int:
        time.sleep(0.1)
        return int(real(descriptor))

    monkeypatch.setattr(forkserver, "read_signed", slow)


@pytest.mark.usefixtures("slow_to_read")
def test_a_crawl_that_ends_while_another_starts_has_not_died(tmp_path: Path) -> None:
    job = Job("run-1", "ofsted", "http://127.0.0.1:1", str(tmp_path), Http("tests"), (Target("1", "A"),))

    def crawl(_: int) -> list[str]:
        return [closed.poll.target for closed in ForkedCrawls(f"{__name__}:closes_one").crawl(job, 60)]

    def die(_: int) -> str:
        with pytest.raises(CrawlError) as died:
            list(ForkedCrawls(f"{__name__}:fails").crawl(job, 60))
        return str(died.value)

    with ThreadPoolExecutor(6) as threads:
        well, ill = list(threads.map(crawl, range(12))), list(threads.map(die, range(12)))
    assert well == [["1"]] * 12
    assert ill == ["the crawl's process died (exit status 3)"] * 12
