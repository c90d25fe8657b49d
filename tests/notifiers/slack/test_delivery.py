"""The outbox's own way to Slack's stand-in: what is owed arrives, each event exactly once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.deliver.sender import Sender
from monitor.model import Event, Thread
from monitor.store import Store, outbox
from notifiers.slack.notifier import SlackNotifier
from tests.notifiers.notifier_samples import make_event
from tests.notifiers.slack_room import bot, hook, patience, posts, words

pytestmark = pytest.mark.corpus
START = datetime(2025, 5, 13, 9, tzinfo=UTC)
FAULTS = [
    *(("429", False), ("500", False), ("500", True), ("502_html", False), ("503_html", True), ("slow", False)),
    *(("timeout", False), ("timeout_after_accept", True), ("reset_before", False), ("reset_after_accept", True)),
    *(("fatal_error", False), ("fatal_error", True), ("internal_error", True)),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data", durable=False) as opened:
        yield opened


class InThread:
    """A notifier whose messages belong to one story."""

    def __init__(self, out: SlackNotifier, root: str) -> None:
        self._out, self._thread = out, Thread(root=root, loud=True)

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        return self._out.send(message_id, events, maybe_sent, self._thread)


class Clock:
    """A clock that is moved by waiting."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def drain(store: Store, out: Any, audience: Sequence[Channel]) -> int:
    """Deliver until nothing is owed; how often it took."""
    clock = Clock()
    for times in range(1, 12):
        Sender(store, lambda channel, recipient: out, audience, clock, pause=clock.wait).send_due()
        if not outbox.unsent(store):
            return times
        clock.wait(7200)
    raise AssertionError("still owed")


def owe(store: Store, *ids: str) -> list[Channel]:
    audience = [Channel("slack")]
    with store.transaction():
        for id_ in ids:
            event = make_event(id=id_, title=f"Report {id_}", council=f"Council {id_}", at=START.isoformat())
            outbox.add(store, event, rules.recipients_of(event, audience, START))
    return audience


@pytest.mark.parametrize(("fault", "accept"), FAULTS)
@pytest.mark.parametrize("threaded", [False, True])
@pytest.mark.parametrize("ids", [("e1", "e2"), ("e1", "e2", "e3", "e4", "e5", "e6")], ids=["singles", "one digest"])
def test_each_event_exactly_once_by_bot(
    slack: Any, store: Store, fault: str, accept: bool, threaded: bool, ids: tuple[str, ...]
) -> None:
    out = bot(slack, timeout=patience(fault))
    way = InThread(out, str(out.send("root", [make_event()]))) if threaded else out
    slack.fault(fault, method="chat.postMessage", accept=accept)
    slack.fault(fault, method="conversations.history")
    drain(store, way, owe(store, *ids))
    told = [words(m) for m in posts(slack)[int(threaded) :]]
    assert [sum(f"Council {id_}:" in text for text in told) for id_ in ids] == [1] * len(ids)


@pytest.mark.parametrize(("fault", "accept"), FAULTS)
def test_each_event_at_least_once_by_webhook(slack: Any, store: Store, fault: str, accept: bool) -> None:
    slack.fault(fault, method="webhook", accept=accept)
    times = drain(store, hook(slack, patience(fault)), owe(store, "e1"))
    assert 1 <= len(slack.get("/_messages")) <= times


def test_a_token_that_is_revoked_gives_up_and_nothing_is_lost(slack: Any, store: Store) -> None:
    audience = owe(store, "e1")
    slack.fault("token_revoked", method="chat.postMessage")
    Sender(store, lambda *_: bot(slack), audience, lambda: START).send_due()
    assert (outbox.failed(store), outbox.unsent(store), posts(slack)) == (1, 0, [])
    outbox.requeue(store, START.isoformat())
    drain(store, bot(slack), audience)
    assert len(posts(slack)) == 1
