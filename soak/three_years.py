"""Three real years of Ofsted's publications, stepped: no miss, no repeat, no false alarm.

    python -m soak.three_years                        a week at a time, 2023-08-01 to 2026-08-31
    python -m soak.three_years --faults               with each kind of fault in turn, one at every step
    python -m soak.three_years --hidden               the listing counts inspections only; a sweep between the days
    python -m soak.three_years --only Kent Devon      with these councils alone

Prints recall, precision, repeats and wrong facts of `report.published` against the replica's truth, and how
often breakages and their ends were told. Exit status 1 where anything is not as it must be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from soak.command import Command, configuration
from soak.replica import Replica

START, END = date(2023, 8, 1), date(2026, 8, 31)
SEARCH, PAGES, FILES = "/reports/search", "/reports/provider", "/files/"
ANYWHERE = (
    "403", "500", "503_retry_after", "429_retry_after", "timeout", "slow", "reset", "truncate", "challenge200",
    "empty200", "garbage", "not_modified_always", "redirect_loop", "redirect_private", "huge", "gzip_bomb", "withdraw",
)  # fmt: skip
FAULTS = [
    *((kind, where) for kind in ANYWHERE for where in (SEARCH, PAGES, FILES)),
    *((kind, where) for kind in ("bad_charset", "layout_change") for where in (SEARCH, PAGES)),
    ("replace_pdf", FILES),
    ("cap_rows:50", SEARCH),
    ("drop_rows:3", SEARCH),
    ("drop_rows:1", PAGES),
]


def main() -> int:
    """Step, compare, print."""
    given = _arguments()
    patience = ("--timeout-seconds", "2", "--slow-seconds", "0.5")
    with tempfile.TemporaryDirectory() as folder, Replica(given.start.isoformat(), *patience) as site:
        command = Command(Path(folder), configuration(site.base_url, given.only, timeout=1.5))
        if given.hidden:
            site.control(options={"latest_counts": "inspections"})
        command.events("crawl")
        found = list(_steps(given, site, command))
        all_truth = site.truth((given.start + timedelta(1)).isoformat(), given.end.isoformat())
        truth = [one for one in all_truth if not given.only or one["council"] in given.only]
        again = command.events("crawl", "--full")
    return report(truth, found, again, faults=given.faults is not None)


def _steps(given: argparse.Namespace, site: Replica, command: Command) -> Iterator[dict[str, Any]]:
    day, faults = given.start, cycle([f for f in FAULTS if not given.faults or f[0] in given.faults])
    while day < given.end:
        day = min(day + timedelta(given.days), given.end)
        site.control(today=day.isoformat())
        if given.faults is not None:
            yield from _faulty(day, *next(faults), site, command)
        else:
            yield from command.events("crawl")
        if given.hidden:
            yield from command.events("crawl", "--full")


def _faulty(day: date, kind: str, where: str, site: Replica, command: Command) -> list[dict[str, Any]]:
    """A crawl and a sweep under the fault, then three crawls without."""
    site.fault(where, kind)
    told = command.events("crawl") + command.events("crawl", "--full")
    site.control(clear_faults=True)
    for _ in range(3):
        told += command.events("crawl")
    _episode(f"{day} {kind} {where}", told)
    return told


def _episode(step: str, told: list[dict[str, Any]]) -> None:
    """What one faulty step told of the sources: as many ends as beginnings, none twice."""
    counts = Counter((e["kind"], (e["after"] or {}).get("target")) for e in told if e["kind"].startswith("source."))
    begun = sum(n for (kind, _), n in counts.items() if kind != "source.recovered")
    ended = sum(n for (kind, _), n in counts.items() if kind == "source.recovered")
    print(f"{step}: {begun} begun, {ended} ended" + ("" if begun == ended else f"  <- {dict(counts)}"), flush=True)


Events = list[dict[str, Any]]


def report(truth: Events, found: Events, again: Events, *, faults: bool) -> int:
    """Print the figures; 1 where something is wrong."""
    kinds = Counter(e["kind"] for e in found)
    published = [e for e in found if e["kind"] == "report.published"]
    ids = Counter(e["after"]["key"] for e in published)
    wanted = {t["file_id"]: t for t in truth}
    hits = [e for e in published if e["after"]["key"] in wanted]
    wrong = [w for e in hits for w in wrong_facts(e, wanted[e["after"]["key"]])]
    repeats = sum(n - 1 for n in ids.values())
    missed = sorted(set(wanted) - set(ids))
    print(f"truth {len(wanted)}, published {len(published)}, repeated {repeats}, missed {len(missed)}")
    recall, precision = len(set(ids) & set(wanted)) / max(1, len(wanted)), len(hits) / max(1, len(published))
    print(f"recall {recall:.4f}, precision {precision:.4f}")
    print(f"events by kind: {dict(kinds)}; a last full sweep told {len(again)} more")
    print(f"wrong facts: {len(wrong)}", *wrong, *[f"missed {m}" for m in missed], sep="\n  ")
    strays = not faults and set(kinds) - {"report.published", "source.failing", "source.recovered"}
    return int(bool(wrong or missed or repeats or len(hits) != len(published) or strays or again))


def wrong_facts(event: dict[str, Any], truth: dict[str, Any]) -> list[str]:
    """Where an event says otherwise than the truth: council, date, kind, judgements that moved."""
    after = event["after"]
    changes = [c for c in event["changes"] if c["direction"] in ("improved", "declined")]
    moved = {c["area"]: [c["before"], c["after"]] for c in changes}
    pairs = {
        "urn": (event["urn"], truth["urn"]),
        "council": (event["council"], truth["council"]),
        "published": (event["published"], truth["published"]),
        "kind": (after.get("kind"), truth["kind"]),
        "judgements": (after.get("judgements", {}), truth["judgements"]),
        "changes": (moved, truth["changes"]),
    }
    return [f"{after['key']} {truth['council']}: {k}: {a} != {b}" for k, (a, b) in pairs.items() if a != b]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=date.fromisoformat, default=START)
    parser.add_argument("--end", type=date.fromisoformat, default=END)
    parser.add_argument("--days", type=int, default=7, help="days a step")
    parser.add_argument("--faults", nargs="*", metavar="KIND", help="only these kinds; without any, all")
    parser.add_argument("--hidden", action="store_true")
    parser.add_argument("--only", nargs="+", default=[], metavar="COUNCIL")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
