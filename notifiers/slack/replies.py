"""Answers to what people ask from Slack, as Slack takes them. Pure."""

from __future__ import annotations

import re
from typing import Any

from monitor.wording.commands import Reply
from monitor.wording.describe import describe
from monitor.wording.text import one_line
from notifiers.slack.blocks import MOST_BLOCKS, entry
from notifiers.slack.buttons import announcement
from notifiers.slack.elements import context, cut_lines, dicts, escape, link_to, section

PERSON = re.compile(r"[UW][A-Z0-9]{2,20}")
"""Slack's name of a person."""


def private(answer: Reply) -> dict[str, Any]:
    """An answer that only the person who asked sees, beside the message that it is about. Pure."""
    lines = [escape(one_line(line)) for line in answer.lines]
    links = " · ".join(map(link_to, answer.links))
    cards = [block for event in answer.events for block in entry(describe(event))]
    blocks = [*filter(None, [section(lines)]), *([context(links)] if links else []), *cards]
    said = {"response_type": "ephemeral", "replace_original": False, "text": cut_lines(lines) or "ofsted-watch"}
    return said | ({"blocks": dicts(blocks[:MOST_BLOCKS])} if blocks else {})


def public(answer: Reply) -> dict[str, Any]:
    """The line that the whole channel sees of what somebody changed there, with "Undo" where it can be undone. Pure."""
    by = f" Asked by <@{answer.by}>." if PERSON.fullmatch(answer.by) else ""
    line = f"{escape(one_line(answer.announced, 600))}{by}"
    return {"text": line, "blocks": dicts(announcement(line, answer.undo))}
