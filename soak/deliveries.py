"""kill -9 while messages go out: each event once where the other side can be asked, else at least once.

    python -m soak.deliveries --kills 200

Events are queued for Slack (by bot token and by incoming webhook) and for two mailboxes, as a configuration
file says; a process that delivers them to the doubles gets SIGKILL at a random moment, again and again, and
at last one is let through. Answers take a while, so that the kills fall everywhere: before a message is
claimed, before it is taken, between that and our note of it, and while an earlier copy is looked for. Prints where they
fell, and how often each message arrived; exit status 1 where that is not as it must be:

    bot token     each event exactly once
    webhook       at least once, and no more often than kills left its fate open
    e-mail        the same, always with the same Message-ID
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.config.file import Config, load
from monitor.deliver import ways_out
from monitor.deliver.audience import channels
from monitor.deliver.sender import Sender
from monitor.store import Store, outbox
from soak.doubles import Double
from soak.numbered import named_in, numbered, owe

CONFIG = """
[data]
dir = "data"
[[channels]]
name = "bot"
kind = "slack"
token_env = "SOAK_TOKEN"
channel = "C0GENERAL"
api_url = "http://127.0.0.1:{slack}/api"
[[channels]]
name = "hook"
kind = "slack"
webhook_env = "SOAK_HOOK"
[[channels]]
name = "mail"
kind = "email"
to = ["one@example.org", "two@example.org"]
from = "watch@example.org"
host = "127.0.0.1"
port = {smtp}
security = "none"
"""
LONGEST = 1.0
"""Seconds after which a process is killed at the latest."""
SLOW = 0.12
"""Seconds that the doubles take for an answer."""
EVENTS = 2
"""Queued before each kill: they go out one by one, and together where they have piled up."""
Copy = tuple[str, str, str]
"""A channel with its reader, an event, and the name under which the other side knows the message."""


@dataclass
class Kills:
    """Where kills fell, and how often each event's fate was left open over each way."""

    where: Counter[str] = field(default_factory=Counter)
    open: Counter[tuple[str, str]] = field(default_factory=Counter)


def main() -> int:
    """Kill, let through, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Double("slack.py") as slack, Double("smtp.py") as smtp:
        config = _configured(Path(folder), slack, smtp)
        kills = Kills()
        names = list(_rounds(given.kills, config, slack, smtp, kills, random.Random(given.seed)))
        while _owed(config):
            os.waitpid(_delivering(config), 0)
        return report(names, kills, [*_posts(slack), *_mails(smtp)], slack, smtp)


def _configured(folder: Path, slack: Double, smtp: Double) -> Config:
    os.environ["SOAK_TOKEN"] = "xoxb-test-token"
    os.environ["SOAK_HOOK"] = f"http://127.0.0.1:{slack.port}/services/T000/B000/XXXX"
    (folder / "config.toml").write_text(CONFIG.format(slack=slack.port, smtp=smtp.port), encoding="utf-8")
    slack.control(fault={"method": "*", "kind": "slow", "seconds": SLOW, "times": 1_000_000})
    smtp.control(settings={"greeting_delay": SLOW, "data_delay": SLOW})
    config = load(folder / "config.toml")
    for channel in channels(config):  # the clients are imported here, once, and not in each process
        ways_out.build(config)(channel.name, next(iter(channel.recipients), ""))
    return config


def _rounds(
    wanted: int, config: Config, slack: Double, smtp: Double, kills: Kills, dice: random.Random
) -> Iterator[str]:
    """Queue, start, kill; until there were as many kills as wanted. Yields the events' names."""
    done = number = 0
    while done < wanted:
        if _owed(config) < 8 * EVENTS:
            now = datetime.now(UTC)
            events = [numbered(n, now, story=f"story-{n // 3}") for n in range(number, number + EVENTS)]
            with Store(config.data_dir) as store:
                owe(store, events, channels(config), now)
            number += EVENTS
            yield from (event.id for event in events)
        process = _delivering(config)
        time.sleep(dice.uniform(0.0, LONGEST))
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        if os.WIFSIGNALED(status):
            done += 1
            _note(config, slack, smtp, kills)


def _owed(config: Config) -> int:
    with Store(config.data_dir) as store:
        return outbox.unsent(store)


def _delivering(config: Config) -> int:
    """A process that sends what is owed, as `ofsted-watch deliver` does; its number."""
    process = os.fork()
    if process:
        return process
    with Store(config.data_dir) as store:
        Sender(store, ways_out.build(config), channels(config), lambda: datetime.now(UTC)).send_due()
    os._exit(0)


def _note(config: Config, slack: Double, smtp: Double, kills: Kills) -> None:
    """Where a kill fell: whether messages were claimed, and whether the other side has them."""
    with Store(config.data_dir) as store:
        rows = store.rows("SELECT channel || recipient AS way, message, event FROM deliveries WHERE state = 'sending'")
    if not rows:
        kills.where["nothing was under way"] += 1
        return
    time.sleep(3 * SLOW)  # a mail that is complete may be taken after the sender is gone
    taken = {(way, event) for way, event, _ in [*_posts(slack), *_mails(smtp)]}
    for row in rows:
        kills.open[row["way"], row["event"]] += 1
    for way, message in {(r["way"], r["message"]) for r in rows}:
        there = all((way, r["event"]) in taken for r in rows if r["way"] == way and r["message"] == message)
        kills.where[f"{way.partition('@')[0]}: {'taken, not noted' if there else 'claimed, not taken'}"] += 1


def _posts(slack: Double) -> Iterator[Copy]:
    for message in slack.get("/_messages"):
        way = "hook" if message["via"] == "webhook" else "bot"
        for name in named_in(json.dumps([message["text"], message["blocks"]])):
            yield way, name, message["ts"]


def _mails(smtp: Double) -> Iterator[Copy]:
    for mail in smtp.get("/_mails"):
        headers = {k.lower(): v for k, v in _pairs(mail["headers"])}
        for name in named_in(mail["text"]):
            yield f"mail{mail['rcpt_tos'][0]}", name, headers["message-id"]


def _pairs(headers: Any) -> Any:
    return headers.items() if isinstance(headers, dict) else headers


def report(names: list[str], kills: Kills, copies: list[Copy], slack: Double, smtp: Double) -> int:
    """Print the figures; 1 where an event is missing, or there once more than it may be."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for way, name, remote in copies:
        found[way, name].append(remote)
    ways = ("bot", "hook", "mailone@example.org", "mailtwo@example.org")
    each = [(way, name) for way in ways for name in names]
    wrong = [said for way, name in each for said in _wrong(way, found[way, name], kills.open[way, name], name)]
    print(f"{len(names)} events; messages: {len(slack.get('/_messages'))} at Slack, {len(smtp.get('/_mails'))} mails")
    print("kills:", *(f"  {count:4} {where}" for where, count in sorted(kills.where.items())), sep="\n")
    for way in ways:
        again = sum(len(found[way, name]) - 1 for name in names if found[way, name])
        left_open = sum(kills.open[way, name] for name in names)
        print(f"{way}: {len(names)} events, {again} copies too many, fate left open {left_open} times")
    print(f"wrong: {len(wrong)}", *wrong[:20], sep="\n  ")
    return int(bool(wrong))


def _wrong(way: str, remotes: list[str], left_open: int, name: str) -> Iterator[str]:
    most = 1 if way == "bot" else 1 + left_open
    if not 1 <= len(remotes) <= most:
        yield f"{way}: {name} arrived {len(remotes)} times, not 1 to {most}"
    if way.startswith("mail") and len(set(remotes)) > 1:
        yield f"{way}: {name} has the Message-IDs {sorted(set(remotes))}"


if __name__ == "__main__":
    sys.exit(main())
