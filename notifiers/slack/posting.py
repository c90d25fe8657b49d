"""What a bot posts to one channel: the parts of a message that are not there yet, in their thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any

from slack_sdk import WebClient

from monitor.model import DeliveryError, Thread
from notifiers.slack import lookup
from notifiers.slack.client import BROKEN, word
from notifiers.slack.elements import NOT_SHOWN, without_blocks
from notifiers.slack.errors import Refusals
from notifiers.slack.lookup import MISSING, NO_ANSWERS, Copy

log = logging.getLogger("ofsted-watch.slack")


class Posting:
    """Posts with one token to one channel; `pace`, between the parts of a message, in seconds. Whatever fails is a
    DeliveryError, which says whether a part of the message may be there."""

    def __init__(self, api: WebClient, channel: str, refusals: Refusals, pace: float) -> None:
        self.api, self._channel, self._refusals, self._pace = api, channel, refusals, pace

    def find(self, sought: lookup.Sought, since: float, place: Thread) -> dict[int, Copy]:
        """The parts of this message that are there. Where the app may not read the channel nothing counts
        as there: rather twice than never."""
        try:
            return lookup.parts(self.api, self._channel, sought, since, place.root or place.corrected)
        except BROKEN as error:
            if word(error) == MISSING:
                return {}
            raise _half(self._refusals.of(error), "looking for an earlier copy: ") from None

    def post_parts(self, payloads: Sequence[dict[str, Any]], place: Thread, there: dict[int, Copy]) -> Copy:
        """Post the parts that are not there; those after the first are replies to it, or in its thread, or where nobody
        may answer there, below it."""
        first = there[0] if 0 in there else self._post_in(payloads[0], place)
        for part, payload in enumerate(payloads[1:], 1):
            if part in there:
                continue
            time.sleep(self._pace)
            try:
                self._answer(payload, first.anchor)
            except DeliveryError as error:
                raise _half(error) from None
        return first

    def _post_in(self, payload: dict[str, Any], place: Thread) -> Copy:
        """Post in the thread, or in the channel where there is none."""
        root = place.root or place.corrected
        return self._answer(payload, root, loud=place.loud) if root else self._post(payload)

    def _answer(self, payload: dict[str, Any], root: str, *, loud: bool = False) -> Copy:
        """Post in a thread; in the channel where its root is gone or takes no answer: a refusal, so nothing is there
        twice."""
        try:
            shown = {"reply_broadcast": True} if loud else {}
            return self._post(payload | {"thread_ts": root} | shown, NO_ANSWERS)
        except LookupError:
            return self._post(payload)

    def _post(self, payload: dict[str, Any], passing: frozenset[str] = frozenset()) -> Copy:
        """Post one message, without its blocks where Slack refuses them. Raises LookupError where Slack's word is among
        `passing`, else DeliveryError."""
        try:
            answer = self.api.chat_postMessage(**payload)
            ts = str(answer["ts"])
            return Copy(str(answer.get("channel") or self._channel), ts, str(payload.get("thread_ts") or ts))
        except BROKEN as error:
            if word(error) in passing:
                raise LookupError(word(error)) from None
            refused = self._refusals.of(error)
            if word(error) not in NOT_SHOWN or "blocks" not in payload:
                raise refused from None
        log.warning("a message goes to Slack as text alone: %s", refused)
        return self._post(without_blocks(payload), passing)

    def correct(self, said: dict[str, Any], ts: str, first: Copy) -> None:
        """Put other words in place of an earlier message. May be repeated: it says the same."""
        try:
            self.api.chat_update(channel=first.channel, ts=ts, **said)
        except BROKEN as error:
            failed = self._refusals.of(error)
            if failed.permanent or not self._readable(first):
                log.warning("an earlier message could not be marked as corrected: %s", failed)
                return
            raise _half(failed) from None

    def _readable(self, copy: Copy) -> bool:
        """Whether the message would be found when it is tried again; if not, trying again would repeat it."""
        try:
            return any(lookup.replies(self.api, copy.channel, copy.anchor, 0))
        except BROKEN as error:
            return word(error) != MISSING


def _half(failed: DeliveryError, doing: str = "") -> DeliveryError:
    """A failure after which a part of the message may be there."""
    return failed.said(f"{doing}{failed}", maybe_sent=True)
