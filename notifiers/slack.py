"""Slack, by bot token or by incoming webhook.

With a bot token every message carries its id in the message metadata, so that one whose fate is unknown
is looked up in the channel before it is sent again (scopes chat:write and channels:history or
groups:history; channels:read or groups:read where the channel is named and not given by its id). An
incoming webhook cannot be asked: its messages arrive at least once.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError, SlackClientError

from monitor.model import DeliveryError, Event, Thread
from notifiers import slack_blocks
from notifiers.slack_errors import Refusals
from notifiers.text import safe_url

EVENT_TYPE = "ofsted_watch"
SLACK = "https://slack.com/api/"
CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{5,}")
CLOCKS_APART = 3600
"""Seconds by which Slack's clock and ours may differ."""
WEEK = 7 * 86400
BROKEN = (OSError, HTTPException, SlackClientError, ValueError, LookupError, AttributeError)
"""What the client lets through when the connection breaks or the answer is not Slack's. It is never the
cause of a DeliveryError: a logged traceback would show its text, in which an answer may repeat a secret."""


class SlackNotifier:
    """Posts to one channel (`token` and `channel`) or to one incoming webhook (`webhook_url`).

    Raises ValueError unless exactly one way is given, completely.
    """

    def __init__(
        self,
        *,
        token: str | None = None,
        webhook_url: str | None = None,
        channel: str | None = None,
        api_url: str = SLACK,
        timeout: int = 30,
    ) -> None:
        if (token is None) == (webhook_url is None):
            raise ValueError("slack needs either a bot token or an incoming webhook")
        if token is not None and not channel:
            raise ValueError("slack with a bot token needs a channel")
        if safe_url(webhook_url or api_url) is None:
            raise ValueError("the address of the slack webhook or api is not a web address")
        self.channel = channel or ""
        self._refusals = Refusals([token, webhook_url])
        # No retries by the client: it would post again after a lost answer, and sleep through a 429.
        options: dict[str, Any] = {"timeout": timeout, "retry_handlers": [], "logger": _silent()}
        self._api = WebClient(token=token, base_url=api_url.rstrip("/") + "/", **options) if token else None
        self._hook = WebhookClient(webhook_url, **options) if webhook_url else None

    def payload(self, message_id: str, events: Sequence[Event]) -> dict[str, Any]:
        """The arguments of chat.postMessage. Pure."""
        return {
            "channel": self.channel,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"message_id": message_id}},
            "unfurl_media": False,
            **self.hook_payload(events),
        }

    def hook_payload(self, events: Sequence[Event]) -> dict[str, Any]:
        """What an incoming webhook takes. Pure."""
        return {
            "text": slack_blocks.fallback(events),
            "blocks": [block.to_dict() for block in slack_blocks.message(events)],
            "unfurl_links": False,
        }

    def send(
        self,
        message_id: str,
        events: Sequence[Event],
        maybe_sent: bool = False,
        thread: Thread | None = None,  # noqa: ARG002
    ) -> str | None:
        """Post, unless an earlier try turns out to have been accepted; return the message's `ts`.

        Raises DeliveryError.
        """
        if self._api is None:
            self._post_to_hook(self.hook_payload(events))
            return None
        found = self._find(self._api, message_id, earliest(events, time.time())) if maybe_sent else None
        return found or self._post(self._api, self.payload(message_id, events))

    def _post(self, api: WebClient, payload: dict[str, Any]) -> str:
        try:
            return str(api.chat_postMessage(**payload)["ts"])
        except BROKEN as error:
            raise self._refusals.of(error) from None

    def _post_to_hook(self, payload: dict[str, Any]) -> None:
        assert self._hook is not None
        try:
            answer = self._hook.send_dict(payload)
        except BROKEN as error:
            raise self._refusals.of(error) from None
        if answer.status_code != 200:
            raise self._refusals.answer(answer.status_code, answer.body, answer.headers)
        if answer.body.strip() != "ok":
            raise self._refusals.unexpected(answer.body)

    def _find(self, api: WebClient, message_id: str, since: float) -> str | None:
        """The `ts` of this message if the channel has it. Where the app may not read the channel the
        message counts as not found: rather twice than never."""
        try:
            history = _history(api, _channel_id(api, self.channel), since)
            return next((m["ts"] for m in history if _carries(m, message_id)), None)
        except BROKEN as error:
            if isinstance(error, SlackApiError) and error.response.get("error") == "missing_scope":
                return None
            failed = self._refusals.of(error)
            raise DeliveryError(
                f"looking for an earlier copy: {failed}",
                permanent=failed.permanent,
                retry_after=failed.retry_after,
                maybe_sent=True,
            ) from None


def earliest(events: Sequence[Event], now: float) -> float:
    """The time before which a message of these events cannot have been sent, in seconds since 1970:
    its last event was found before. A week ago where the events' own times do not tell."""
    try:
        found = max(datetime.fromisoformat(event.at).timestamp() for event in events)
    except ValueError:
        return now - WEEK
    return (found if found <= now else now - WEEK) - CLOCKS_APART


def _history(api: WebClient, channel: str, since: float) -> Iterator[dict[str, Any]]:
    for page in api.conversations_history(
        channel=channel, oldest=f"{max(since, 0):.6f}", limit=200, include_all_metadata=True
    ):
        yield from page["messages"]


def _channel_id(api: WebClient, channel: str) -> str:
    """A channel's id by its name; history takes no names, though posting does."""
    if CHANNEL_ID.fullmatch(channel):
        return channel
    for page in api.conversations_list(types="public_channel,private_channel", exclude_archived=True, limit=200):
        for found in page["channels"]:
            if found["name"] == channel.removeprefix("#"):
                return str(found["id"])
    return channel


def _carries(message: dict[str, Any], message_id: str) -> bool:
    metadata = message.get("metadata") or {}
    return (
        metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload", {}).get("message_id") == message_id
    )


def _silent() -> logging.Logger:
    """The client logs addresses and errors, and a webhook's address is a secret: it logs nowhere."""
    logger = logging.Logger("slack client", level=logging.CRITICAL + 1)
    logger.addHandler(logging.NullHandler())
    return logger
