"""A picture in a message's thread, at most once.

It is uploaded after the message is posted, as a reply: an image block that names a file is refused while Slack
still works on the file ("invalid slack file", slackapi/python-slack-sdk issues 1658 and 1797), and would take the
message with it. The picture is an addition: where it fails, one line says so and the message stands without it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_sdk import WebClient

from monitor.model import Event
from monitor.wording.text import cut, one_line
from notifiers.chart.picture import Picture
from notifiers.slack import scopes
from notifiers.slack.client import BROKEN, word
from notifiers.slack.errors import Refusals
from notifiers.slack.lookup import MISSING, Copy, has_file

log = logging.getLogger("ofsted-watch.slack")

ALT = 1_000
"""Slack's limit of a file's alternative text (alt_txt_too_large)."""
TITLE = 120


Draw = Callable[[Event], Picture | None]
"""The chart of an event; None where there is nothing to draw."""


class Pictures:
    """Adds pictures to messages of one bot. Nothing here stops or repeats a message."""

    def __init__(self, token: str, draw: Draw, refusals: Refusals, known: scopes.Scopes) -> None:
        self._token, self._draw, self._refusals, self._scopes = token, draw, refusals, known

    def add(self, api: WebClient, event: Event, message_id: str, copy: Copy, *, again: bool) -> None:
        """Put the event's picture into the thread of its message. `again`: an earlier try may have done so."""
        if self._scopes.lacks(self._token, scopes.FILES):
            return
        picture = self._picture(event)
        if picture is None:
            return
        name = f"ofsted-watch-{message_id}.png"
        try:
            if not (again and has_file(api, copy, name)):
                _upload(api, event, picture, copy, name)
        except BROKEN as error:
            self._failed(error)

    def _picture(self, event: Event) -> Picture | None:
        try:
            return self._draw(event)
        except Exception:
            log.exception("the chart of %s could not be drawn", event.id)
            return None

    def _failed(self, error: BaseException) -> None:
        if word(error) == MISSING:
            self._scopes.note(self._token, scopes.FILES, "messages come without their chart")
        else:
            log.warning("a message has no chart: %s", self._refusals.of(error))


def _upload(api: WebClient, event: Event, picture: Picture, copy: Copy, name: str) -> None:
    who = one_line(event.council, TITLE // 2)
    api.files_upload_v2(
        filename=name,
        file=picture.png,
        title=cut(f"{who}: judgements over the years" if who else "Judgements over the years", TITLE),
        alt_txt=cut(one_line(picture.alt), ALT),
        channel=copy.channel,
        thread_ts=copy.anchor,
    )
