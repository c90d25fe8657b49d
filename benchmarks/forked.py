"""Crawls as `run` makes them, without the store: a process that stays up has each job done by a fork.

    python -m benchmarks.forked            # for each line "JOB.json ITEMS.jsonl" on standard input a pass

It answers with the CPU seconds of itself and of the fork server, each with the children that they waited for, as JSON.
"""

from __future__ import annotations

import json
import multiprocessing.forkserver
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cost import cpu_of

if TYPE_CHECKING:  # what `main` imports when it runs is part of what is measured
    from monitor.crawl.forked import ForkedCrawls


def main() -> None:
    """Import what `run` imports, then crawl whenever asked."""
    from monitor.crawl.forked import ForkedCrawls

    crawls = ForkedCrawls()
    for line in sys.stdin:
        began, before = time.monotonic(), sum(map(cpu_of, _processes()))
        for job, items in (pair.split(",") for pair in line.split()):
            _crawl(crawls, Path(job), Path(items))
        print(
            json.dumps({"cpu": sum(map(cpu_of, _processes())) - before, "wall": time.monotonic() - began}), flush=True
        )


def _crawl(crawls: ForkedCrawls, job: Path, items: Path) -> None:
    from monitor.model import job_from_json, to_json

    closed = crawls.crawl(job_from_json(json.loads(job.read_text(encoding="utf-8"))), 300.0)
    lines = [json.dumps(to_json(item)) for target in closed for item in (*target.records, target.poll)]
    items.write_text("\n".join(lines), encoding="utf-8")


def _processes() -> list[int]:
    """This one, and the fork server once it is up."""
    server = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined] # no public way
    return [os.getpid(), *([server] if server else [])]


if __name__ == "__main__":
    main()
