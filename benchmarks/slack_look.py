"""Messages as Slack shows them, as a page to look at: headers, sections, quotations, lines, buttons, threads.

It knows the blocks that `notifiers.slack.blocks` makes, and refuses any other: what it shows is what is sent.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STYLE = Path(__file__).with_name("slack_look.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message: when it came, its blocks as they are sent, whether it is in the thread of the one before, and the
    address of its picture."""

    at: str
    blocks: Sequence[dict[str, Any]]
    reply: bool = False
    picture: str | None = None


def page(title: str, messages: Iterable[Shown]) -> str:
    """The page."""
    shown = "\n".join(map(_message, messages))
    head = f'<meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>{html.escape(title)}</title>'
    body = f'<main><div class="day">{html.escape(title)}</div>{shown}</main>'
    return f'<!DOCTYPE html><html lang="en-GB"><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>'


def _message(shown: Shown) -> str:
    body = "\n".join(map(_block, shown.blocks))
    body += f'<img src="{html.escape(shown.picture)}" alt="">' if shown.picture else ""
    kind = "message reply" if shown.reply else "message"
    who = f'<div class="who">ofsted-watch <span class="app">APP</span> <span>{html.escape(shown.at)}</span></div>'
    return f'<div class="{kind}"><div class="face">O</div><div>{who}{body}</div></div>'


def _block(block: dict[str, Any]) -> str:
    """One block. Raises KeyError for a kind that no message has."""
    return {"header": _header, "section": _section, "context": _context, "divider": lambda _: "<hr>",
            "actions": _actions}[block["type"]](block)  # fmt: skip


def _header(block: dict[str, Any]) -> str:
    return f"<h3>{html.escape(block['text']['text'])}</h3>"


def _section(block: dict[str, Any]) -> str:
    return f'<div class="section">{_mrkdwn(block["text"]["text"])}</div>'


def _context(block: dict[str, Any]) -> str:
    return f'<div class="context">{" ".join(_mrkdwn(e["text"]) for e in block["elements"])}</div>'


def _actions(block: dict[str, Any]) -> str:
    buttons = (f'<span class="button">{html.escape(e["text"]["text"])}</span>' for e in block["elements"])
    return f"<div>{''.join(buttons)}</div>"


def _mrkdwn(text: str) -> str:
    """Slack's own markup: links, bold, quotations. The text has `&`, `<` and `>` escaped already."""
    lines = (_line(line) for line in text.split("\n"))
    return re.sub(r"\n?(<blockquote>.*?</blockquote>)\n?", r"\1", "\n".join(lines))


def _line(line: str) -> str:
    quoted = line.startswith(">")
    line = re.sub(r"<(https?://[^|>]+)\|([^>]*)>", r'<a href="\1">\2</a>', line.removeprefix(">"))
    line = re.sub(r"(?<!\w)\*([^*\n]+)\*(?!\w)", r"<strong>\1</strong>", line)
    return f"<blockquote>{line}</blockquote>" if quoted else line
