"""Three years of council meetings, stepped, all councils: what the ModernGov spider finds, against the replica's truth.

    python -m soak.committees                         two weeks at a time, 2023-08-01 to 2026-08-31; about half an hour
    python -m soak.committees --days 1 --start 2024-02-01 --end 2024-03-01 --councils 20

Only what was remembered crosses from one step to the next. Prints how many of the items on letters and of their minutes
were found, how many records are about something else, and what it cost. Exit status 1 where recall is below 0.97,
precision below 0.99, or a poll failed.
"""

from __future__ import annotations

import argparse
import csv
import sys
from datetime import date, timedelta
from typing import Any

from monitor.crawl.command import crawl
from monitor.model import Http, Job, Record, Target
from soak.replica import SHARED, Replica

START, END = date(2023, 8, 1), date(2026, 8, 31)
RECALL, PRECISION = 0.97, 0.99
ALL = ("2000-01-01", "2100-01-01")
LONGEST = 1200
KINDS = {"agenda_item": "item", "minutes": "minutes"}
Found = dict[tuple[str, str, str], Record]


class Walk:
    """The councils, what is remembered of each, and what has been found."""

    def __init__(self, site: Replica, slugs: list[str]) -> None:
        self._site = site
        self.slugs = frozenset(slugs)
        self._marks: dict[str, str | None] = dict.fromkeys(slugs)
        self.found: Found = {}
        self.failed: list[str] = []
        self.requests = self.looks = self.moved = 0

    def look(self, today: date) -> None:
        """One crawl of all councils on a day."""
        self._site.control(today=today.isoformat())
        root, day = f"{self._site.address}/moderngov", today.isoformat()
        targets = tuple(Target(slug, slug, f"{root}/{slug}", mark) for slug, mark in self._marks.items())
        http = Http("soak", delay=0, timeout=30)
        for closed in crawl(Job(day, "moderngov", "", "", http, targets, options={"today": day}), LONGEST):
            poll = closed.poll
            self._marks[poll.target] = poll.cursor
            self.found = {(poll.target, r.kind, r.key): r for r in closed.records} | self.found
            self.requests, self.looks = self.requests + poll.requests, self.looks + 1
            self.moved += poll.outcome == "ok"
            if poll.outcome not in ("ok", "unchanged"):
                self.failed.append(f"{day} {poll.target}: {poll.outcome}, {poll.detail}")


def main() -> int:
    """Step, compare, print."""
    given = _arguments()
    with Replica(given.start.isoformat()) as site:
        walk, day = Walk(site, _councils(given.councils)), given.start
        walk.look(day)
        while day < given.end:
            day = min(day + timedelta(given.days), given.end)
            walk.look(day)
        truth = site.truth((given.start + timedelta(1)).isoformat(), given.end.isoformat(), "moderngov")
        genuine = {(e["slug"], str(e["item_id"])) for e in site.truth(*ALL, "moderngov")}
    return report(walk, truth, genuine)


def report(walk: Walk, truth: list[dict[str, Any]], genuine: set[tuple[str, str]]) -> int:
    """Print the figures; 1 if they are not what they must be."""
    wanted = {(e["slug"], KINDS[e["event"]], str(e["item_id"])) for e in truth if e["slug"] in walk.slugs}
    told = {key for key in walk.found if key[1] != "document"}
    right = {key for key in told if (key[0], key[2]) in genuine}
    recall, precision = len(wanted & told) / max(1, len(wanted)), len(right) / max(1, len(told))
    print(f"recall {recall:.4f} ({len(wanted & told)} of {len(wanted)})")
    print(f"precision {precision:.4f} ({len(right)} of {len(told)} items and minutes)")
    print(f"{walk.looks} looks, {walk.moved} of them at something new, {walk.requests} requests")
    for line in [*walk.failed[:10], *map(str, sorted(wanted - told)[:10]), *map(str, sorted(told - right)[:10])]:
        print(line)
    return int(bool(walk.failed) or not wanted or recall < RECALL or precision < PRECISION)


def _councils(most: int) -> list[str]:
    with (SHARED / "corpus" / "councils.csv").open(encoding="utf-8", newline="") as rows:
        return [row["slug"] for row in csv.DictReader(rows)][:most]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Three years of council meetings.")
    parser.add_argument("--start", type=date.fromisoformat, default=START)
    parser.add_argument("--end", type=date.fromisoformat, default=END)
    parser.add_argument("--days", type=int, default=14, help="days of a step")
    parser.add_argument("--councils", type=int, default=153)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
