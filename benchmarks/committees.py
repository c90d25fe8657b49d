"""What a no-change pass over the councils' committee sites costs: 136 ModernGov and 12 CMIS sites, each its own host.

    python -m benchmarks.committees                # about half a minute; Linux
    python -m benchmarks.committees --rounds 9

The sites are made up and local (127.0.0.1, 127.0.0.2, …), each with a robots.txt; ModernGov's have a feed of fifteen
entries with a byte order mark, CMIS's a calendar of months. In turns: the two crawls as `run` makes them, in forks; the
same on a day on which each ModernGov site's robots.txt has to be read again; the crawls as commands of their own; and a
plain loop of http.client that asks for the very addresses of the first pass and reads them with feedparser and lxml,
which remembers nothing, compares nothing and minds no manners. CPU seconds are the machine's, so the ratios count.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.committee_sites import Committees
from benchmarks.cost import Cost, clean_env, cost_of, machine
from benchmarks.passes import goal, in_turns, line
from benchmarks.resident import Resident
from benchmarks.sites import Sites
from monitor.model import Http, Job, Target, to_json

ROOT = Path(__file__).resolve().parents[1]
QUIET, MORNING, ONE_OFF, BARE = "no change, inside run", "first of the day", "no change, one-off", "plain loop"
TODAY, TOMORROW, CMIS_TODAY = "2026-11-20", "2026-11-21", "2024-05-20"
MOST_SECONDS, MOST_OF_PLAIN = 3.0, 1.3
PLAIN = """
import sys, http.client, feedparser, lxml.html
from urllib.parse import urlsplit
found = 0
for url in sys.stdin.read().split():
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", parts.path + ("?" + parts.query if parts.query else ""))
    body = connection.getresponse().read()
    connection.close()
    if b"<rss" in body:
        found += len(feedparser.parse(body).entries)
    elif b"<html" in body:
        found += len(list(lxml.html.fromstring(body).iter("a")))
print(found)
"""
"""The plain loop, as a program of its own: it reads the addresses and prints how many entries there are."""


def main() -> None:
    """Measure and print."""
    args = _arguments()
    print(machine(), flush=True)
    for text in report(args.moderngov, args.cmis, args.rounds):
        print(text, flush=True)


def report(moderngov: int, cmis: int, rounds: int) -> Iterator[str]:
    """The measurement, line by line."""
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-bench-") as name, Sites(Committees) as site:
        here = Place(Path(name), site, moderngov, cmis)
        with here.running():
            here.fill()
            yield f"{'':24}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'requests':>10}"
            passes = {QUIET: here.inside, MORNING: lambda: here.inside(TOMORROW), ONE_OFF: here.one_off,
                      BARE: here.bare}  # fmt: skip
            figures = in_turns(passes, rounds)
        yield from (line(what, cost) for what, cost in figures.items())
        yield goal("no change, one-off", figures[ONE_OFF].cpu, MOST_SECONDS, "CPU s")
        yield goal("no change / plain loop", figures[QUIET].cpu / figures[BARE].cpu, MOST_OF_PLAIN, "x")
        yield f"first of the day / plain loop: {figures[MORNING].cpu / figures[BARE].cpu:.2f} x"
        yield f"no change, one-off / plain loop: {figures[ONE_OFF].cpu / figures[BARE].cpu:.2f} x"


class Place:
    """A folder for jobs and answers, and what the crawls of it remember."""

    def __init__(self, folder: Path, site: Sites, moderngov: int, cmis: int) -> None:
        self.folder, self._site = folder, site
        port = site.server_address[1]
        hosts = [f"127.0.{n // 200}.{n % 200 + 1}:{port}" for n in range(moderngov + cmis)]
        self._urls = {
            "moderngov": {str(80400 + n): f"http://{host}/" for n, host in enumerate(hosts[:moderngov])},
            "cmis": {str(80700 + n): f"http://{host}/cmis" for n, host in enumerate(hosts[moderngov:])},
        }
        self._marks: dict[str, str] = {}
        self._asked = list[str]()
        self._process: Resident | None = None

    def running(self) -> Resident:
        """The process that stands for `run`, until the block ends."""
        self._process = Resident(self._env(), "benchmarks.forked")
        return self._process

    def fill(self) -> None:
        """The first looks, which fill the marks and the bytecode, and a second one, whose addresses are kept."""
        self.inside()
        self._look_at({"ok"})
        self.inside()
        self._asked = list(self._site.asked.elements())
        self._look_at({"ok", "unchanged"})
        self.one_off()

    def inside(self, today: str = TODAY) -> Cost:
        """The crawls as `run` makes them. Raises RuntimeError if the process has died."""
        assert self._process is not None
        self._site.asked.clear()
        answer = self._process.ask(" ".join(f"{self._job(s, today)},{self._items(s)}" for s in self._urls))
        return replace(answer.cost, requests=self._site.asked.total())

    def one_off(self) -> Cost:
        """The crawls as commands of their own."""
        commands = (f'"{sys.executable}" -m spiders {s} {self._job(s, TODAY)} > {self._items(s)}' for s in self._urls)
        return self._cost(["sh", "-c", " && ".join(commands)])

    def bare(self) -> Cost:
        """The plain loop over the addresses of a quiet pass."""
        (self.folder / "urls.txt").write_text("\n".join(self._asked))
        (self.folder / "plain.py").write_text(PLAIN)
        return self._cost(["sh", "-c", f'"{sys.executable}" plain.py < urls.txt'])

    def _job(self, source: str, today: str) -> Path:
        """The file of a job that remembers what its first look did."""
        targets = tuple(Target(urn, urn, url, self._marks.get(urn)) for urn, url in self._urls[source].items())
        day = {"today": CMIS_TODAY if source == "cmis" else today}
        job = Job("bench", source, "", "", Http("benchmark", delay=0), targets, options=day)
        path = self.folder / f"{source}.json"
        path.write_text(json.dumps(to_json(job)), encoding="utf-8")
        return path

    def _items(self, source: str) -> Path:
        return self.folder / f"{source}.jsonl"

    def _cost(self, command: list[str]) -> Cost:
        self._site.asked.clear()
        return replace(cost_of(command, self.folder, self._env()), requests=self._site.asked.total())

    def _env(self) -> dict[str, str]:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        return {**clean_env(self.folder), "PYTHONPATH": path}

    def _look_at(self, outcomes: set[str]) -> None:
        """Check that it was the pass that was to be measured, and remember what the first one did. A CMIS tells nothing
        of what has changed: its months are read, and those meetings whose minutes are still to come."""
        lines = [text for source in self._urls for text in self._items(source).read_text(encoding="utf-8").splitlines()]
        polls: list[dict[str, Any]] = [json.loads(text) for text in lines]
        wrong = [poll for poll in polls if poll["type"] != "poll" or poll["outcome"] not in outcomes]
        if wrong or len(polls) != sum(map(len, self._urls.values())):
            raise RuntimeError(f"not the pass that was to be measured: {wrong[:1]}, {len(polls)} targets")
        self._marks = self._marks or {poll["target"]: poll["cursor"] for poll in polls}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What a pass over the committee sites costs.")
    parser.add_argument("--moderngov", type=int, default=136)
    parser.add_argument("--cmis", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=5, help="times that each pass is measured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
