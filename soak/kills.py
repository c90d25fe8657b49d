"""Killed at any moment, nothing is lost and nothing is told twice.

    python -m soak.kills                 200 kills over a changing replica
    python -m soak.kills --kills 20      a short run
    python -m soak.kills --command run   kills the scheduler instead of one-off crawls
    python -m soak.kills --only Kent     with these councils alone

Steps the replica's date. At each step a crawl is started and killed with SIGKILL after a random time, again
and again, and at last one is let through. Afterwards events and state must be those of an undisturbed run
over the same dates. Prints both counts and every difference; exit status 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from soak.command import Command, configuration
from soak.replica import Replica
from soak.snapshot import differences, snapshot

START, DAYS = date(2024, 1, 2), 7
KILLS_A_STEP = 5
LONGEST = 3.0


def main() -> int:
    """Run both ways, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--command", choices=["crawl", "run"], default="crawl")
    parser.add_argument("--only", nargs="+", default=[], metavar="COUNCIL")
    given = parser.parse_args()
    with Replica(START.isoformat()) as site, tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        calm, rough = (Command(Path(folder), configuration(site.base_url, given.only)) for folder in (one, two))
        return _both(given, site, calm, rough, random.Random(given.seed))


def _both(given: argparse.Namespace, site: Replica, calm: Command, rough: Command, dice: random.Random) -> int:
    kills = 0
    for step, day in enumerate(_dates()):
        site.control(today=day.isoformat())
        calm.events("crawl")
        for _ in range(min(KILLS_A_STEP, given.kills - kills)):
            kills += kill(rough.line(given.command), dice.uniform(0.05, LONGEST * (3 if step == 0 else 1)))
        rough.events("crawl")
        if kills >= given.kills:
            break
    found, wanted = snapshot(rough.folder / "data"), snapshot(calm.folder / "data")
    differ = list(differences(found, wanted))
    print(f"{kills} kills over {step + 1} steps: {len(found['events'])} events, undisturbed {len(wanted['events'])}")
    print(f"{len(found['records'])} records, undisturbed {len(wanted['records'])}; differences: {len(differ)}")
    print(*differ[:20], sep="\n")
    return int(bool(differ))


def _dates() -> Iterator[date]:
    day = START
    while True:
        yield day
        day += timedelta(DAYS)


def kill(line: list[str], after: float) -> int:
    """Start a command and kill it; 1 if it was still running."""
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    alive = process.poll() is None
    if alive:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return int(alive)


if __name__ == "__main__":
    sys.exit(main())
