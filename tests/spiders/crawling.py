"""A real crawl for a test: a child of a fork server with Scrapy loaded, its items, its log and whom it connected to."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from monitor.model import Http, Job, Known, Poll, Record, Target, item_from_json
from spiders.child import run
from tests.forks import FORKS, run_to_end

HTTP = Http(user_agent="ofsted-watch-tests/0 (+https://example.org/contact)", delay=0, timeout=5, max_bytes=2_000_000)


@dataclass(frozen=True)
class Crawled:
    """What a crawl gave. `connected` are the addresses that any socket was told to connect to."""

    items: list[Record | Poll]
    log: str
    connected: set[str]

    def poll(self, target: str) -> Poll:
        """The one poll of a target."""
        [found] = [i for i in self.items if isinstance(i, Poll) and i.target == target]
        return found

    def records(self, target: str) -> list[Record]:
        return [i for i in self.items if isinstance(i, Record) and i.target == target]

    def outcomes(self) -> dict[str, str]:
        return {i.target: i.outcome for i in self.items if isinstance(i, Poll)}


def named(records: Iterable[Record]) -> set[tuple[str, str]]:
    """What records are told by: their kinds and keys."""
    return {(record.kind, record.key) for record in records}


def make_job(base_url: str, *targets: Target, **changes: Any) -> Job:
    """A job for tests: no delay, short time-out, no documents unless a folder is given."""
    http = replace(HTTP, **changes.pop("http", {}))
    options = {"today": "2024-05-15", **changes.pop("options", {})}
    job = Job("20240515T0600Z-ofsted", "ofsted", base_url, "", http, targets, options=options)
    return replace(job, **changes)


def council(urn: str, mark: str | None = None, name: str = "Devon", **documents: Known) -> Target:
    return Target(urn, name, cursor=mark, documents=documents)


def crawl(job: Job, folder: Path, time_limit: float = 60) -> Crawled:
    """Run the job to its end; fails if the child does not end by itself with status 0."""
    out, log, met = folder / "out.jsonl", folder / "log.txt", folder / "connected.txt"
    for path in (out, log, met):
        path.unlink(missing_ok=True)
    child = FORKS.Process(target=_child, args=(job, str(out), str(log), str(met)))
    code = run_to_end(child, time_limit)
    assert code == 0, f"ended with {code}: {log.read_text()}"
    items = [item_from_json(json.loads(line)) for line in out.read_text(encoding="utf-8").splitlines()]
    return Crawled(items, log.read_text(), set(met.read_text().split()))


def _child(job: Job, out: str, log: str, met: str) -> None:
    os.dup2(os.open(log, os.O_CREAT | os.O_WRONLY), 2)
    with Path(met).open("w", buffering=1) as addresses, Path(out).open("w", encoding="utf-8") as lines:

        def audit(event: str, arguments: tuple[Any, ...]) -> None:
            if event == "socket.connect" and isinstance(arguments[1], tuple):
                addresses.write(f"{arguments[1][0]}\n")

        sys.addaudithook(audit)
        run(job, lines)
        sys.stderr.flush()
        os._exit(0)
