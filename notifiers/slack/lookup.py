"""What a channel has of ours already: found by the id in a message's metadata, a file by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from slack_sdk import WebClient

from monitor.model import Event
from notifiers.slack.client import BROKEN, word

EVENT_TYPE = "ofsted_watch"
CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{5,}")
CLOCKS_APART = 3600
"""Seconds by which Slack's clock and ours may differ."""
WEEK = 7 * 86400
PAGE = 200
GONE = frozenset({"thread_not_found", "message_not_found", "cannot_reply_to_message"})
"""Slack's words where a message that we would answer is not there any more, or is itself an answer."""
NO_ANSWERS = GONE | {
    "invalid_thread_ts",
    "thread_locked",
    "restricted_action_thread_locked",
    "restricted_action_non_threadable_channel",
}
"""The same, and where nobody may answer: a thread that was locked, a channel without threads."""
MISSING = "missing_scope"
KINDS = ("public_channel,private_channel", "private_channel", "public_channel")


@dataclass(frozen=True, slots=True)
class Copy:
    """A message of ours in a channel, by its id: `ts` is its own name, `anchor` that of its thread."""

    channel: str
    ts: str
    anchor: str


def metadata(message_id: str, part: int, events: Sequence[Event] = ()) -> dict[str, Any]:
    """What a message carries so that it can be found again; the parts of a long one are numbered from 0. Of several
    events it names each, for a store that was put back may send them one by one."""
    payload: dict[str, Any] = {"message_id": message_id} | ({"part": part} if part else {})
    payload |= {"events": " ".join(map(_short, events))} if len(events) > 1 else {}
    return {"event_type": EVENT_TYPE, "event_payload": payload}


@dataclass(frozen=True, slots=True)
class Sought:
    """A message that may be there: its id, the events that it tells, and of how many parts it is."""

    message_id: str
    events: Sequence[Event]
    count: int


def parts(api: WebClient, channel: str, sought: Sought, since: float, root: str | None) -> dict[int, Copy]:
    """Which of the parts of a message are there, in the channel or in the thread of `root`.

    `since` in seconds since 1970. Raises what the client raises, also where the app may not read the channel.
    """
    place = channel_id(api, channel)
    found: dict[int, Copy] = {}
    _collect(found, place, sought, _messages(api, place, since, root))
    if 0 in found and len(found) < sought.count:  # the further parts are replies to the first
        _collect(found, place, sought, replies(api, place, found[0].anchor, since))
    return found


def _collect(found: dict[int, Copy], place: str, sought: Sought, messages: Iterable[dict[str, Any]]) -> None:
    """Add the parts among messages, and look no further than needed."""
    for message in messages:
        part = _part(message, sought)
        if part is not None:
            found.setdefault(part, _copy(place, message))
            if len(found) >= sought.count:
                return


def has_file(api: WebClient, copy: Copy, name: str) -> bool:
    """Whether a message's thread holds a file of this name."""
    messages = replies(api, copy.channel, copy.anchor, 0)
    return any(file.get("name") == name for m in messages for file in m.get("files") or ())


def replies(api: WebClient, channel: str, root: str, since: float) -> Iterator[dict[str, Any]]:
    """A thread, its root included; empty where the root is gone."""
    try:
        for page in api.conversations_replies(
            channel=channel, ts=root, oldest=f"{max(since, 0):.6f}", limit=PAGE, include_all_metadata=True
        ):
            yield from page["messages"]
    except BROKEN as error:
        if word(error) not in GONE:
            raise


def channel_id(api: WebClient, channel: str) -> str:
    """A channel's id by its name, for reading takes none; the name itself where the app sees no such channel."""
    if CHANNEL_ID.fullmatch(channel):
        return channel
    name = channel.removeprefix("#")
    return next((str(c["id"]) for c in _channels(api) if c["name"] == name), channel)


def _channels(api: WebClient) -> Iterator[dict[str, Any]]:
    """The channels that the app may list: Slack refuses to list both sorts where the scope of one is missing."""
    for types in KINDS:
        try:
            for page in api.conversations_list(types=types, exclude_archived=True, limit=PAGE):
                yield from page["channels"]
            return
        except BROKEN as error:
            if word(error) != MISSING or types == KINDS[-1]:
                raise


def earliest(events: Sequence[Event], now: float) -> float:
    """The time from which on a message of these events is looked for, in seconds since 1970: a week before its last
    event was found, for a store that was put back finds again what the lost one has told."""
    try:
        found = max(datetime.fromisoformat(event.at).timestamp() for event in events)
    except ValueError:
        found = now
    return min(found, now) - WEEK - CLOCKS_APART


def _messages(api: WebClient, channel: str, since: float, root: str | None) -> Iterator[dict[str, Any]]:
    if root:
        yield from replies(api, channel, root, since)
    for page in api.conversations_history(
        channel=channel, oldest=f"{max(since, 0):.6f}", limit=PAGE, include_all_metadata=True
    ):
        yield from page["messages"]


def _part(message: dict[str, Any], sought: Sought) -> int | None:
    """Which part of the message this is; None where it is none."""
    carried = message.get("metadata") or {}
    payload = carried.get("event_payload") or {}
    if carried.get("event_type") != EVENT_TYPE:
        return None
    if payload.get("message_id") != sought.message_id and not _tells(payload, sought.events):
        return None
    part = payload.get("part", 0)
    return part if isinstance(part, int) else None


def _tells(payload: dict[str, Any], events: Sequence[Event]) -> bool:
    """Whether a message of several events tells all of these."""
    return set(map(_short, events)) <= set(str(payload.get("events", "")).split())


def _short(event: Event) -> str:
    """An event's id as messages carry it: up to 200 of them have room in Slack's 8,000 bytes."""
    return sha256(event.id.encode()).hexdigest()[:12]


def _copy(channel: str, message: dict[str, Any]) -> Copy:
    return Copy(channel, str(message["ts"]), str(message.get("thread_ts") or message["ts"]))
