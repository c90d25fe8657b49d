"""A thousand events to twenty channels, within Slack's limits.

    python -m soak.slack_rates                            1,000 events, 20 channels: one digest each
    python -m soak.slack_rates --events 5 --singles       each event a message of its own

Queues the events for every channel and drains the outbox against the strict stand-in with its rate limits on.
Prints the messages, the refusals for going too fast (429) and the time. Exit status 1 where there was one, or
where a channel lacks an event that fits.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from monitor import channels, deliver
from monitor.channels import Channel
from monitor.events import event_id
from monitor.model import Event
from monitor.store import Store, outbox
from notifiers.slack import SlackNotifier
from soak.slack_double import SlackDouble


def main() -> int:
    """Queue, drain, count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--channels", type=int, default=20)
    parser.add_argument("--singles", action="store_true")
    given = parser.parse_args()
    if given.singles:
        deliver.SINGLES = given.events
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder), durable=False) as store, SlackDouble() as slack:
        audience = [Channel(f"C0CHANNEL{n}") for n in range(given.channels)]
        for channel in audience:
            slack.control(channel={"id": channel.name, "name": channel.name.lower()})
        queue(store, audience, given.events)
        began = time.monotonic()
        failures = deliver.deliver(store, lambda name, _: out(slack, name), audience, lambda: datetime.now(UTC))
        took = time.monotonic() - began
        posted, owed = Counter(m["channel"] for m in slack.messages()), outbox.unsent(store)
    print(f"{given.events} events to {given.channels} channels: {posted.total()} messages in {took:.0f} s")
    print(f"{len(failures)} refusals {[f.reason for f in failures[:2]]}, {owed} still owed")
    return 1 if failures or owed or len(posted) != given.channels else 0


def out(slack: SlackDouble, channel: str) -> SlackNotifier:
    """The notifier of a channel, made anew for each message as `run` does."""
    return SlackNotifier(token="xoxb-test-token", channel=channel, api_url=slack.api_url)


def queue(store: Store, audience: list[Channel], number: int) -> None:
    """Owe every event to every channel."""
    now = datetime.now(UTC)
    with store.transaction():
        for i in range(number):
            title = f"Inspection of council {i}"
            found = Event(event_id(i), now.isoformat(), "report.published", "notice", "ofsted", title, f"Council {i}")
            outbox.add(store, found, channels.owed(found, audience, now))


if __name__ == "__main__":
    raise SystemExit(main())
