"""Who may ask, and where: members of a configured channel, in that channel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from slack_sdk import WebClient

from notifiers.slack import scopes
from notifiers.slack.client import BROKEN, word
from notifiers.slack.lookup import CHANNEL_ID, MISSING, channel_id

MEMBERS = 1000
"""Slack's largest page of members."""
UNCHECKABLE = {MISSING, "unknown_method"}
"""Where membership cannot be read, what Slack itself does is relied on: it lets only members use a command."""


class Gate:
    """The channels of one app, and their members."""

    def __init__(self, api: WebClient, token: str, channels: Sequence[str]) -> None:
        self._api, self._token, self.channels = api, token, tuple(dict.fromkeys(channels))
        self._ids: dict[str, str] = {}
        self._scopes = scopes.Scopes()

    def configured(self, place: str, name: str) -> str | None:
        """The configured channel (an id or a name) that this id means; where channels cannot be looked up, by
        its name as Slack told it. Raises what the client raises."""
        try:
            return next((c for c in self.channels if self._id(c) == place), None)
        except BROKEN as error:
            if word(error) != MISSING:
                raise
            return next((c for c in self.channels if c in (place, f"#{name}", name)), None)

    def admits(self, place: str, user: str, team: str | None) -> bool:
        """Whether a person is of the bot's workspace and a member of the channel. Raises what the client raises."""
        if team and self._team and team != self._team:
            return False
        try:
            pages = self._api.conversations_members(channel=place, limit=MEMBERS)
            return any(user in page["members"] for page in pages)
        except BROKEN as error:
            if word(error) not in UNCHECKABLE:
                raise
            if word(error) == MISSING:
                self._scopes.note(self._token, scopes.READ[0], "who is a member is left to Slack to check")
            return True

    def _id(self, channel: str) -> str:
        if channel not in self._ids:
            found = channel_id(self._api, channel)
            if not CHANNEL_ID.fullmatch(found):
                return found  # not there yet: it is asked for again
            self._ids[channel] = found
        return self._ids[channel]

    @cached_property
    def _team(self) -> str:
        return str(self._api.auth_test().get("team_id") or "")
