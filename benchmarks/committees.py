"""What a no-change pass over the councils' committee sites costs: 136 ModernGov sites, each a host of its own.

    python -m benchmarks.committees                # about half a minute; Linux
    python -m benchmarks.committees --rounds 9

The sites are made up and local (127.0.0.1, 127.0.0.2, …), each with a robots.txt and a feed of fifteen entries with a
byte order mark. Three passes in turns: the crawl child as `crawl` starts it; the same on a day on which each robots.txt
has to be read again; and a plain loop of http.client and feedparser over the same feeds, which remembers nothing,
compares nothing and minds no manners. CPU seconds are the machine's, so the ratios are what to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.cost import Cost, clean_env, cost_of, machine
from benchmarks.passes import goal, in_turns, line
from monitor.model import Http, Job, Target, to_json

ROOT = Path(__file__).resolve().parents[1]
QUIET, MORNING, BARE = "no change", "first of the day", "http.client, feedparser"
TODAY, TOMORROW = "2026-11-20", "2026-11-21"
MOST_SECONDS = 3.0
PLAIN = """
import sys, http.client, feedparser
from urllib.parse import urlsplit
found = 0
for url in sys.stdin.read().split():
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", urlsplit(url).path)
    found += len(feedparser.parse(connection.getresponse().read()).entries)
    connection.close()
print(found)
"""
"""The plain loop, as a program of its own: it reads the addresses and prints how many entries there are."""


class Sites(ThreadingHTTPServer):
    """All sites on one port; the address that was asked tells them apart."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        super().__init__(("", 0), Answers)


class Answers(BaseHTTPRequestHandler):
    """A robots.txt and a feed that never changes."""

    protocol_version = "HTTP/1.1"
    server: Sites

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        body = PAGES.get(self.path.partition("?")[0], b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/xml" if body == FEED else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: what was asked is counted."""


def _feed() -> bytes:
    entry = (
        "<item><title>Agenda published: Meeting of Monday, {n}th October, 2026 6.30 pm, Children&amp;#39;s Scrutiny"
        "</title><link>http://localhost/ieListDocuments.aspx?CId=4&amp;MId={n}</link>"
        "<description>Agenda published</description><pubDate>Fri, 02 Oct 2026 00:00:00 GMT</pubDate></item>"
    )
    rows = "\n".join(entry.format(n=n) for n in range(10, 25))
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>New</title>{rows}</channel></rss>'
    )
    return b"\xef\xbb\xbf" + text.encode()


FEED = _feed()
MEETING = b"<meeting><meetingid>7</meetingid><meetingdate>17/11/2026</meetingdate></meeting>"
COMMITTEE = b"<committee><committeeid>4</committeeid>" + MEETING + b"</committee>"
PAGES = {
    "/robots.txt": b"User-agent: *\nDisallow: /private\n",
    "/mgRss.aspx": FEED,
    "/mgWebService.asmx/GetCommittees": b"<getcommittees>" + COMMITTEE + b"</getcommittees>",
    "/mgWebService.asmx/GetMeetings": b"<getmeetings>" + COMMITTEE + b"</getmeetings>",
    "/mgWebService.asmx/GetMeeting": MEETING,
}


def main() -> None:
    """Measure and print."""
    args = _arguments()
    print(machine(), flush=True)
    for text in report(args.councils, args.rounds):
        print(text, flush=True)


def report(councils: int, rounds: int) -> Iterator[str]:
    """The measurement, line by line."""
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-bench-") as name, sites() as site:
        here = Place(Path(name), site, councils)
        here.crawl(TODAY)  # the first look, which fills the marks and the bytecode
        yield f"{'':24}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'requests':>10}"
        passes = {QUIET: lambda: here.crawl(TODAY), MORNING: lambda: here.crawl(TOMORROW), BARE: here.bare}
        figures = in_turns(passes, rounds)
        yield from (line(what, cost) for what, cost in figures.items())
        yield goal("no change", figures[QUIET].cpu, MOST_SECONDS, "CPU s")
        yield goal("no change, a council", figures[QUIET].requests / councils, 1, "requests")
        yield f"no change / plain loop: {figures[QUIET].cpu / figures[BARE].cpu:.2f} x"
        yield f"first of the day / plain loop: {figures[MORNING].cpu / figures[BARE].cpu:.2f} x"


@contextmanager
def sites() -> Iterator[Sites]:
    """The sites, served by a thread until the block ends."""
    with Sites() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class Place:
    """A folder for jobs and answers, and what the crawls of it remember."""

    def __init__(self, folder: Path, site: Sites, councils: int) -> None:
        self.folder, self._site = folder, site
        port = site.server_address[1]
        hosts = [f"127.0.{n // 200}.{n % 200 + 1}" for n in range(councils)]
        self._urls = {str(80400 + n): f"http://{host}:{port}/" for n, host in enumerate(hosts)}
        self._marks: dict[str, str] = {}

    def crawl(self, today: str) -> Cost:
        """A crawl child that is given what the one of the first day remembered."""
        targets = tuple(Target(urn, urn, url=url, cursor=self._marks.get(urn)) for urn, url in self._urls.items())
        job = Job("bench", "moderngov", "", "", Http("benchmark", delay=0), targets, options={"today": today})
        (self.folder / "job.json").write_text(json.dumps(to_json(job)), encoding="utf-8")
        shell = f'"{sys.executable}" -m spiders moderngov job.json > items.jsonl'
        cost = self._cost(["sh", "-c", shell])
        lines = (self.folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
        self._look_at([json.loads(text) for text in lines])
        return cost

    def bare(self) -> Cost:
        """The plain loop over the same feeds."""
        (self.folder / "urls.txt").write_text("\n".join(f"{url}mgRss.aspx" for url in self._urls.values()))
        (self.folder / "plain.py").write_text(PLAIN)
        return self._cost(["sh", "-c", f'"{sys.executable}" plain.py < urls.txt'])

    def _cost(self, command: list[str]) -> Cost:
        self._site.asked.clear()
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        cost = cost_of(command, self.folder, {**clean_env(self.folder), "PYTHONPATH": path})
        return replace(cost, requests=self._site.asked.total())

    def _look_at(self, items: list[dict[str, Any]]) -> None:
        wrong = [item for item in items if item["outcome"] != ("unchanged" if self._marks else "ok")]
        if wrong or len(items) != len(self._urls):
            raise RuntimeError(f"not the pass that was to be measured: {wrong[:1]}, {len(items)} targets")
        self._marks = self._marks or {item["target"]: item["cursor"] for item in items}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What a pass over the committee sites costs.")
    parser.add_argument("--councils", type=int, default=136)
    parser.add_argument("--rounds", type=int, default=5, help="times that each pass is measured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
