"""Every message that the corpus and the recorded history can give, posted to a strict Slack.

    python -m soak.slack_messages                 every letter and three years of a published table
    python -m soak.slack_messages --letters 12    the history, and of the letters only some

Each event goes out alone by a bot with buttons, alone by an incoming webhook, and once more in digests. Counts
what Slack refused, what it would have read as a mention or a stray control character, and links that are no web
address. Exit status 1 where there is any.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.councils.registry import Registry
from monitor.crawl.child import closed_targets
from monitor.events import reports
from monitor.letters.reading import read
from monitor.model import DeliveryError, Document, Event, Kind, Record
from monitor.model.event import Subject
from monitor.model.letter import Inspection
from monitor.model.state import RecordChange, Stored
from monitor.store import Store
from monitor.watch.replay import replay
from notifiers.slack.notifier import SlackNotifier
from soak.replica import SHARED
from soak.slack_double import SlackDouble
from tests import history

AT = datetime(2026, 9, 1, tzinfo=UTC).isoformat()
DIGEST = 100


def main() -> int:
    """Make the events, post them, count."""
    given = argparse.ArgumentParser()
    given.add_argument("--letters", type=int)
    most = given.parse_args().letters
    found = [*of_letters(SHARED / "corpus", most), *of_history(SHARED / "corpus")]
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


def of_history(corpus: Path) -> Iterator[Event]:
    """What three years of a published table give, with its three faulty episodes."""
    names = {c.ofsted_urn: c.name for c in Registry.load()}
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder), durable=False) as store:
        lines = (json.dumps(item) for item in history.polls(corpus, "missing"))
        yield from replay(store, closed_targets(lines), lambda urn: Subject(names.get(urn), urn or None))


def of_letters(corpus: Path, most: int | None) -> Iterator[Event]:
    """The event of each letter's publication, or of every so many letters', so that there are about `most`."""
    with (corpus / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["published"])
    return publications(corpus, rows[:: max(1, len(rows) // most)] if most else rows)


def publications(corpus: Path, rows: Iterable[dict[str, str]]) -> Iterator[Event]:
    """The events of these rows of `gold.csv`, oldest first, with what moved since the council's rows before."""
    registry, past = Registry.load(), dict[str, list[Inspection]]()
    for row in rows:
        letter = read((corpus / row["path"]).read_bytes(), registry, row["path"])
        record = _record(row, letter.sha256)
        council = registry.by_urn(row["urn"])
        subject = Subject(council.name if council else row["local_authority"], row["urn"])
        at = f"{row['published']}T12:00:00+00:00" if row["published"] else AT  # seen on its day, so that it is news
        step = RecordChange("published", None, Stored(record, "listed", at))
        event = reports.from_change(step, subject, {letter.sha256: letter}, past.get(row["urn"], []), at)
        past.setdefault(row["urn"], []).append(Inspection(record.key, record.url, row["published"], letter))
        if event is not None:
            yield event


def _record(row: dict[str, str], sha256: str) -> Record:
    document = Document(sha256, int(row["bytes"] or 0), "application/pdf")
    url = f"https://files.ofsted.gov.uk/v1/file/{row['file_id'] or sha256[:8]}"
    title = row["title"] or row["label"] or row["kind"]
    return Record(
        "ofsted", row["urn"], Kind.REPORT, row["file_id"] or row["path"], url, title, row["published"], {}, document
    )


if __name__ == "__main__":
    raise SystemExit(main())
