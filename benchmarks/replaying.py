"""How fast `replay` goes through a long history, and what the database takes for it.

    python -m benchmarks.replaying
    python -m benchmarks.replaying --runs 500 --targets 150

Makes up so many crawls, an hour apart, of so many councils: mostly "unchanged", and every fifth crawl (`--every`) a
new report on one page. The recorded crawls are written to a file first, as `replay` reads them; reading, judging,
comparing and saving are what is timed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.cost import machine
from monitor.crawl.child import closed_targets
from monitor.model import Document, Kind, Outcome, Poll, Record, to_json
from monitor.model.event import Subject
from monitor.store import Store
from monitor.watch.replay import replay

BEGAN = datetime(2026, 1, 5, 7, tzinfo=UTC)
KNOWN = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """What a replay came to. `growth`: bytes of database between the baseline and the end."""

    polls: int
    events: int
    seconds: float
    cpu: float
    size: int
    growth: int


def history(runs: int, targets: int, every: int) -> Iterator[Record | Poll]:
    """Recorded crawls: the baseline with ten reports each, then one new report in every so many crawls."""
    for run in range(runs):
        at = (BEGAN + timedelta(hours=run)).isoformat()
        news = run // every % targets if run and run % every == 0 else None
        for number in range(targets):
            opened = run == 0 or number == news
            if opened:
                yield from _records(number, KNOWN + _turns(number, targets, run // every))
            yield _poll(f"run-{run:05}", f"{80000 + number}", at, opened)


def _turns(number: int, targets: int, published: int) -> int:
    """How many of the reports published so far are this council's: they go round."""
    return len(range(number or targets, published + 1, targets))


def _records(number: int, count: int) -> Iterator[Record]:
    """Everything on a council's page."""
    for nth in range(count):
        key = f"{50_000_000 + number * 1000 + nth}"
        day = (BEGAN - timedelta(days=400 * (KNOWN - nth))).date().isoformat()
        fields = {"report_type": "inspection", "inspection_date": day}
        document = Document(f"{int(key):064x}", 200_000, "application/pdf", f'"{key}"')
        url = f"https://files.ofsted.gov.uk/v1/file/{key}"
        yield Record("ofsted", f"{80000 + number}", Kind.REPORT, key, url, "Inspection", day, fields, document)


def _poll(run: str, target: str, at: str, opened: bool) -> Poll:
    outcome: Outcome = "ok" if opened else "unchanged"
    return Poll(run, "ofsted", target, at, at, outcome, complete=opened, requests=int(opened), cursor="2026-01-05")


def measure(runs: int, targets: int, every: int, folder: Path) -> Figures:
    """Replay a made-up history in a folder."""
    file = folder / "polls.jsonl"
    baseline = _replayed(_written(file, 1, targets, every), folder / "baseline")
    whole = _replayed(_written(file, runs, targets, every), folder / "whole")
    polls = runs * targets
    return Figures(polls, whole[0], whole[1], whole[2], whole[3], whole[3] - baseline[3])


def _written(file: Path, runs: int, targets: int, every: int) -> Path:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(to_json(item)) + "\n" for item in history(runs, targets, every))
    return file


def _replayed(file: Path, folder: Path) -> tuple[int, float, float, int]:
    """Events, wall seconds, CPU seconds and bytes of the database of one replay."""
    began, cpu = time.perf_counter(), time.process_time()
    with Store(folder, durable=False) as store, file.open(encoding="utf-8") as lines:
        events = sum(1 for _ in replay(store, closed_targets(lines), lambda t: Subject(None, t)))
    return events, time.perf_counter() - began, time.process_time() - cpu, _size(folder)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.db*"))


def report(found: Figures) -> Iterator[str]:
    """The figures in words."""
    yield f"{found.polls} polls, {found.events} events in {found.seconds:.1f} s ({found.cpu:.1f} CPU s)"
    yield f"{found.polls / found.seconds:,.0f} polls a second, {found.events / found.seconds:.1f} events a second"
    yield f"database: {found.size:,} bytes, of which {found.growth:,} came after the baseline"
    yield f"{found.growth * 1000 / found.polls:,.0f} bytes per 1,000 polls"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast a long history is replayed.")
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--targets", type=int, default=150)
    parser.add_argument("--every", type=int, default=5, help="one crawl in so many brings a new report")
    args = parser.parse_args()
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-bench-") as folder:
        for words in report(measure(args.runs, args.targets, args.every, Path(folder))):
            print(words)


if __name__ == "__main__":
    main()
