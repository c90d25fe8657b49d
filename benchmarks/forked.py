"""Crawls as `run` makes them, without the store: for each line "JOB.json,ITEMS.jsonl …" that it reads a pass
(`benchmarks.resident`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.resident import serve

if TYPE_CHECKING:  # what `main` imports when it runs is part of what is measured
    from monitor.crawl.forked import ForkedCrawls


def main() -> None:
    """Import what `run` imports, then crawl whenever asked."""
    from monitor.crawl.forked import ForkedCrawls

    crawls = ForkedCrawls()

    def work(line: str) -> None:
        for job, items in (pair.split(",") for pair in line.split()):
            _crawl(crawls, Path(job), Path(items))

    serve(work)


def _crawl(crawls: ForkedCrawls, job: Path, items: Path) -> None:
    from monitor.model import job_from_json, to_json

    closed = crawls.crawl(job_from_json(json.loads(job.read_text(encoding="utf-8"))), 300.0)
    lines = [json.dumps(to_json(item)) for target in closed for item in (*target.records, target.poll)]
    items.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
