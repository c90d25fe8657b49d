"""Every message that the corpus and the recorded history can give, posted to a strict Slack.

    python -m soak.slack_messages                 every letter and three years of a published table
    python -m soak.slack_messages --letters 12    the history, and of the letters only some

Each event goes out alone by a bot with buttons, alone by an incoming webhook, and once more in digests. Counts
what Slack refused, what it would have read as a mention or a stray control character, and links that are no web
address. Exit status 1 where there is any.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import Any

from monitor.model import DeliveryError, Event
from notifiers.slack.notifier import SlackNotifier
from soak.corpus import gold, publications, recorded
from soak.doubles import SlackDouble

DIGEST = 100


def main() -> int:
    """Make the events, post them, count."""
    given = argparse.ArgumentParser()
    given.add_argument("--letters", type=int)
    most = given.parse_args().letters
    found = [*of_letters(most), *recorded()]
    with SlackDouble() as slack:
        slack.control(settings={"rate_limit": False})
        refused = post(slack, found)
        counts = findings(slack.messages())
    print(f"{len(found)} events: {dict(Counter(e.kind for e in found))}")
    print(f"{counts['messages']} messages taken, {len(refused)} refused {sorted(set(refused))[:3]}")
    print(", ".join(f"{counts[name]} {name}" for name in ("mentions", "unescaped", "other links")))
    return 1 if refused or not found or counts["mentions"] or counts["unescaped"] or counts["other links"] else 0


def post(slack: SlackDouble, found: list[Event]) -> list[str]:
    """Send each event every way; the refusals."""
    bot = SlackNotifier(token="xoxb-test-token", channel="C0OFSTED", api_url=slack.api_url, interactive=True, pace=0)
    hook = SlackNotifier(webhook_url=slack.hook)
    digests = [found[i : i + DIGEST] for i in range(0, len(found), DIGEST)]
    refused = []
    for number, (out, together) in enumerate(
        [(out, [event]) for event in found for out in (bot, hook)] + [(out, d) for d in digests for out in (bot, hook)]
    ):
        try:
            out.send(f"{number:032x}", together)
        except DeliveryError as error:
            refused.append(str(error))
    return refused


def findings(messages: list[dict[str, Any]]) -> Counter[str]:
    """What is wrong in the messages that were taken."""
    counts = Counter(messages=len(messages))
    for message in messages:
        counts["mentions"] += len(message["mentions"])
        counts["unescaped"] += len(message["unescaped"])
        counts["other links"] += sum(not x["url"].startswith(("https://", "http://")) for x in message["links"])
    return counts


def of_letters(most: int | None) -> Iterator[Event]:
    """The event of each letter's publication, or of every so many letters', so that there are about `most`."""
    rows = gold()
    return publications(rows[:: max(1, len(rows) // most)] if most else rows)


if __name__ == "__main__":
    raise SystemExit(main())
