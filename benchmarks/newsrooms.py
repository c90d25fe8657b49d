"""What a no-change pass over 52 newsrooms costs, each a host of its own.

    python -m benchmarks.newsrooms                # about half a minute; Linux
    python -m benchmarks.newsrooms --rounds 9

The sites are made up and local (127.0.0.1, 127.0.0.2, …), each with a robots.txt and a feed of ten whole articles. The
crawl child as `crawl` starts it, in two cases: every feed answers 304; and none knows conditional requests, so that
the same bytes come again. CPU seconds are the machine's.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.cost import Cost, clean_env, cost_of
from benchmarks.sites import Answers, Reply, Sites
from monitor.model import Http, Job, Target, to_json

ROOT = Path(__file__).resolve().parents[1]
ROOMS = 52
TODAY = "2026-11-20"
ETAG = '"7"'


class Newsrooms(Answers):
    """Robots.txt and the feed."""

    def reply(self) -> Reply:
        """Nothing new to who knows the feed, if this site minds."""
        same = self.server.validates and self.headers.get("If-None-Match") == ETAG
        feed = self.path == "/feed/"
        body = b"" if same else _feed(self.headers.get("Host", "")) if feed else b"User-agent: *\nDisallow:\n"
        kind = "application/rss+xml; charset=utf-8" if feed else "text/plain"
        return 304 if same else 200, kind, body, {"ETag": ETAG} if feed and self.server.validates else {}


def _feed(host: str) -> bytes:
    line = "<p>The council has said what it will do about it, and when it will say more about it.</p>"
    items = "".join(
        f"<item><title>News {n} of {host}</title><link>http://{host}/news/{n}/</link>"
        f"<pubDate>Thu, {n:02d} Nov 2026 09:00:00 +0000</pubDate><description>News {n}</description>"
        f"<content:encoded><![CDATA[{line * 8}]]></content:encoded></item>"
        for n in range(1, 11)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>{items}</channel></rss>'
    ).encode()


def paths(asked: Counter[str]) -> Counter[str]:
    """How often each path was asked for, at whatever host."""
    found = Counter[str]()
    for url, times in asked.items():
        found[urlsplit(url).path] += times
    return found


def look(targets: list[Target], folder: Path) -> tuple[Cost, list[Target]]:
    """One pass: what it cost, and the targets as the core would give them next time."""
    job = Job("b", "newsroom", "http://127.0.0.1", "", Http("benchmark", delay=2.0), tuple(targets))
    (folder / "job.json").write_text(json.dumps(to_json(replace(job, options={"today": TODAY}))))
    (folder / "pass.py").write_text(
        "import sys, runpy\nsys.argv = ['spiders', 'newsroom', 'job.json']\nsys.stdout = open('out.jsonl', 'w')\n"
        "runpy.run_module('spiders', run_name='__main__')\n"
    )
    env = {**clean_env(folder), "PYTHONPATH": str(ROOT)}
    cost = cost_of([sys.executable, "pass.py"], folder, env)
    polls = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    marks = {poll["target"]: poll for poll in polls if poll["type"] == "poll"}
    broken = {poll["outcome"] for poll in marks.values()} - {"ok", "unchanged"}
    if broken:
        raise RuntimeError(f"not a quiet pass: {broken}")
    return cost, [replace(t, cursor=marks[t.target].get("cursor")) for t in targets]


def main(arguments: list[str]) -> int:
    """Measure both cases."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    for line in report(ROOMS, parser.parse_args(arguments).rounds):
        print(line, flush=True)
    return 0


def report(rooms: int, rounds: int) -> Iterator[str]:
    """The lines that are printed."""
    with Sites(Newsrooms) as server, tempfile.TemporaryDirectory() as folder:
        hosts = [f"127.0.0.{n}" for n in range(1, rooms + 1)]
        targets = [Target(h, h, f"http://{h}:{server.server_address[1]}/feed/") for h in hosts]
        for server.validates in (True, False):
            _, known = look(targets, Path(folder))
            server.asked.clear()
            costs = [look(known, Path(folder))[0] for _ in range(rounds)]
            asked = {path: times // rounds for path, times in paths(server.asked).items()}
            case = "304" if server.validates else "the same bytes"
            yield f"{case}: median {median(c.cpu for c in costs):.2f} s CPU; requests a pass: {asked}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
