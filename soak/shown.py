"""Everything that people are shown, read as they would: every event of the corpus, the history and three replica years.

    python -m soak.shown                     all of it, the replica a fortnight at a time; about an hour
    python -m soak.shown --shard 2/6         every sixth council from the second on; about a sixth of it
    python -m soak.shown --minutes 20        no new step after so long: what was not looked at is said, exit status 1
    python -m soak.shown --days 60           the replica in longer steps
    python -m soak.shown --no-replica        the letters and the recorded table alone; about ten minutes
    python -m soak.shown --only Devon Kent   the replica with these councils alone

Each event is worded for every way out (subject, e-mail as text and page, feed, Slack, console, webhook), alone and in
digests of ten, and held against `soak/shown_rules.py`. Exit status 1 where anything is found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import monotonic

from monitor.councils.registry import Registry
from monitor.model import Event
from monitor.store import Store
from soak import corpus, sources, watched
from soak.replica import Replica
from soak.shown_rules import findings, findings_of_digest, left_out

DIGEST = 10
WHOLE = slice(None)


def of_corpus(councils: int | None = None, shard: slice = WHOLE) -> Iterator[Event]:
    """Each letter published, replaced and withdrawn; of all councils, of the first few, or of a shard of them."""
    rows = corpus.gold(councils)
    urns = sorted({row["urn"] for row in rows})[shard]
    return corpus.told_of_all([row for row in rows if row["urn"] in urns])


def of_replica(start: date, end: date, days: int, *councils: str) -> Iterator[Event]:
    """What all sources of the replica tell between two days, so many days at a time; of all councils, or some."""
    given = argparse.Namespace(start=start, end=end, days=days, sources=watched.SOURCES, faults=False)
    with tempfile.TemporaryDirectory() as name, Replica(start.isoformat()) as site:
        config = watched.configure(Path(name), site.address, *councils)
        with Store(config.data_dir) as store:
            yield from sources.steps(given, site, config, store)


def problems(told: Iterable[Event]) -> Iterator[tuple[Event, list[str]]]:
    """Each event with what is wrong with it, and with every tenth the digest of the last ten."""
    held: list[Event] = []
    for event in told:
        held.append(event)
        wrong = [*findings(event), *left_out(event)]
        if len(held) == DIGEST:
            wrong += findings_of_digest(held)
            held = []
        yield event, wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the events, read what is shown, print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, help="letters of so many councils only")
    parser.add_argument("--days", type=int, default=14, help="of one step of the replica")
    parser.add_argument("--only", nargs="+", default=[], help="councils of the replica")
    parser.add_argument("--shard", type=_shard, default=WHOLE, metavar="K/N", help="every Nth council from the Kth on")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="after which nothing new is begun")
    parser.add_argument("--no-replica", action="store_true")
    given = parser.parse_args(arguments)
    names = given.only or ([council.name for council in Registry.load()][given.shard] if given.shard != WHOLE else [])
    worlds: dict[str, Iterable[Event]] = {"corpus": of_corpus(given.councils, given.shard)}
    if given.shard.start in (None, 0):
        worlds["history"] = corpus.recorded()
    if not given.no_replica:
        worlds["replica"] = of_replica(sources.START, sources.END, given.days, *names)
    until = monotonic() + given.minutes * 60
    found = [_report(name, told, until) for name, told in worlds.items()]
    return int(any(found))


def _shard(given: str) -> slice:
    """ "2/6": every sixth from the second on."""
    which, _, of = given.partition("/")
    if not (which.isdigit() and of.isdigit() and 1 <= int(which) <= int(of)):
        raise argparse.ArgumentTypeError(f"{given}: not K/N with K from 1 to N")
    return slice(int(which) - 1, None, int(of))


def _report(name: str, told: Iterable[Event], until: float) -> bool:
    """Print what is wrong with the events of a world, and say so where time ended before they did."""
    kinds, found, last = Counter[str](), 0, ""
    for event, wrong in problems(told):
        kinds[event.kind] += 1
        found += len(wrong)
        for line in wrong:
            print(f"  {line}", flush=True)
        if monotonic() > until:
            last = event.at[:10]
            break
    print(f"{name}: {sum(kinds.values())} events {dict(kinds)}, {found} findings", flush=True)
    if last:
        print(f"{name}: NOT DONE, time ended at an event of {last}", flush=True)
    return bool(found or last or not kinds)


if __name__ == "__main__":
    sys.exit(main())
