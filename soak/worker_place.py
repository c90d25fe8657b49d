"""Where the proofs of workers happen: a queue, the replica with a host for each council, folders, processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from soak import postgres
from soak.hosts import Hosts
from soak.replica import Replica
from soak.watched import Row, at, write_table

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


@contextmanager
def place(today: date) -> Iterator[Place]:
    """A place at the replica's date, until the block ends."""
    with (
        postgres.server() as server,
        Replica(today.isoformat()) as site,
        Hosts(site.address) as hosts,
        tempfile.TemporaryDirectory() as folder,
    ):
        yield Place(Path(folder), server.address, site, hosts)


class Place:
    """The folders of the owner, of the workers and of whoever crawls without a queue, and their processes. `slugs`: the
    councils that are watched."""

    def __init__(self, folder: Path, queue: str, site: Replica, hosts: Hosts) -> None:
        self.folder, self.site, self.hosts, self._queue = folder, site, hosts, f'queue = "{queue}"'

    def configure(self, name: str, slugs: Collection[str], *, queued: bool) -> Path:
        """A folder with a configuration in which each council's committees and news are at a host of its own."""
        folder = self.folder / name
        folder.mkdir()
        rows = write_table(folder, self._cells)
        names = [row["name"] for row in rows if row["slug"] in slugs]
        text = CONFIG.format(
            queue=self._queue if queued else "", councils=json.dumps(names), address=self.hosts.address("ofsted")
        )
        (folder / "config.toml").write_text(text, encoding="utf-8")
        return folder / "config.toml"

    def _cells(self, row: Row) -> Row:
        """Only the committee systems that a crawl knows."""
        cells = at(self.hosts.address(row["slug"]), row)
        return cells if row["committee_system"] in ("ModernGov", "CMIS") else cells | {"committee_base_url": ""}

    def start(self, role: str, config: Path, *more: str) -> subprocess.Popen[bytes]:
        """A process of its own (`soak.worker_roles`); its log goes into its folder."""
        line = [sys.executable, "-m", "soak.worker_roles", role, str(config), *more]
        with (config.parent / "log").open("ab") as log:
            return subprocess.Popen(line, stdout=log, stderr=log)

    def crawl(self, role: str, config: Path, day: date, sources: Collection[str]) -> None:
        """Crawl once, to the end. Raises RuntimeError with the end of the log where that fails."""
        if self.start(role, config, *order(day, sources)).wait():
            raise RuntimeError((config.parent / "log").read_text(encoding="utf-8")[-3000:])


def order(day: date, sources: Collection[str]) -> list[str]:
    """What is to be crawled, as arguments."""
    return ["--day", day.isoformat(), "--sources", *sources]


def kill(process: subprocess.Popen[bytes], counts: Counter[str], name: str) -> int:
    """Kill a process; 1 if it was still running."""
    alive = process.poll() is None
    if alive:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    counts[name] += alive
    return int(alive)


class Workers:
    """Two workers, on separate folders."""

    def __init__(self, place: Place, slugs: Collection[str]) -> None:
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
        return kill(self._running[name], self.killed, name)

    def parts(self) -> dict[str, int]:
        """How many parts of crawls each has taken, by its log."""
        return {
            name: (c.parent / "log").read_text(encoding="utf-8").count("targets") for name, c in self.configs.items()
        }
