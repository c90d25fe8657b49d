"""Killed at any moment of a delivery to Slack, each event is there exactly once.

    python -m soak.slack_kills                200 kills
    python -m soak.slack_kills --kills 20     a short run

Owes replies in a story's thread, corrections of its first message and digests that need several messages, all with
a chart where they are about one event. Each round a child drains the outbox and is killed with SIGKILL after a
random time; at last one is let through. Prints what Slack's stand-in has against what was owed; exit status 1
where anything is missing or there twice.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.deliver.sender import Sender
from monitor.model import Event, Thread
from monitor.model.event import event_id
from monitor.store import Store, outbox
from notifiers.chart.picture import Picture
from notifiers.slack.notifier import SlackNotifier
from soak.doubles import SlackDouble

AUDIENCE = [Channel("C0OFSTED")]
LONGEST = 0.25
"""Seconds after which a child is killed at the latest; a message takes it about a tenth of that."""
DIGEST = 60
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f6173855"
    "0000000049454e44ae426082"
)
DOT = Picture(PIXEL, "a point", 1, 1)


class InStory:
    """The notifier of a channel with one open story: a single event replies there, a replaced one corrects it."""

    def __init__(self, api_url: str, root: str, opening: Event) -> None:
        self._root, self._opening = root, opening
        self._out = SlackNotifier(
            token="xoxb-test-token", channel="C0OFSTED", api_url=api_url, pace=0, draw=lambda _: DOT
        )

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        """As SlackNotifier does, with the story's thread in place of any other."""
        assert thread is None
        corrects = len(events) == 1 and events[0].kind == "report.replaced"
        told = Thread(self._root, loud=True, corrected=self._root, told=(self._opening,))
        place = told if corrects else Thread(self._root) if len(events) == 1 else None
        return self._out.send(message_id, events, maybe_sent, place)


def main() -> int:
    """Kill, drain, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice, owed = random.Random(given.seed), Counter[str]()
    with tempfile.TemporaryDirectory() as folder, SlackDouble() as slack:
        slack.control(settings={"rate_limit": False})
        slack.control(fault={"method": "*", "kind": "slow", "seconds": 0.005, "times": 1_000_000})
        opening = happening("opening", "report.published")
        root = InStory(slack.api_url, "", opening)._out.send("00" * 16, [opening])
        out, data = InStory(slack.api_url, str(root), opening), Path(folder)
        killed = sum(_round(data, out, dice, owed) for _ in range(given.kills))
        drain(data, out)
        return report(slack, owed, killed)


def _round(data: Path, out: InStory, dice: random.Random, owed: Counter[str]) -> bool:
    """Owe something, start a child, kill it; whether it was still at work."""
    kinds = dice.choice([["report.published"], ["report.replaced"], ["press.published"] * DIGEST])
    with Store(data, durable=False) as store, store.transaction():
        for kind in kinds:
            found = happening(f"{len(owed)}", kind)
            owed[str(found.council)] += 1
            outbox.add(store, found, rules.recipients_of(found, AUDIENCE, datetime.now(UTC)))
    child = os.fork()
    if child == 0:
        drain(data, out)
        os._exit(0)
    time.sleep(dice.uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def drain(data: Path, out: InStory) -> None:
    """Send all that is owed."""
    with Store(data, durable=False) as store:
        Sender(store, lambda *_: out, AUDIENCE, lambda: datetime.now(UTC)).send_due()


def happening(name: str, kind: str) -> Event:
    """An event of a council of its own, by which its message is found."""
    at = datetime.now(UTC).isoformat()
    return Event(event_id(name), at, kind, "notice", "ofsted", f"Happening {name}.", f"Council {name}.", "80461")


def report(slack: SlackDouble, owed: Counter[str], killed: int) -> int:
    """Compare what is there with what was owed."""
    messages = slack.messages()
    words = [str(m["blocks"]) for m in messages if m["metadata"]]
    found = Counter({council: sum(council in text for text in words) for council in owed})
    ids = Counter(str(m["metadata"]["event_payload"]) for m in messages if m["metadata"])
    files = Counter(file["name"] for m in messages for file in m["files"])
    missing, twice = [c for c in owed if not found[c]], [i for i, n in ids.items() if n > 1]
    again = [name for name, n in files.items() if n > 1]
    print(f"{killed} kills in the middle; {len(owed)} events owed")
    print(f"{len(words) - 1} messages and {sum(files.values())} charts are there")
    print(f"{len(missing)} events missing, {len(twice)} messages twice, {len(again)} charts twice")
    return 1 if missing or twice or again else 0


if __name__ == "__main__":
    raise SystemExit(main())
