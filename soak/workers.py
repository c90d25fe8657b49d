"""Crawls on other machines: nothing is lost or told twice whoever is killed, and no host is asked by two at once.

    python -m soak.workers                    200 kills of two workers and the owner over a changing replica
    python -m soak.workers --kills 20         a short run

At each step of the replica's date the owner crawls with the queue while it and the workers are killed with SIGKILL at
random moments; then it is let through. Events, records and letters must be those of undisturbed crawls without a queue
over the same dates, and no host may ever have had two crawls at once. Needs PostgreSQL and the extra `workers`. Exit
status 1 where something is not as it must be.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from soak import postgres
from soak.snapshot import differences, snapshot
from soak.worker_place import Place, Workers, kill, order, place

START, DAYS = date(2024, 1, 9), 7
SOURCES = ("ofsted", "moderngov", "newsroom")
KILLS_A_STEP, LONGEST_SECONDS, KILLED_SHARE = 12, 4.0, 0.6
COUNCILS = ("salford", "east-sussex", "staffordshire", "wiltshire", "peterborough", "lewisham", "wirral", "havering")
"""With letters, minutes and news in the first months of 2024."""


def main() -> int:
    """Kill, let through, compare."""
    given = _arguments()
    if refusal := postgres.refusal():
        print(refusal)
        return 1
    with place(START) as here:
        return _kills(here, given)


def _kills(here: Place, given: argparse.Namespace) -> int:
    dice, day, kills, began = random.Random(given.seed), START, 0, time.monotonic()
    calm = here.configure("calm", COUNCILS, queued=False)
    owner = here.configure("owner", COUNCILS, queued=True)
    with Workers(here, COUNCILS) as workers:
        while True:
            here.site.control(today=day.isoformat())
            here.crawl("here", calm, day, SOURCES)
            begun = kills
            while kills < given.kills and kills < begun + KILLS_A_STEP:
                kills += _kill_some(here, owner, workers, day, dice)
            here.crawl("owner", owner, day, SOURCES)
            print(f"{day}: {kills} kills, {time.monotonic() - began:.0f} s", flush=True)
            if kills >= given.kills or time.monotonic() - began > given.minutes * 60:
                break
            day += timedelta(DAYS)
    return _judge(here, owner, calm, f"{kills} kills of {dict(workers.killed)}")


def _kill_some(here: Place, config: Path, workers: Workers, day: date, dice: random.Random) -> int:
    """Start a crawl, and after a moment kill the owner, a worker, or several at once. A crawl whose workers were killed
    goes on for a moment, and then its owner is killed too, so that a step does not take for ever."""
    owner = here.start("owner", config, *order(day, SOURCES))
    time.sleep(dice.uniform(1.0, LONGEST_SECONDS))
    victims = [name for name in ("one", "two") if dice.random() < KILLED_SHARE]
    killed = sum(workers.kill(name) for name in victims)
    time.sleep(dice.uniform(0.0, LONGEST_SECONDS if victims else 0.0))
    killed += kill(owner, workers.killed, "owner")
    workers.all_up()
    return killed


def _judge(here: Place, owner: Path, calm: Path, what: str) -> int:
    """Print the figures; 1 where something is not as it must be."""
    found, wanted = (snapshot(config.parent / "data") for config in (owner, calm))
    for name, rows in wanted.items():
        print(f"{name}: {len(found[name])}, undisturbed {len(rows)}")
    differ, together = list(differences(found, wanted)), dict(here.hosts.together)
    print(f"{what}; differences: {len(differ)}; hosts that two crawls had open at once: {together}")
    print(*differ[:20], sep="\n")
    return int(bool(differ or together))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=600.0, help="begin no further step after so long")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
