"""The pass as the scheduler makes it: `python -m benchmarks.inside CONFIG SOURCE` makes one for each line that it reads
(`benchmarks.resident`). `scheduler` starts one, warms it up and gives a handle."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cost import Cost
from benchmarks.place import Place
from benchmarks.resident import Resident, serve

if TYPE_CHECKING:  # what `main` imports when it runs is part of what is measured
    from monitor.config.file import Config
    from monitor.crawl.forked import ForkedCrawls


class Scheduler:
    """A handle on the process."""

    def __init__(self, process: Resident, place: Place) -> None:
        self._process, self._place = process, place
        self.memory: dict[str, float] = {}

    def crawl(self) -> Cost:
        """One no-change pass. Raises RuntimeError if the process has died."""
        self._place.site.reset()
        answer = self._process.ask("pass")
        self.memory = answer.memory
        return replace(answer.cost, requests=self._place.site.counts().get("requests", 0))


@contextmanager
def scheduler(place: Place, source: str = "ofsted") -> Iterator[Scheduler]:
    """One that crawls Ofsted ("ofsted") or the watched pages ("page"), and has made its first pass, in which the fork
    server imports Scrapy. It ends with the block."""
    config = place.pages if source == "page" else place.config
    with Resident(place.env, "benchmarks.inside", str(config), source) as process:
        handle = Scheduler(process, place)
        handle.crawl()
        yield handle


def main() -> None:
    """Import what `run` imports, then crawl whenever asked."""
    import monitor.service.service  # noqa: F401 - it is part of the memory that `run` takes
    from monitor.config.file import load
    from monitor.crawl.forked import ForkedCrawls

    config, crawls = load(Path(sys.argv[1])), ForkedCrawls()
    serve(lambda _: _crawl(config, crawls, sys.argv[2]))


def _crawl(config: Config, crawls: ForkedCrawls, source: str) -> None:
    """As monitor.service does it for each crawl."""
    from monitor.store import Store
    from monitor.watch.source import Round, crawl_source

    with Store(config.data_dir) as store:
        found = crawl_source(config, store, source, Round(), crawl=crawls.crawl)
    if found.health.broken or found.events:
        raise RuntimeError(f"not a quiet pass: {found}")


if __name__ == "__main__":
    main()
