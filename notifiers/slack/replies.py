"""Answers to what people ask from Slack, as Slack takes them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from monitor.wording.commands import Heading, Reply
from monitor.wording.describe import describe
from monitor.wording.text import count, one_line
from notifiers.slack.blocks import entry, how_many_fit
from notifiers.slack.buttons import announcement
from notifiers.slack.elements import context, cut_lines, dicts, escape, link_to, sections

PERSON = re.compile(r"[UW][A-Z0-9]{2,20}")
"""Slack's name of a person."""


def private(answer: Reply) -> dict[str, Any]:
    """An answer that only the person who asked sees, beside the message that it is about. Pure."""
    lines = [escape(one_line(line)) for line in answer.lines]
    said = {"response_type": "ephemeral", "replace_original": False, "text": cut_lines(lines) or "ofsted-watch"}
    blocks = _fitted([block for part in _parts(answer.lines) for block in sections(part)], answer)
    return said | ({"blocks": dicts(blocks)} if blocks else {})


def _parts(lines: Sequence[str]) -> list[list[str]]:
    """The lines by heading, which is bold."""
    parts: list[list[str]] = []
    for line in lines:
        said = escape(one_line(line))
        if isinstance(line, Heading):
            parts.append([f"*{said}*"])
        elif parts:
            parts[-1].append(said)
        else:
            parts.append([said])
    return parts


def _fitted(said: list[Block], answer: Reply) -> list[Block]:
    """The lines, the links and the events, as much as a message takes; links always, and how much is left out."""
    links = " · ".join(map(link_to, answer.links))
    linked = [context(links)] if links else []
    cards = [block for event in answer.events for block in entry(describe(event))]
    shown = how_many_fit(linked, [[block] for block in (*said, *cards)])
    rest = len(said) + len(cards) - shown
    more = [context(f"and {count(rest, 'more part')} for which there is no room here")] if rest else []
    return [*said[:shown], *linked, *cards[: max(0, shown - len(said))], *more]


def public(answer: Reply) -> dict[str, Any]:
    """The line that the whole channel sees of what somebody changed there, with "Undo" where it can be undone. Pure."""
    by = f" Asked by <@{answer.by}>." if PERSON.fullmatch(answer.by) else ""
    line = f"{escape(one_line(answer.announced, 600))}{by}"
    return {"text": line, "blocks": dicts(announcement(line, answer.undo))}
