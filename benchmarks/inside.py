"""The pass as the scheduler makes it: a process that stays up, and crawls in children of its fork server.

    python -m benchmarks.inside CONFIG SOURCE

makes a pass for each line on standard input and answers with its cost as a JSON line: CPU of this process and of the
fork server, each with the children that they waited for. `scheduler` starts one, warms it up and gives a handle.
"""

from __future__ import annotations

import json
import multiprocessing.forkserver
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cost import Cost, cpu_of, memory_of
from benchmarks.place import Place

if TYPE_CHECKING:  # what `main` imports when it runs is part of what is measured
    from monitor.config.file import Config
    from monitor.crawl.forked import ForkedCrawls

ROOT = Path(__file__).resolve().parents[1]


class Scheduler:
    """A handle on the process."""

    def __init__(self, child: subprocess.Popen[str], place: Place) -> None:
        self._child, self._place = child, place
        self.memory: dict[str, float] = {}

    def crawl(self) -> Cost:
        """One no-change pass. Raises RuntimeError if the process has died."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._place.site.reset()
        self._child.stdin.write("pass\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError("the process that stands for the scheduler died")
        said = json.loads(line)
        self.memory = said["memory"]
        cost = Cost(said["cpu"], said["wall"])
        return replace(cost, requests=self._place.site.counts().get("requests", 0))


@contextmanager
def scheduler(place: Place, source: str = "ofsted") -> Iterator[Scheduler]:
    """One that crawls Ofsted ("ofsted") or the watched pages ("page"), and has made its first pass, in which the fork
    server imports Scrapy. It ends with the block."""
    config = place.pages if source == "page" else place.config
    command = [sys.executable, "-m", "benchmarks.inside", str(config), source]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=place.env, stdin=pipe, stdout=pipe, text=True) as child:
        try:
            handle = Scheduler(child, place)
            handle.crawl()
            yield handle
        finally:
            assert child.stdin is not None
            child.stdin.close()


def main() -> None:
    """Import what `run` imports, then crawl whenever asked."""
    import monitor.service.service  # noqa: F401 - it is part of the memory that `run` takes
    from monitor.config.file import load
    from monitor.crawl.forked import ForkedCrawls

    config, crawls = load(Path(sys.argv[1])), ForkedCrawls()
    for _ in sys.stdin:
        print(json.dumps(_pass(config, crawls, sys.argv[2])), flush=True)


def _pass(config: Config, crawls: ForkedCrawls, source: str) -> dict[str, object]:
    began, before = time.monotonic(), sum(map(cpu_of, _processes()))
    _crawl(config, crawls, source)
    pids = _processes()
    memory = dict(zip(("parent", "fork server"), map(memory_of, pids), strict=False))
    return {"cpu": sum(map(cpu_of, pids)) - before, "wall": time.monotonic() - began, "memory": memory}


def _crawl(config: Config, crawls: ForkedCrawls, source: str) -> None:
    """As monitor.service does it for each crawl."""
    from monitor.store import Store
    from monitor.watch.source import Round, crawl_source

    with Store(config.data_dir) as store:
        found = crawl_source(config, store, source, Round(), crawl=crawls.crawl)
    if found.health.broken or found.events:
        raise RuntimeError(f"not a quiet pass: {found}")


def _processes() -> list[int]:
    """This one, and the fork server once it is up."""
    server = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined] # no public way
    return [os.getpid(), *([server] if server else [])]


if __name__ == "__main__":
    main()
