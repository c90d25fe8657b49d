"""A made-up site of many councils for measurements, in a process of its own.

    python -m benchmarks.site --councils 153 --port 0 --registry councils.csv

prints its address as the first line and serves until SIGTERM or the end of its standard input. Pages are kept
once made, letters once written, so that the site costs little beside what is measured.
`POST /_control {"publish": 5}` publishes five reports on the next virtual day and tells which; `{"reset": true}`
empties the counts that `GET /_log` gives. `running` starts one and gives a handle with both.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.demo.answers import Answer, Request
from monitor.demo.councils import write_registry
from monitor.demo.site import DemoSite
from monitor.demo.world import Publication, World
from tests.demo_letters.crowd import CALENDAR, TODAY, crowd_world, new_report, write_letters

ROOT = Path(__file__).resolve().parents[1]
ENTRIES = len(CALENDAR)


class BenchSite(DemoSite):
    """A demo site that keeps its pages, counts its requests, and publishes on demand."""

    def __init__(self, world: World, port: int = 0) -> None:
        super().__init__(world, TODAY, port)
        self._pages: dict[str, Answer] = {}
        self._counts: Counter[str] = Counter()
        self._published = 0
        self._counting = threading.Lock()

    def answer(self, request: Request) -> Answer:
        if request.path in ("/_control", "/_log"):
            return _as_json(self._order(request) if request.method == "POST" else dict(self._counts))
        if request.method != "GET" or request.path.startswith("/v1/"):
            return super().answer(request)
        if request.target not in self._pages:
            self._pages[request.target] = super().answer(request)
        return self._pages[request.target]

    def log(self, request: Request, answer: Answer) -> None:
        part = request.path.split("/")[1] or "home"
        if part.startswith("_"):
            return
        with self._counting:
            self._counts.update(requests=1, bytes=len(answer.body), **{part: 1, str(int(answer.status)): 1})

    def publish(self, count: int) -> list[Publication]:
        """New inspection reports, one each for the councils next in turn, on the next virtual day."""
        day = self.today + timedelta(days=1)
        made = [new_report(self.world, self._published + n, day) for n in range(count)]
        for report in made:
            self.world.publish(report)
        self._published += count
        self.today = day
        self._pages.clear()
        return made

    def _order(self, request: Request) -> dict[str, Any]:
        order = json.loads(request.body or b"{}")
        if order.get("reset"):
            self._counts.clear()
        made = self.publish(int(order.get("publish", 0))) if order.get("publish") else []
        return {"today": self.today.isoformat(), "published": [{"key": p.file_id, "urn": p.urn} for p in made]}


@dataclass(frozen=True)
class Running:
    """A site in another process."""

    base_url: str

    def publish(self, count: int) -> list[dict[str, str]]:
        """Publishes reports now; the key and the council's URN of each."""
        found: list[dict[str, str]] = self._ask("/_control", {"publish": count})["published"]
        return found

    def reset(self) -> None:
        self._ask("/_control", {"reset": True})

    def counts(self) -> dict[str, int]:
        """Requests, bytes, and requests by part (`search`, `provider`, `v1`) and status, since the last reset."""
        return self._ask("/_log")

    def _ask(self, path: str, order: dict[str, Any] | None = None) -> dict[str, Any]:
        data = json.dumps(order).encode() if order is not None else None
        with urllib.request.urlopen(self.base_url + path, data, timeout=120) as answer:
            found: dict[str, Any] = json.load(answer)
            return found


@contextmanager
def running(registry: Path, councils: int = 153, entries: int = ENTRIES) -> Iterator[Running]:
    """A site in a process of its own; its councils are written to `registry`. It ends with the block."""
    words = ["--councils", str(councils), "--entries", str(entries), "--registry", str(registry)]
    command = [sys.executable, "-m", "benchmarks.site", *words]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            address = child.stdout.readline().strip()
            if not address:
                raise RuntimeError("the site did not start")
            yield Running(address)
        finally:
            child.terminate()


def main() -> None:
    args = _arguments()
    world = crowd_world(args.councils, args.entries)
    if args.registry:
        write_registry(args.registry, world.councils)
    if args.prepare:
        write_letters(world)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    with BenchSite(world, args.port) as site:
        print(site.base_url, flush=True)
        _end_with_stdin(stop)
        stop.wait()


def _as_json(value: dict[str, Any]) -> Answer:
    return Answer(json.dumps(value).encode(), {"Content-Type": "application/json"})


def _end_with_stdin(stop: threading.Event) -> None:
    """Stops when whoever holds the other end of a piped standard input goes away."""

    def wait() -> None:
        sys.stdin.buffer.read()
        stop.set()

    if stat.S_ISFIFO(os.fstat(0).st_mode):
        threading.Thread(target=wait, daemon=True).start()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A made-up site of many councils on 127.0.0.1.")
    parser.add_argument("--councils", type=int, default=153)
    parser.add_argument("--entries", type=int, default=ENTRIES, help="reports of each council, at most ten")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--registry", type=Path, help="write the councils to this CSV file")
    parser.add_argument("--prepare", action="store_true", help="write all letters before serving")
    return parser.parse_args()


if __name__ == "__main__":
    main()
