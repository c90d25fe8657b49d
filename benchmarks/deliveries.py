"""A thousand queued events to twenty Slack channels, within Slack's limits: how long, and not one 429.

    python -m benchmarks.deliveries              three ways, about two minutes
    python -m benchmarks.deliveries --events 200 --channels 4

Against the strict double with its rate limit on (one message a second and channel, three at once after a
silence). First as the program sends them, many events of a channel in one message; then each event as a message
of its own, as they go out when they come one after the other, which takes a second a message; last each event to
every channel. Beside the wall time stands what the limit itself allows. Exit status 1 where there was a 429, or an
event did not arrive as often as it should.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.config.file import Config, load
from monitor.councils.registry import Registry
from monitor.deliver import ways_out
from monitor.deliver.audience import SLACKS_LIMIT, channels
from monitor.deliver.choice import MAX_UNBATCHED
from monitor.deliver.sender import Sender
from monitor.store import Store
from soak.doubles import Double
from soak.numbered import name, named_in, numbered, owe

CHANNEL = """
[[channels]]
name = "team {n}"
kind = "slack"
token_env = "BENCH_TOKEN"
channel = "C0TEAM{n}"
api_url = "http://127.0.0.1:{port}/api"
councils = {councils}
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """How a drain went: messages and refusals at the double, events that did not arrive exactly once, seconds of
    wall and CPU time, and the seconds that the limit alone takes for the fullest channel."""

    messages: int
    refused: int
    wrong: int
    wall: float
    cpu: float
    least: float


def measure(events: int, teams: int, singles: int, *, to_all: bool = False) -> Measured:
    """Queue `events`, spread over the channels or each of them `to_all`, and drain them."""
    with tempfile.TemporaryDirectory() as folder, Double("slack.py") as slack:
        config = _configured(Path(folder), slack, teams, to_all=to_all)
        with Store(config.data_dir) as store:
            _queue(store, config, events, teams)
            wall, cpu = time.monotonic(), time.process_time()
            failures = Sender(
                store, ways_out.build(config), channels(config), lambda: datetime.now(UTC), singles=singles
            ).send_due()
            wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        for failure in failures:
            print(failure.channel, failure.reason)
        return _counted(slack, events, teams if to_all else 1, wall, cpu)


def _configured(folder: Path, slack: Double, teams: int, *, to_all: bool) -> Config:
    os.environ["BENCH_TOKEN"] = "xoxb-test-token"
    councils = sorted(c.name for c in Registry.load())[:teams]
    told = [json.dumps(councils if to_all else [council]) for council in councils]
    text = "".join(CHANNEL.format(n=n, port=slack.port, councils=names) for n, names in enumerate(told))
    for n in range(teams):
        slack.control(channel={"id": f"C0TEAM{n}", "name": f"team-{n}"})
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return load(folder / "config.toml")


def _queue(store: Store, config: Config, events: int, teams: int) -> None:
    now = datetime.now(UTC)
    urns = [c.ofsted_urn for c in sorted(config.registry, key=lambda c: c.name)[:teams]]
    owe(store, [numbered(n, now, urns[n % len(urns)]) for n in range(events)], channels(config), now)


def _counted(slack: Double, events: int, copies: int, wall: float, cpu: float) -> Measured:
    messages, log = slack.get("/_messages"), slack.get("/_log")
    texts = [json.dumps([m["text"], m["blocks"]]) for m in messages]
    found = Counter(told for text in texts for told in named_in(text))
    fullest = max(Counter(m["channel"] for m in messages).values())
    return Measured(
        messages=len(messages),
        refused=sum(call["status"] == 429 for call in log),
        wrong=sum(found[name(n)] != copies for n in range(events)),
        wall=wall,
        cpu=cpu,
        least=max(0, fullest - SLACKS_LIMIT.burst) / SLACKS_LIMIT.per_second,
    )


def main() -> int:
    """Three ways, a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--channels", type=int, default=20)
    given = parser.parse_args()
    bad = 0
    ways = (
        ("each to one channel, many in a message", MAX_UNBATCHED, False),
        ("each to one channel, each a message", given.events, False),
        ("each to every channel, many in a message", MAX_UNBATCHED, True),
    )
    for way, singles, to_all in ways:
        found = measure(given.events, given.channels, singles, to_all=to_all)
        bad += found.refused + found.wrong
        print(f"{way}: {given.events} events to {given.channels} channels in {found.messages} messages;", end=" ")
        print(f"{found.refused} times 429; {found.wall:.1f} s (the limit alone {found.least:.0f} s);", end=" ")
        print(f"CPU {found.cpu:.1f} s; {found.wrong} events not exactly once", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
