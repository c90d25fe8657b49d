"""Three years of councils' newsrooms and the trade press on the replica: every article on a letter found once.

    python -m soak.newsrooms                              a week at a time, 2023-08-01 to 2026-08-31; twenty minutes
    python -m soak.newsrooms --start 2024-03-01 --end 2024-04-01

Looks through every council's feed and Community Care's, each time with the marks that the looks before gave,
and holds the records against the replica's truth. At each step but the last, three requests for articles fail, with
each kind of fault in turn. Prints recall, repeats and requests; exit status 1 where an article was missed or came
twice.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from subprocess import run
from typing import Any
from urllib.request import urlopen

from monitor.model import Http, Job, Poll, Record, Target, item_from_json, to_json
from soak.replica import Replica
from spiders.articles.addresses import canonical

ROOT = Path(__file__).resolve().parents[1]
FAULTS = ("403", "500", "reset", "truncate", "challenge200", "empty200", "garbage", "not_modified_always")
AN_ARTICLE = "/news/[a-z-]+/(news|article)/"
KEPT = ("ok", "unchanged")


@dataclass(slots=True)
class Watch:
    """One source as the core would follow it. `found` are the keys of records by the address of their article: one
    that is read again has its key again, and two keys would be told twice."""

    source: str
    targets: dict[str, Target]
    found: dict[str, set[str]] = field(default_factory=dict)
    requests: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    def look(self, replica: Replica, today: date) -> None:
        http = Http("soak", delay=0.001, timeout=10)
        job = Job("soak", self.source, replica.address, "", http, tuple(self.targets.values()))
        job = replace(job, options={"today": today.isoformat()})
        for item in _crawled(job):
            self._keep(item)

    def _keep(self, item: Record | Poll) -> None:
        target = self.targets[item.target]
        if isinstance(item, Record):
            self.found.setdefault(canonical(item.url), set()).add(item.key)
            return
        self.requests += item.requests
        self.outcomes[item.outcome] += 1
        baselined = target.baselined or item.outcome in KEPT
        self.targets[item.target] = replace(target, cursor=item.cursor, baselined=baselined)


def _crawled(job: Job) -> Iterator[Record | Poll]:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(json.dumps(to_json(job)))
        file.flush()
        command = [sys.executable, "-m", "spiders", job.source, file.name]
        done = run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        yield item_from_json(json.loads(line))


def days(start: date, end: date, step: int) -> Iterator[date]:
    """The days of the looks; the last one is looked at twice, for what a fault has held up."""
    while start < end:
        yield start
        start += timedelta(days=step)
    yield from (end, end)


def truth(replica: Replica, start: date, end: date) -> set[str]:
    """The canonical addresses of the articles on letters that were published after the first look."""
    first = start + timedelta(days=1)
    asked = (f"{replica.address}/_truth?from={first}&to={end}&layer={layer}" for layer in ("news", "press"))
    events = [event for url in asked for event in json.load(urlopen(url))["events"]]
    return {canonical(event["url"]) for event in events}


def watches(replica: Replica) -> list[Watch]:
    """Every council's newsroom, and Community Care."""
    with urlopen(f"{replica.address}/_truth?from=2000-01-01&to=2026-12-31&layer=news") as answer:
        slugs = sorted({event["slug"] for event in json.load(answer)["events"]})
    rooms = {slug: Target(slug, slug, f"{replica.address}/news/{slug}/feed") for slug in slugs}
    press = {"cc": Target("cc", "Community Care", f"{replica.address}/press/communitycare/feed")}
    return [Watch("newsroom", rooms), Watch("press", press)]


def main(arguments: list[str]) -> int:
    """Step through the days and print what came of it."""
    options = _options(arguments)
    faults = cycle(FAULTS)
    with Replica(options.start.isoformat()) as replica:
        watched = watches(replica)
        for number, today in enumerate(days(options.start, options.end, options.days)):
            replica.control(today=today.isoformat(), clear_faults=True)
            if number and today < options.end:
                replica.control(fault={"match": AN_ARTICLE, "kind": next(faults), "times": 3})
            for watch in watched:
                watch.look(replica, today)
        wanted = truth(replica, options.start, options.end)
    return _told(watched, wanted)


def _told(watched: list[Watch], wanted: set[str]) -> int:
    found = {url: keys for watch in watched for url, keys in watch.found.items()}
    missed = sorted(wanted - set(found))
    twice = sorted(url for url, keys in found.items() if len(keys) > 1)
    requests = sum(watch.requests for watch in watched)
    outcomes: dict[str, Any] = dict(sum((watch.outcomes for watch in watched), Counter[str]()))
    sys.stdout.write(f"articles on letters: {len(wanted)}, missed {len(missed)}, told twice {len(twice)}\n")
    sys.stdout.write(f"candidates in all: {len(found)}; requests: {requests}; looks: {outcomes}\n")
    sys.stdout.write("".join(f"missed: {key}\n" for key in missed) + "".join(f"twice: {key}\n" for key in twice))
    return 1 if missed or twice else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--start", type=date.fromisoformat, default=date(2023, 8, 1))
    parser.add_argument("--end", type=date.fromisoformat, default=date(2026, 8, 31))
    parser.add_argument("--days", type=int, default=7)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
