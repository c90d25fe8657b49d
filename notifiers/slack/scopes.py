"""What the app may do: the scopes it lacks, said once for each, and all of them at `check`.

A lack is remembered and tried again after an hour: scopes are granted by installing the app again, which leaves
the token as it is.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from hashlib import sha256

log = logging.getLogger("ofsted-watch.slack")

FORGET = 3600.0
"""Seconds after which a call that lacked a scope is tried again."""

POST, FILES, COMMANDS = "chat:write", "files:write", "commands"
HISTORY, READ = ("channels:history", "groups:history"), ("channels:read", "groups:read")


class Scopes:
    """What was found lacking, token by token. One of them outlives many messages, and serves many threads."""

    def __init__(self) -> None:
        self._lacking: dict[tuple[str, str], float] = {}

    def lacks(self, token: str, scope: str) -> bool:
        """Whether this token was found without the scope within the last hour."""
        found = self._lacking.get(_key(token, scope))
        return found is not None and time.monotonic() - found < FORGET

    def note(self, token: str, scope: str, what: str) -> None:
        """Remember that a token lacks a scope, and say once what comes of it."""
        key = _key(token, scope)
        if key not in self._lacking:
            log.warning("the Slack app lacks the scope %s: %s", scope, what)
        self._lacking[key] = time.monotonic()


def missing(given: Iterable[str], channel: str, *, named: bool, interactive: bool) -> list[str]:
    """A line for each scope that is missing, and what it is for. Pure. `named`: the channel is configured by name."""
    have = set(given)
    lines = [] if POST in have else [f"the app lacks the scope {POST}: it cannot post to {channel}"]
    if not have & set(HISTORY):
        lines.append(_either(HISTORY, "a message whose fate is unknown may come twice"))
    if (named or interactive) and not have & set(READ):
        told = "whether somebody is a member of the channel" if interactive else f"what {channel} is"
        lines.append(_either(READ, f"it cannot look up {told}"))
    if FILES not in have:
        lines.append(f"the app lacks the scope {FILES}: messages come without their chart")
    if interactive and COMMANDS not in have:
        lines.append(f"the app lacks the scope {COMMANDS}: nobody can use /ofsted")
    return lines


def _either(scopes: tuple[str, str], what: str) -> str:
    return f"the app lacks the scope {scopes[0]} (of a private channel {scopes[1]}): {what}"


def _key(token: str, scope: str) -> tuple[str, str]:
    return sha256(token.encode("utf-8", "replace")).hexdigest(), scope
