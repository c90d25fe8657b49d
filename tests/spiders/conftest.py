"""The replica of Ofsted's site, started once, with its faults cleared after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from pytest_httpserver import HTTPServer

from soak import replica as played
from tests.spiders.crawling import Crawled, crawl, make_job
from tests.spiders.site import Site
from tests.spiders.windows import Room

TODAY = "2024-05-15"
CALM: dict[str, Any] = {
    **{"crawl_delay": None, "disallow": [], "missing_status": 404},
    **{"latest_counts": "all", "markup": "default"},
}


class Replica(played.Replica):
    """One for all tests."""

    def make_the_bomb(self) -> None:
        """The first packing of 512 MiB takes seconds; it is kept, so that later answers come at once."""
        self.fault("/robots.txt", "gzip_bomb", times=1)
        urlopen(self.address + "/robots.txt").close()

    def everything(self) -> list[dict[str, Any]]:
        """All that Ofsted has published."""
        return self.truth("2000-01-01", TODAY)

    def calm(self) -> None:
        """As it was at the start."""
        self.control(clear_faults=True, options=CALM, today=TODAY)
        self.forget()


@pytest.fixture(scope="session")
def replica_process(shared: Path) -> Iterator[Replica]:
    """One replica for all tests; ended by its own process id."""
    assert shared.is_dir()
    with Replica(TODAY) as made:
        yield made


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
