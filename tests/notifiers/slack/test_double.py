"""Slack's strict stand-in: refuses what Slack refuses, and loses connections on request."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model import DeliveryError, Event
from notifiers.slack.elements import NOT_SHOWN
from notifiers.slack.notifier import SlackNotifier
from tests.notifiers.notifier_samples import CASES, hostile_events, ilacs
from tests.notifiers.slack_room import patience

pytestmark = pytest.mark.corpus
METHOD = {"bot": "chat.postMessage", "hook": "webhook"}
OPEN = (False, True)
"""Temporary, and perhaps accepted."""


def notifier(slack: Any, kind: str = "bot", channel: str = "C0OFSTED", fault: str = "") -> SlackNotifier:
    base = f"http://127.0.0.1:{slack.port}"
    if kind == "hook":
        return SlackNotifier(webhook_url=f"{base}/services/T000/B000/XXXX", timeout=patience(fault))
    return SlackNotifier(
        token="xoxb-test-token", channel=channel, api_url=f"{base}/api/", timeout=patience(fault), pace=0
    )


def fails(out: SlackNotifier, maybe_sent: bool = False) -> tuple[bool, bool]:
    with pytest.raises(DeliveryError) as caught:
        out.send("ab" * 16, [ilacs()], maybe_sent)
    assert "xoxb-test-token" not in str(caught.value)
    assert "/services/" not in str(caught.value)
    return caught.value.permanent, caught.value.maybe_sent


FAULTS = [
    ("429", (False, False), 0),
    ("500", OPEN, 0),
    ("502_html", OPEN, 0),
    ("503_html", OPEN, 0),
    ("timeout", OPEN, 0),
    ("timeout_after_accept", OPEN, 1),
    ("reset_before", OPEN, 0),
    ("reset_after_accept", OPEN, 1),
]


@pytest.mark.parametrize("kind", ["bot", "hook"])
@pytest.mark.parametrize(("fault", "meaning", "stored"), FAULTS)
def test_each_fault_is_understood(slack: Any, kind: str, fault: str, meaning: tuple[bool, bool], stored: int) -> None:
    slack.fault(fault, method=METHOD[kind])
    assert fails(notifier(slack, kind, fault=fault)) == meaning
    assert len(slack.get("/_messages")) == stored


@pytest.mark.parametrize("fault", [f[0] for f in FAULTS] + ["fatal_error", "internal_error"])
@pytest.mark.parametrize("accept", [False, True])
def test_with_a_bot_token_each_message_arrives_exactly_once(slack: Any, fault: str, accept: bool) -> None:
    slack.fault(fault, method="chat.postMessage", accept=accept)
    out = notifier(slack, fault=fault)
    with pytest.raises(DeliveryError) as caught:
        out.send("ab" * 16, [ilacs()])
    again = notifier(slack).send("ab" * 16, [ilacs()], maybe_sent=caught.value.maybe_sent or accept)
    assert [m["ts"] for m in slack.get("/_messages")] == [again]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("fatal_error", OPEN),
        ("internal_error", OPEN),
        *((word, (True, False)) for word in ("account_inactive", "token_revoked", "msg_too_long", "no_text")),
    ],
)
def test_slacks_words_are_understood(slack: Any, word: str, meaning: tuple[bool, bool]) -> None:
    slack.fault(word, method="chat.postMessage")
    assert fails(notifier(slack)) == meaning


@pytest.mark.parametrize("kind", ["bot", "hook"])
@pytest.mark.parametrize("word", sorted(NOT_SHOWN - {"msg_blocks_too_long"}))
def test_a_message_whose_blocks_slack_refuses_arrives_as_text(
    slack: Any, caplog: pytest.LogCaptureFixture, kind: str, word: str
) -> None:
    event = ilacs()
    notifier(slack, kind).send("aa" * 16, [event])
    slack.fault(word, method=METHOD[kind])
    notifier(slack, kind).send("ab" * 16, [event])
    shown, told = slack.get("/_messages")
    assert shown["blocks"]
    assert not told.get("blocks")
    assert told["text"].startswith(shown["blocks"][0]["text"]["text"])
    assert all(
        said in told["text"]
        for said in ("Children in care: Inadequate", "*What needs to improve:*", "|Read the report>")
    )
    assert "as text alone: Slack answered" in caplog.text


@pytest.mark.parametrize("channel", ["C0ARCHIVE", "C0OUTSIDE", "G0HIDDEN", "C0NOWHERE", "#nowhere"])
def test_a_channel_that_cannot_be_posted_to_is_refused_for_good(slack: Any, channel: str) -> None:
    assert fails(notifier(slack, channel=channel)) == (True, False)


def test_a_hook_of_an_archived_channel_is_refused_for_good(slack: Any) -> None:
    slack.control(hook={"path": "T000/B000/XXXX", "channel": "C0ARCHIVE", "enabled": True})
    assert fails(notifier(slack, "hook")) == (True, False)


def test_a_slow_answer_is_an_answer(slack: Any) -> None:
    slack.fault("slow", method="*", seconds=0.3)
    assert notifier(slack).send("ab" * 16, [ilacs()])


def test_a_wrong_token_is_refused_for_good(slack: Any) -> None:
    slack.control(tokens={"bot": "xoxb-other"})
    try:
        assert fails(notifier(slack)) == (True, False)
    finally:
        slack.control(tokens={"bot": "xoxb-test-token"})


def test_the_lookup_works_by_name_and_past_other_messages(slack: Any) -> None:
    slack.fault("reset_after_accept", method="chat.postMessage")
    out = notifier(slack, channel="#ofsted-watch")
    assert fails(out) == OPEN
    for i in range(250):
        slack.control(message={"channel": "C0OFSTED", "text": f"by a person, {i}"})
    found = out.send("ab" * 16, [ilacs()], maybe_sent=True)
    assert [m["ts"] for m in slack.get("/_messages") if m["metadata"]] == [found]


@pytest.mark.parametrize("scopes", [["chat:write"], ["chat:write", "channels:history"]])
def test_an_app_without_the_scopes_to_look_sends_again(slack: Any, scopes: list[str]) -> None:
    slack.control(scopes=scopes)
    assert notifier(slack, channel="#ofsted-watch").send("ab" * 16, [ilacs()], maybe_sent=True)


def test_a_rate_limit_is_passed_on(slack: Any) -> None:
    slack.control(settings={"rate_limit": True})
    out = notifier(slack)
    for i in range(3):
        out.send(f"{i:032x}", [ilacs()])
    with pytest.raises(DeliveryError) as caught:
        out.send("3", [ilacs()])
    assert caught.value.retry_after is not None
    assert caught.value.retry_after >= 1


def digest_parts(out: SlackNotifier, events: list[Event]) -> int:
    """How many messages a digest is: by a bot it goes on in its thread."""
    return len(out.payloads("digest", events)) if out.channel else 1


@pytest.mark.parametrize("kind", ["bot", "hook"])
def test_hostile_texts_are_accepted_and_reach_nobody(slack: Any, kind: str) -> None:
    out = notifier(slack, kind)
    events = hostile_events()
    for i, event in enumerate(events):
        out.send(f"{i:032x}", [event])
    out.send("digest", (events * 2)[:120])
    out.send("cards", events[:4])
    messages = [m for m in slack.get("/_messages") if not m["files"]]
    assert len(messages) == len(events) + 1 + digest_parts(out, (events * 2)[:120])
    assert not [m["mentions"] for m in messages if m["mentions"]]
    assert not [m["unescaped"] for m in messages if m["unescaped"]]
    allowed = "https://example.org/a?b=1&amp;c=%3C!channel%3E%7Cx"
    assert {link["url"].partition("#")[0] for m in messages for link in m["links"] if link["text"]} == {allowed}


@pytest.mark.parametrize("kind", ["bot", "hook"])
def test_every_kind_of_event_is_accepted_without_a_finding(slack: Any, kind: str) -> None:
    out = notifier(slack, kind)
    for name, event in CASES.items():
        out.send(name, [event])
    out.send("all", list(CASES.values()) * 5)
    messages = [m for m in slack.get("/_messages") if not m["files"]]
    assert len(messages) == len(CASES) + digest_parts(out, list(CASES.values()) * 5)
    assert not [m for m in messages if m["mentions"] or m["unescaped"]]
    assert all(m["text"] and m["unfurl_links"] is False for m in messages)
