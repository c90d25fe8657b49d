"""Messages sent to Slack's stand-in as deliveries are: tried again, asking first, until they are through."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from monitor.model import DeliveryError, Event, Thread
from notifiers.slack.notifier import SlackNotifier

ID = "ab" * 16
TRIES = 6
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass
class Dot:
    """A picture of one pixel."""

    png: bytes = PNG
    alt: str = "Overall effectiveness of Devon: Inadequate in 2020, Requires improvement in 2025"


def bot(slack: Any, token: str = "xoxb-test-token", channel: str = "C0OFSTED", **settings: Any) -> SlackNotifier:
    """A notifier without pictures, unless it is told to draw."""
    given = {"timeout": 20, "pace": 0, "draw": lambda event: None, **settings}
    return SlackNotifier(token=token, channel=channel, api_url=f"http://127.0.0.1:{slack.port}/api/", **given)


def hook(slack: Any, timeout: float = 20) -> SlackNotifier:
    """A notifier that posts to the incoming webhook."""
    return SlackNotifier(webhook_url=f"http://127.0.0.1:{slack.port}/services/T000/B000/XXXX", timeout=timeout)


def patience(fault: str) -> float:
    """The time-out for a fault: short only where it is to run out, for a busy machine is no fault."""
    return 0.4 if "timeout" in fault else 20


def deliver(
    out: SlackNotifier, events: Sequence[Event], thread: Thread | None = None, message_id: str = ID
) -> tuple[str | None, list[DeliveryError]]:
    """Try until it is taken or refused for good, as monitor.deliver does; what came back, and what failed."""
    failures: list[DeliveryError] = []
    for _ in range(TRIES):
        try:
            return out.send(message_id, events, any(f.maybe_sent for f in failures), thread), failures
        except DeliveryError as error:
            failures.append(error)
            if error.permanent:
                return None, failures
    raise AssertionError(f"not delivered after {TRIES} tries: {failures}")


def posts(slack: Any) -> list[dict[str, Any]]:
    """The messages with our id."""
    return [m for m in slack.get("/_messages") if m["metadata"]]


def files(slack: Any) -> list[dict[str, Any]]:
    """The messages that share a file."""
    return [m for m in slack.get("/_messages") if m["files"]]


def words(message: dict[str, Any]) -> str:
    """Everything that a message's blocks say."""
    return "\n".join(_texts(message["blocks"]))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [v for k, v in value.items() if k == "text" and isinstance(v, str)]
        return own + [t for v in value.values() for t in _texts(v)]
    return [t for item in value for t in _texts(item)] if isinstance(value, list) else []
