"""What is asked in an envelope of Socket Mode: a slash command, or a press of one of our buttons. Pure."""

from __future__ import annotations

from typing import Any

from monitor.wording.commands import Kind
from monitor.wording.text import safe_url
from notifiers.slack.buttons import IRRELEVANT, MUTE, UNMUTE

BUTTONS: dict[str, Kind] = {MUTE: "mute", UNMUTE: "unmute", IRRELEVANT: "irrelevant"}


def asked_in(payload: dict[str, Any]) -> tuple[Kind, str] | None:
    """What is asked: a command with its words, or a press with its value; None for anything else."""
    if safe_url(payload.get("response_url")) is None:
        return None
    if payload.get("command"):
        return "command", str(payload.get("text") or "")
    for action in payload.get("actions") or ():
        if action.get("action_id") in BUTTONS:
            return BUTTONS[action["action_id"]], str(action.get("value") or "")
    return None


def whereabouts(payload: dict[str, Any]) -> tuple[str, str, str, str | None]:
    """The channel's id and name, the user's id and workspace. An installation for a whole organisation has many
    workspaces: there it is left to membership."""
    channel, person = payload.get("channel") or {}, payload.get("user") or {}
    told = [
        payload.get("channel_id") or channel.get("id"),
        payload.get("channel_name") or channel.get("name"),
        payload.get("user_id") or person.get("id"),
    ]
    place, name, user = (str(x or "") for x in told)
    team = payload.get("team_id") or person.get("team_id")
    whole = str(payload.get("is_enterprise_install")).lower() == "true"
    return place, name, user, None if whole or not team else str(team)
