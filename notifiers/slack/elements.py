"""The elements of Slack's blocks, each within Slack's limits. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, ContextBlock, MarkdownTextObject, SectionBlock

from monitor.wording.describe import Link
from monitor.wording.text import count

NOT_SHOWN = frozenset(("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"))
"""Slack's words where it takes a message but for its blocks."""
SECTION = 3_000
"""Characters of a section."""
LINES = SECTION - len("and 999 more lines")
"""Characters of a section's lines, beside the one that says how many there is no room for."""
LINK = 1_200
"""A longer address would crowd out the words beside it."""


def escape(text: str) -> str:
    """Text for a place where Slack gives `&`, `<` and `>` a meaning, so that they have none."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def dicts(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as they are sent."""
    return [block.to_dict() for block in blocks]


def without_blocks(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The same message as text alone, for where Slack refuses its blocks; buttons and pictures are left out."""
    texts = [text for block in payload["blocks"] for text in (block.get("text"), *block.get("elements", ())) if text]
    plain = {"mrkdwn": False, "plain_text": True}
    said = [escape(t["text"]) if plain[t["type"]] else t["text"] for t in texts if t["type"] in plain]
    return {name: value for name, value in payload.items() if name != "blocks"} | {"text": "\n\n".join(said)}


def link_to(link: Link) -> str:
    """A link with its words; the words alone where the address is too long."""
    url = escape(link.url)
    return f"<{url}|{escape(link.label)}>" if len(url) <= LINK else escape(link.label)


def section(lines: Sequence[str]) -> Block | None:
    """Lines, as many as fit; None where there are none."""
    return paragraph(cut_lines(lines)) if lines else None


def sections(lines: Sequence[str]) -> list[Block]:
    """All lines, in as many sections as they take."""
    made: list[list[str]] = []
    for line in lines:
        if made and sum(len(one) + 1 for one in made[-1]) + len(line) + 1 <= LINES:
            made[-1].append(line)
        else:
            made.append([line])
    return [paragraph(cut_lines(part)) for part in made]


def paragraph(text: str) -> Block:
    """A text in full."""
    return SectionBlock(text=_text(text))


def context(text: str) -> Block:
    """A small line."""
    return ContextBlock(elements=[_text(text)])


def _text(text: str) -> MarkdownTextObject:
    """Verbatim: Slack links no names or addresses on its own account."""
    return MarkdownTextObject(text=text, verbatim=True)


def cut_lines(lines: Sequence[str]) -> str:
    """As many whole lines as fit into a section, then "and N more lines"; a line is never cut in an entity."""
    return "\n".join(_fitting(list(lines)))


def _fitting(lines: list[str]) -> Iterator[str]:
    room = LINES
    for i, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            yield f"and {count(len(lines) - i, 'more line')}"
            return
        yield line
