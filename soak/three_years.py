"""Three real years of Ofsted's publications, stepped: no miss, no repeat, no false alarm.

    python -m soak.three_years                        a week at a time, 2023-08-01 to 2026-08-31
    python -m soak.three_years --faults               with each kind of fault in turn, one at every step
    python -m soak.three_years --hidden               the listing counts inspections only; a sweep between the days

Prints recall, precision, repeats and wrong facts of `report.published` against the replica's truth, and how
often breakages and their ends were told. Exit status 1 where anything is not as it must be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from soak.command import Command
from soak.replica import Replica

START, END = date(2023, 8, 1), date(2026, 8, 31)
EVERYWHERE = "/reports/|/files/"
FAULTS = [
    (kind, where)
    for kind in ("403", "500", "503_retry_after", "429_retry_after", "timeout", "slow", "reset", "truncate",
                 "challenge200", "empty200", "garbage", "not_modified_always", "redirect_loop", "redirect_private",
                 "huge", "gzip_bomb", "bad_charset", "layout_change", "replace_pdf", "withdraw")
    for where in ("/reports/search", "/reports/provider", "/files/")
    if (kind, where) not in {("replace_pdf", "/reports/search"), ("replace_pdf", "/reports/provider"),
                             ("layout_change", "/files/"), ("bad_charset", "/files/")}
] + [("cap_rows:50", "/reports/search"), ("drop_rows:3", "/reports/search"), ("drop_rows:1", "/reports/provider")]  # fmt: skip


def main() -> int:
    """Step, compare, print."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder, Replica(arguments.start.isoformat(), "--timeout-seconds", "2", "--slow-seconds", "0.5") as site:  # fmt: skip
        command = Command(Path(folder), site.base_url, timeout=1.5)
        if arguments.hidden:
            site.control(options={"latest_counts": "inspections"})
        command.events("crawl")
        found = list(_steps(arguments, site, command))
        truth = site.truth((arguments.start + timedelta(1)).isoformat(), arguments.end.isoformat())
        again = command.events("crawl", "--full")
    return report(truth, found, again, faults=arguments.faults)


def _steps(arguments: argparse.Namespace, site: Replica, command: Command):  # type: ignore[no-untyped-def]
    day, faults = arguments.start, cycle(FAULTS)
    while day < arguments.end:
        day = min(day + timedelta(arguments.days), arguments.end)
        site.control(today=day.isoformat())
        if arguments.faults:
            kind, where = next(faults)
            site.fault(where, kind)
            told = [e for n in range(2) for e in command.events("crawl", *(["--full"] if n else []))]
            site.control(clear_faults=True)
            told += [e for _ in range(3) for e in command.events("crawl")]
            _episode(f"{day} {kind} {where}", told)
            yield from told
        else:
            yield from command.events("crawl")
            if arguments.hidden:
                yield from command.events("crawl", "--full")


def _episode(step: str, told: list[dict[str, Any]]) -> None:
    """What one faulty step told of the sources: as many ends as beginnings, none twice."""
    counts = Counter((e["kind"], (e["after"] or {}).get("target")) for e in told if e["kind"].startswith("source."))
    begun = sum(n for (kind, _), n in counts.items() if kind != "source.recovered")
    ended = sum(n for (kind, _), n in counts.items() if kind == "source.recovered")
    print(f"{step}: {begun} begun, {ended} ended" + ("" if begun == ended else f"  <- {dict(counts)}"), flush=True)


def report(truth: list[dict[str, Any]], found: list[dict[str, Any]], again: list[dict[str, Any]], *, faults: bool) -> int:  # fmt: skip
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
    print(f"recall {len(set(ids) & set(wanted)) / max(1, len(wanted)):.4f}, precision {len(hits) / max(1, len(published)):.4f}")  # fmt: skip
    print(f"events by kind: {dict(kinds)}; a last full sweep told {len(again)} more")
    print(f"wrong facts: {len(wrong)}", *wrong, *[f"missed {m}" for m in missed], sep="\n  ")
    strays = not faults and set(kinds) - {"report.published", "source.failing", "source.recovered"}
    return int(bool(wrong or missed or repeats or len(hits) != len(published) or strays or again))


def wrong_facts(event: dict[str, Any], truth: dict[str, Any]) -> list[str]:
    """Where an event says otherwise than the truth: council, date, kind, judgements that moved."""
    after = event["after"]
    moved = {c["area"]: [c["before"], c["after"]] for c in event["changes"] if c["direction"] in ("improved", "declined")}  # fmt: skip
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
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--hidden", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
