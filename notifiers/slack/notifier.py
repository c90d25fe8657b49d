"""Slack, by bot token or by incoming webhook (docs/slack.md).

With a bot token every message carries its id in the message metadata, so that one whose fate is unknown
is looked up in the channel before it is sent again (scopes chat:write and channels:history or
groups:history; channels:read or groups:read where the channel is named and not given by its id). An
incoming webhook cannot be asked: its messages arrive at least once, and it has no threads.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any

from monitor.model import SEVERITIES, Event, Thread
from monitor.wording.text import safe_url
from notifiers.chart.picture import picture
from notifiers.slack import blocks, lookup
from notifiers.slack.client import BROKEN, SLACK, hook_client, web_client
from notifiers.slack.elements import NOT_SHOWN, dicts, without_blocks
from notifiers.slack.errors import Refusals
from notifiers.slack.files import Draw, Pictures
from notifiers.slack.lookup import CHANNEL_ID
from notifiers.slack.posting import Posting
from notifiers.slack.scopes import Scopes, missing
from notifiers.time_limit import LIMIT_SECONDS, TimeLimit
from notifiers.wording_faults import worded

log = logging.getLogger("ofsted-watch.slack")

PACE = 1.1
"""Seconds between the parts of a long message: Slack takes one message a second in a channel."""
PART_SECONDS = 5.0
"""What each further part of a long message may take."""


class SlackNotifier:
    """Posts to one channel (`token` and `channel`) or to one incoming webhook (`webhook_url`).

    `interactive`: people may answer (an app token is configured), so messages have buttons. `timeout` for each wait,
    `limit` for the whole of a message of one part, and `pace`, between the parts of a message, in seconds. `scopes`
    remembers what the app may not do. Raises ValueError unless exactly one way is given, whole.
    """

    def __init__(
        self,
        *,
        token: str | None = None,
        webhook_url: str | None = None,
        channel: str | None = None,
        api_url: str = SLACK,
        interactive: bool = False,
        timeout: float = 30,
        limit: float = LIMIT_SECONDS,
        pace: float = PACE,
        draw: Draw = picture,
        scopes: Scopes | None = None,
    ) -> None:
        _refuse_other_than_one_way(token, webhook_url, channel, api_url)
        self.channel = channel or ""
        self._limit = limit
        self.interactive = interactive and token is not None
        self._refusals = Refusals([token, webhook_url])
        api = web_client(token, api_url, timeout) if token else None
        self._bot = Posting(api, self.channel, self._refusals, pace) if api else None
        self._hook = hook_client(webhook_url, timeout) if webhook_url else None
        self._pictures = Pictures(token or "", draw, self._refusals, scopes or Scopes())

    def payloads(self, message_id: str, events: Sequence[Event]) -> list[dict[str, Any]]:
        """The arguments of chat.postMessage, one for each part of the message. Pure."""
        pages = blocks.pages(events, interactive=self.interactive)
        return [self._payload(message_id, events, page, part) for part, page in enumerate(pages)]

    def _payload(self, message_id: str, events: Sequence[Event], page: Any, part: int) -> dict[str, Any]:
        return {
            "channel": self.channel,
            "metadata": lookup.metadata(message_id, part, events),
            "unfurl_media": False,
            "text": blocks.fallback(events),
            "blocks": dicts(page),
            "unfurl_links": False,
        }

    def hook_payload(self, events: Sequence[Event]) -> dict[str, Any]:
        """What an incoming webhook takes. Pure."""
        return {
            "text": blocks.fallback(events),
            "blocks": dicts(blocks.pages(events, threaded=False)[0]),
            "unfurl_links": False,
        }

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        """Post what is not there yet of the message; return the `ts` of its first part.

        In the thread of `thread.root`, or in the channel where that is gone. Raises DeliveryError.
        """
        if self._bot is None:
            payload = worded(self.hook_payload, events)
            with TimeLimit(self._limit):
                self._post_to_hook(payload)
            return None
        payloads = worded(lambda told: self.payloads(message_id, told), events)
        with TimeLimit(self._limit + PART_SECONDS * (len(payloads) - 1)):
            return self._send(self._bot, message_id, events, payloads, maybe_sent, thread or Thread())

    def _send(
        self,
        bot: Posting,
        message_id: str,
        events: Sequence[Event],
        payloads: Sequence[dict[str, Any]],
        maybe_sent: bool,
        place: Thread,
    ) -> str:
        since = lookup.earliest(events, time.time())
        sought = lookup.Sought(message_id, events, len(payloads))
        there = bot.find(sought, since, place) if maybe_sent else {}
        first = bot.post_parts(payloads, place, there)
        if place.corrected and (said := self._corrected(events, place)):
            bot.correct(said, place.corrected, first)
        if len(events) == 1:
            self._pictures.add(bot.api, events[0], message_id, first, again=maybe_sent)
        return first.ts

    def _corrected(self, events: Sequence[Event], place: Thread) -> dict[str, Any] | None:
        """The earlier message, which says at its top that these events correct it; None where there is none."""
        if not place.told:
            return None
        told = sorted(place.told, key=lambda e: -SEVERITIES.index(e.severity))  # as they were sent
        try:
            return blocks.corrected(told, events, interactive=self.interactive)
        except Exception:
            log.exception("an earlier message could not be marked as corrected: it cannot be put into words")
            return None

    def advice(self) -> list[str]:
        """What the app's installation lacks, a line each; empty where Slack does not say. Raises DeliveryError."""
        if self._bot is None:
            return []
        try:
            with TimeLimit(self._limit):
                given = self._bot.api.auth_test().headers
        except BROKEN as error:
            raise self._refusals.of(error) from None
        scopes = next((str(v) for k, v in given.items() if k.lower() == "x-oauth-scopes"), None)
        if scopes is None:
            return []
        named = not CHANNEL_ID.fullmatch(self.channel)
        have = [s.strip() for s in scopes.split(",")]
        return missing(have, self.channel, named=named, interactive=self.interactive)

    def _post_to_hook(self, payload: dict[str, Any]) -> None:
        assert self._hook is not None
        try:
            answer = self._hook.send_dict(payload)
        except BROKEN as error:
            raise self._refusals.of(error) from None
        if answer.status_code == 200:
            if answer.body.strip() != "ok":
                raise self._refusals.unexpected(answer.body)
            return
        refused = self._refusals.answer(answer.status_code, answer.body, answer.headers)
        if answer.body.strip() not in NOT_SHOWN or "blocks" not in payload:
            raise refused
        log.warning("a message goes to Slack as text alone: %s", refused)
        self._post_to_hook(without_blocks(payload))


def _refuse_other_than_one_way(token: str | None, webhook_url: str | None, channel: str | None, api_url: str) -> None:
    if (token is None) == (webhook_url is None):
        raise ValueError("slack needs either a bot token or an incoming webhook")
    if token is not None and not channel:
        raise ValueError("slack with a bot token needs a channel")
    if safe_url(webhook_url or api_url) is None:
        raise ValueError("the address of the slack webhook or api is not a web address")
