"""Two workers share all committee sites, each a host of its own: every target once, and no host asked by two at once.

    python -m soak.workers_shared                   all 148
    python -m soak.workers_shared --councils 12

Needs PostgreSQL and the extra `workers`. Exit status 1 where something is not as it must be.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date

from monitor.councils.registry import BUILT_IN
from monitor.store.sqlite import sqlite3
from soak import postgres
from soak.worker_place import Place, Workers, place

DAY = date(2024, 1, 9)


def main() -> int:
    """One look at everything by two workers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, help="only so many of the committee sites")
    slugs = sorted(_committee_slugs())[: parser.parse_args().councils]
    if refusal := postgres.refusal():
        print(refusal)
        return 1
    with place(DAY) as here:
        return _shared(here, slugs)


def _shared(here: Place, slugs: list[str]) -> int:
    owner = here.configure("owner", slugs, queued=True)
    with Workers(here, slugs) as workers:
        began = time.monotonic()
        here.crawl("owner", owner, DAY, ("moderngov", "cmis"))
        took, parts = time.monotonic() - began, workers.parts()
    with closing(sqlite3.connect(owner.parent / "data" / "ofsted-watch.db")) as database:
        polls = dict(database.execute("SELECT source, count(*) FROM targets GROUP BY source").fetchall())
    hosts, together = len(here.hosts.asked), dict(here.hosts.together)
    print(f"{hosts} hosts asked {here.hosts.asked.total()} times in {took:.0f} s; targets seen: {polls}")
    print(f"parts of crawls by worker: {parts}; hosts that two crawls had open at once: {together}")
    right = hosts == len(slugs) == sum(polls.values()) and all(parts.values()) and not together
    return int(not right)


def _committee_slugs() -> Iterator[str]:
    with BUILT_IN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["committee_system"] in ("ModernGov", "CMIS") and row["committee_base_url"]:
                yield row["slug"]


if __name__ == "__main__":
    sys.exit(main())
