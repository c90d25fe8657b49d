"""Crawls on other machines: nothing is lost or told twice whoever is killed, and no host is asked by two at once.

    python -m soak.workers                    200 kills of two workers and the owner over a changing replica
    python -m soak.workers --kills 20         a short run
    python -m soak.workers --shared           two workers share all 148 committee sites, each a host of its own
    python -m soak.workers --shared --councils 12

Kills: at each step of the replica's date the owner crawls with the queue while it and the workers are killed with
SIGKILL at random moments; then it is let through. Events, records and letters must be those of undisturbed crawls
without a queue over the same dates, and no host may ever have had two crawls at once. The spans after which a silence
is taken for death are a fifth of the real ones. Needs PostgreSQL and the extra `workers`. Exit status 1 where something
is not as it must be.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.config.file import Config, load
from monitor.councils.registry import BUILT_IN
from monitor.crawl.forked import ForkedCrawls
from monitor.model.reach import Depth
from monitor.service.queue_keeping import QueueKeeper
from monitor.store import Store
from monitor.store.sqlite import sqlite3
from monitor.watch import source as watch_source
from monitor.watch.source import Round
from monitor.workers import lease
from monitor.workers.lease import Spans
from monitor.workers.owner import QueuedCrawls
from monitor.workers.worker import Worker
from soak import postgres
from soak.hosts import Hosts
from soak.replica import Replica

QUICK = Spans(beat=0.5, lease=6.0, stopped=3.0, stalled=5.0, patience=40.0, poll=0.1)
START, DAYS = date(2024, 1, 9), 7
SOURCES = ("ofsted", "moderngov", "newsroom")
KILLS_A_STEP, LONGEST_SECONDS, KILLED_SHARE = 12, 4.0, 0.6
SOME = ("salford", "east-sussex", "staffordshire", "wiltshire", "peterborough", "lewisham", "wirral", "havering")
"""Councils with letters, minutes and news in the first months of 2024."""
CONFIG = """
[data]
dir = "data"
[run]
{queue}
crawls = 2
log = "plain"
[http]
contact = "soak@localhost"
delay = 0
timeout = 20
allow_private_addresses = true
[watch]
registry = "councils.csv"
councils = {councils}
[sources.ofsted]
base_url = "{address}/reports"
[sources.moderngov]
[sources.cmis]
[sources.newsroom]
"""
SNAPSHOT = {
    "events": "SELECT id, json_remove(body, '$.at') FROM events WHERE json_extract(body, '$.kind') NOT LIKE 'source.%'",
    "records": "SELECT source || target || kind || key, json_array(url, title, published, fields, document, state, "
    "announced, versions) FROM records",
    "letters": "SELECT sha256, body FROM letters",
}
"""What must be the same, without the times at which it was found."""


def main() -> int:
    """Prove what the options say."""
    given = _arguments()
    lease.SPANS = QUICK
    if given.child:
        return CHILDREN[given.child](given)
    if refusal := postgres.refusal():
        print(refusal)
        return 1
    with (
        postgres.server() as server,
        Replica(START.isoformat()) as site,
        Hosts(site.address) as hosts,
        tempfile.TemporaryDirectory() as folder,
    ):
        place = Place(Path(folder), server.address, hosts)
        return _shared(place, given) if given.shared else _kills(place, site, given)


class Place:
    """The folders of the owner, of the workers and of whoever crawls without a queue, and their processes."""

    def __init__(self, folder: Path, queue: str, hosts: Hosts) -> None:
        self.folder, self.hosts, self._queue = folder, hosts, f'queue = "{queue}"'

    def configure(self, name: str, slugs: tuple[str, ...] | None, *, queued: bool) -> Path:
        """A folder with a configuration in which each council's committees and news are at a host of its own."""
        folder = self.folder / name
        folder.mkdir()
        rows = _table(folder / "councils.csv", self.hosts, slugs)
        names = [row["name"] for row in rows if slugs is None or row["slug"] in slugs]
        text = CONFIG.format(
            queue=self._queue if queued else "", councils=json.dumps(names),
            address=self.hosts.addresses(["ofsted"])["ofsted"],
        )  # fmt: skip
        (folder / "config.toml").write_text(text, encoding="utf-8")
        return folder / "config.toml"

    def start(self, child: str, config: Path, *more: str) -> subprocess.Popen[bytes]:
        """A process of its own; its log goes into its folder."""
        line = [sys.executable, "-m", "soak.workers", "--child", child, "--config", str(config), *more]
        with (config.parent / "log").open("ab") as log:
            return subprocess.Popen(line, stdout=log, stderr=log)


def _table(path: Path, hosts: Hosts, slugs: tuple[str, ...] | None) -> list[dict[str, str]]:
    """The councils' table with addresses on the replica."""
    with BUILT_IN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    own = hosts.addresses(["ofsted", *(row["slug"] for row in rows)])  # Ofsted's is the first, as in `configure`
    for row in rows:
        system = {"ModernGov": "moderngov", "CMIS": "cmis"}.get(row["committee_system"])
        at = own[row["slug"]]
        row.update(committee_alt_urls="", committee_base_url=f"{at}/{system}/{row['slug']}" if system else "")
        row.update(news_feed_url=f"{at}/news/{row['slug']}/feed" if slugs and row["slug"] in slugs else "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return rows


def _kills(place: Place, site: Replica, given: argparse.Namespace) -> int:
    """Kill, let through, compare."""
    dice, day, kills, began = random.Random(given.seed), START, 0, time.monotonic()
    calm = place.configure("calm", SOME, queued=False)
    owner, workers = place.configure("owner", SOME, queued=True), Workers(place)
    with workers:
        while True:
            site.control(today=day.isoformat())
            _through(place, "here", calm, day)
            begun = kills
            while kills < given.kills and kills < begun + KILLS_A_STEP:
                kills += _kill_some(place, owner, workers, day, dice)
            workers.all_up()
            _through(place, "owner", owner, day)
            print(f"{day}: {kills} kills, {time.monotonic() - began:.0f} s", flush=True)
            if kills >= given.kills or time.monotonic() - began > given.minutes * 60:
                break
            day += timedelta(DAYS)
    return _judge(place, snapshot(owner), snapshot(calm), f"{kills} kills of {dict(workers.killed)}")


def _kill_some(place: Place, config: Path, workers: Workers, day: date, dice: random.Random) -> int:
    """Start a crawl, and after a moment kill the owner, a worker, or several at once. A crawl whose workers were killed
    goes on for a moment, and then its owner is killed too, so that a step does not take for ever."""
    owner = place.start("owner", config, "--day", day.isoformat())
    time.sleep(dice.uniform(1.0, LONGEST_SECONDS))
    victims = [name for name in ("one", "two") if dice.random() < KILLED_SHARE]
    killed = sum(workers.kill(name) for name in victims)
    time.sleep(dice.uniform(0.0, LONGEST_SECONDS if victims else 0.0))
    killed += _killed(owner, workers.killed, "owner")
    workers.all_up()
    return killed


def _killed(process: subprocess.Popen[bytes], counts: Counter[str], name: str) -> int:
    """Kill a process; 1 if it was still running."""
    alive = process.poll() is None
    if alive:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    counts[name] += alive
    return int(alive)


class Workers:
    """Two workers, on separate folders."""

    def __init__(self, place: Place, slugs: tuple[str, ...] | None = SOME) -> None:
        self._place = place
        self.configs = {name: place.configure(name, slugs, queued=True) for name in ("one", "two")}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.killed: Counter[str] = Counter()

    def __enter__(self) -> Workers:
        self.all_up()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.wait(60)

    def all_up(self) -> None:
        """Start whoever does not run."""
        for name, config in self.configs.items():
            if name not in self._running or self._running[name].poll() is not None:
                self._running[name] = self._place.start("worker", config)

    def kill(self, name: str) -> int:
        """Kill one; 1 if it was running."""
        return _killed(self._running[name], self.killed, name)

    def parts(self) -> dict[str, int]:
        """How many parts of crawls each has taken, by its log."""
        return {
            name: (c.parent / "log").read_text(encoding="utf-8").count("targets") for name, c in self.configs.items()
        }


def _through(place: Place, child: str, config: Path, day: date) -> None:
    process = place.start(child, config, "--day", day.isoformat())
    if process.wait():
        raise RuntimeError((config.parent / "log").read_text(encoding="utf-8")[-3000:])


def _shared(place: Place, given: argparse.Namespace) -> int:
    """Two workers, all committee sites, one look at everything."""
    slugs = tuple(sorted(_committee_slugs())[: given.councils])
    owner, workers = place.configure("owner", slugs, queued=True), Workers(place, slugs)
    with workers:
        began = time.monotonic()
        _through_of(place, owner, ("moderngov", "cmis"))
        took = time.monotonic() - began
        parts = workers.parts()
    with sqlite3.connect(owner.parent / "data" / "ofsted-watch.db") as database:
        polls = dict(database.execute("SELECT source, count(*) FROM targets GROUP BY source").fetchall())
    database.close()
    hosts = len(place.hosts.asked)
    print(f"{hosts} hosts asked {place.hosts.asked.total()} times in {took:.0f} s; targets seen: {polls}")
    print(f"parts of crawls by worker: {parts}; hosts that two crawls had open at once: {dict(place.hosts.together)}")
    right = hosts == len(slugs) == sum(polls.values()) and all(parts.values()) and not place.hosts.together
    return int(not right)


def _through_of(place: Place, config: Path, sources: tuple[str, ...]) -> None:
    process = place.start("owner", config, "--day", START.isoformat(), "--sources", *sources)
    if process.wait():
        raise RuntimeError((config.parent / "log").read_text(encoding="utf-8")[-3000:])


def _committee_slugs() -> Iterator[str]:
    with BUILT_IN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["committee_system"] in ("ModernGov", "CMIS") and row["committee_base_url"]:
                yield row["slug"]


def _judge(place: Place, found: dict[str, Any], wanted: dict[str, Any], what: str) -> int:
    """Print the figures; 1 where something is not as it must be."""
    differences = []
    for name, rows in wanted.items():
        print(f"{name}: {len(found[name])}, undisturbed {len(rows)}")
        keys = sorted(found[name].keys() | rows.keys())
        differences += [f"{name} {k}: {found[name].get(k)} != {rows.get(k)}" for k in keys
                        if found[name].get(k) != rows.get(k)]  # fmt: skip
    together = dict(place.hosts.together)
    print(f"{what}; differences: {len(differences)}; hosts that two crawls had open at once: {together}")
    print(*[line[:400] for line in differences[:20]], sep="\n")
    return int(bool(differences or together))


def snapshot(config: Path) -> dict[str, dict[str, str]]:
    """The events and the state of a store."""
    with sqlite3.connect(config.parent / "data" / "ofsted-watch.db") as database:
        found = {name: dict(database.execute(query).fetchall()) for name, query in SNAPSHOT.items()}
    database.close()
    return found


def _clock(day: date) -> Callable[[], datetime]:
    """A clock that shows the replica's day, and goes on."""
    return lambda: datetime.combine(day, datetime.now(UTC).time(), UTC)


def _here(given: argparse.Namespace) -> int:
    """Crawl once without a queue."""
    crawls = ForkedCrawls()
    return _crawl(load(given.config), given, crawls.crawl)


def _owner(given: argparse.Namespace) -> int:
    """Crawl once as `run` does with a queue, until it is killed."""
    config, clock = load(given.config), _clock(given.day)
    crawls = QueuedCrawls(lambda: config, ForkedCrawls(), clock)
    keeper = QueueKeeper(config, crawls, clock)
    keeper.start()
    try:
        return _crawl(config, given, crawls.crawl)
    finally:
        keeper.stop()
        keeper.join(30)


def _crawl(config: Config, given: argparse.Namespace, crawl: Any) -> int:
    with Store(config.data_dir) as store:
        for name in given.sources:
            watch_source.crawl_source(config, store, name, Round(Depth.NEW), crawl=crawl, clock=_clock(given.day))
    return 0


def _worker(given: argparse.Namespace) -> int:
    """Work until it is killed."""
    from monitor.service import logs

    config = load(given.config)
    logs.set_up(config)
    Worker(config).serve()
    return 0


CHILDREN: dict[str, Callable[[argparse.Namespace], int]] = {"here": _here, "owner": _owner, "worker": _worker}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=600.0, help="begin no further step after so long")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shared", action="store_true")
    parser.add_argument("--councils", type=int, help="only so many of the committee sites")
    parser.add_argument("--child", choices=CHILDREN, help=argparse.SUPPRESS)
    parser.add_argument("--config", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--day", type=date.fromisoformat, help=argparse.SUPPRESS)
    parser.add_argument("--sources", nargs="+", default=SOURCES, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
