"""The data folder is lost at random moments of a busy month: restored from the replica, nothing is lost or told twice.

    python -m soak.host_loss                        200 losses; messages wait for the replica
    python -m soak.host_loss --not-after-replica    they do not wait: what was told in the last second may be unknown
    python -m soak.host_loss --losses 5             a short run

A process has what `run` has: the thread that keeps the replica (Litestream), and the sender, which tells Slack's double
with a bot token. It finds what a made-up source has published until now and the store does not know, as a crawl
does, with the same ids each time. It is killed with Litestream at a random moment, the data folder is deleted, and the
store is restored into another folder. Exit status 1 where an event is not told exactly once, or (after the replica)
where something was told that a restored store does not know.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.config.file import Config, load
from monitor.deliver import ways_out
from monitor.deliver.audience import audience
from monitor.deliver.gate import gate
from monitor.deliver.sender import Sender
from monitor.service.replication import Replication
from monitor.store import Store, outbox
from monitor.store.replica import Replica
from monitor.store.restoring import restore_replica
from soak.doubles import SlackDouble
from soak.numbered import name, named_in, numbered, owe

CONFIG = """
[data]
dir = "{data}"
[store]
replica = "file://{folder}/replica"
told_after_replica = {after}
[[channels]]
name = "bot"
kind = "slack"
token_env = "SOAK_TOKEN"
channel = "C0GENERAL"
api_url = "{api_url}"
"""
LONGEST_SECONDS = 3.0
"""A process lives for so long at most."""
MONTH = datetime(2026, 6, 1, 8, tzinfo=UTC)
A_LOSS = 3
"""Publications that appear for each loss; now and then a bunched morning brings many at once."""
BUNCH, EVERY = 8, 10


def main() -> int:
    """Lose, restore, go on; then let it end, and count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--losses", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--not-after-replica", action="store_true")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ["SOAK_TOKEN"] = "xoxb-test-token"
    if given.child:
        return _watch(load(given.child))
    with tempfile.TemporaryDirectory() as folder, SlackDouble() as slack:
        return Month(Path(folder), slack, given.losses, not given.not_after_replica, random.Random(given.seed)).run()


class Month:
    """The machine, again and again, and what is published meanwhile."""

    def __init__(self, folder: Path, slack: SlackDouble, losses: int, after: bool, dice: random.Random) -> None:
        self.folder, self.slack, self.losses, self.after, self.dice = folder, slack, losses, after, dice
        self.published = folder / "published"
        self.unknown = 0
        self.seconds: list[float] = []

    def run(self) -> int:
        """Lose the machine so often; returns the exit status."""
        config, events = self._machine(0), 0
        self.published.write_text("0", encoding="ascii")
        _until_replicated(self._start(config), config)
        for loss in range(1, self.losses + 1):
            events += BUNCH if loss % EVERY == 0 else A_LOSS
            self.published.write_text(str(events), encoding="ascii")
            _kill(self._start(config), self.dice.uniform(0.5, LONGEST_SECONDS))
            shutil.rmtree(config.data_dir)
            config = self._restored(loss)
        last = self._start(config)
        while len(self._told()) < events and last.poll() is None:
            time.sleep(0.5)
        time.sleep(1)
        _kill(last, 0)
        return self._judge(events)

    def _machine(self, number: int) -> Config:
        path = self.folder / "config.toml"
        after, data = str(self.after).lower(), f"data-{number}"
        text = CONFIG.format(folder=self.folder, data=data, after=after, api_url=self.slack.api_url)
        path.write_text(text, encoding="utf-8")
        return load(path)

    def _start(self, config: Config) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "soak.host_loss", "--child", str(config.path)]
        return subprocess.Popen(command, start_new_session=True)

    def _restored(self, number: int) -> Config:
        """The store on another machine; counts what was told that it does not know."""
        config, began = self._machine(number), time.monotonic()
        assert config.store.replica
        restore_replica(Replica(config.store.replica, config.data_dir), datetime.now(UTC))
        self.seconds.append(time.monotonic() - began)
        with Store(config.data_dir) as store:
            kept = {event.id for event in outbox.events(store)}
        self.unknown += len(set(self._told()) - kept)
        return config

    def _told(self) -> Counter[str]:
        """How often each event was told."""
        return Counter(name for message in self.slack.messages() for name in named_in(str(message.get("blocks"))))

    def _judge(self, events: int) -> int:
        told = self._told()
        lost = [n for n in range(events) if not told[name(n)]]
        twice = [n for n, times in told.items() if times > 1]
        print(f"{self.losses} losses, {events} events, {len(lost)} lost, {len(twice)} told twice")
        print(f"told and not known to a restored store: {self.unknown}; messages wait for the replica: {self.after}")
        print(f"a restore took {sum(self.seconds) / len(self.seconds):.2f} s, at most {max(self.seconds):.2f} s")
        print(*[f"lost {n}" for n in lost[:5]], *[f"twice {n}" for n in twice[:5]], sep="\n")
        return int(bool(lost or twice or (self.after and self.unknown)))


def _until_replicated(process: subprocess.Popen[bytes], config: Config) -> None:
    """The first copy: before it a loss leaves nothing to restore."""
    assert config.store.replica
    place = Path(config.store.replica.removeprefix("file://")) / "database"
    while not list(place.rglob("*.ltx")):
        time.sleep(0.1)
    _kill(process, 1)


def _kill(process: subprocess.Popen[bytes], after: float) -> None:
    """The host dies: the process and Litestream, at once."""
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _watch(config: Config) -> int:
    """What `run` does, with a made-up source, until it is killed."""
    published = config.path.parent / "published"
    replication = Replication(config, lambda: datetime.now(UTC))
    Store(config.data_dir).close()
    replication.start()
    build, wait = ways_out.build(config), gate(config)
    while True:
        with Store(config.data_dir) as store:
            _find(config, store, int(published.read_text(encoding="ascii")))
            now = datetime.now(UTC)
            Sender(store, build, audience(config)(store, now), lambda: datetime.now(UTC), gate=wait).send_due()
        time.sleep(0.05)


def _find(config: Config, store: Store, count: int) -> None:
    """Save what is published and not known, as a crawl does: a few at a time, with ids that are the same each time."""
    now = datetime.now(UTC)
    known = outbox.known(store, map(name, range(count)))
    fresh = (n for n in range(count) if name(n) not in known)
    days = {n: (MONTH + timedelta(hours=n)).date().isoformat() for n in range(count)}
    owe(store, [numbered(n, now, published=days[n]) for n in fresh], audience(config)(store, now), now)


if __name__ == "__main__":
    sys.exit(main())
