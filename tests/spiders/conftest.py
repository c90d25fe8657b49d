"""The replica of Ofsted's site, started once, with its faults cleared after each test."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from pytest_httpserver import HTTPServer

from tests.spiders.crawling import Crawled, crawl, make_job
from tests.spiders.site import Site
from tests.spiders.windows import Room

TODAY = "2024-05-15"
CALM: dict[str, Any] = {
    **{"crawl_delay": None, "disallow": [], "missing_status": 404},
    **{"latest_counts": "all", "markup": "default"},
}


class Replica:
    """Control of a replica that runs as a process of its own."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.base_url = self.address + "/reports"

    def control(self, **order: Any) -> None:
        body = json.dumps(order).encode()
        urlopen(Request(self.address + "/_control", data=body, method="POST")).close()

    def fault(self, match: str, kind: str, times: int | None = None) -> None:
        self.control(fault={"match": match, "kind": kind, "times": times})

    def make_the_bomb(self) -> None:
        """The first packing of 512 MiB takes seconds; it is kept, so that later answers come at once."""
        self.fault("/robots.txt", "gzip_bomb", times=1)
        urlopen(self.address + "/robots.txt").close()

    def asked(self) -> list[dict[str, Any]]:
        """The requests since the last reset of the log."""
        with urlopen(self.address + "/_log") as answer:
            return [json.loads(line) for line in answer]

    def truth(self, first: str = "2000-01-01", last: str = TODAY, layer: str = "reports") -> list[dict[str, Any]]:
        """What was published between two days."""
        with urlopen(self.address + f"/_truth?from={first}&to={last}&layer={layer}") as answer:
            return list(json.load(answer)["events"])

    def calm(self) -> None:
        self.control(clear_faults=True, options=CALM, today=TODAY)
        urlopen(Request(self.address + "/_log/reset", data=b"{}", method="POST")).close()


@pytest.fixture(scope="session")
def replica_process(shared: Path) -> Iterator[Replica]:
    """One replica for all tests; ended by its own process id."""
    command = [sys.executable, str(shared / "replica" / "serve.py"), "--port", "0", "--today", TODAY]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Replica(process.stdout.readline().split()[0])
    finally:
        process.terminate()
        process.wait(60)
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def replica(replica_process: Replica) -> Iterator[Replica]:
    yield replica_process
    replica_process.calm()


@pytest.fixture
def crawled(tmp_path: Path) -> Callable[..., Crawled]:
    """`crawled(base_url, *targets, sweep=True, …)`: the result of a real crawl."""

    def _crawled(base_url: str, *targets: Any, **changes: Any) -> Crawled:
        return crawl(make_job(base_url, *targets, **changes), tmp_path)

    return _crawled


@pytest.fixture(scope="session")
def healthy(replica_process: Replica, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A full sweep of the undisturbed replica, with no documents."""
    return crawl(make_job(replica_process.base_url, sweep=True), tmp_path_factory.mktemp("healthy"))


@pytest.fixture
def room(httpserver: HTTPServer) -> Room:
    """A site with feeds, lists and pages of a test's own."""
    return Room(httpserver)


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    """A small Ofsted of three councils."""
    return Site(httpserver, {str(80461 + n): [("1", "2024-01-01", "Thematic letter")] for n in range(3)})
