"""Cards as Slack blocks, within Slack's limits. Pure.

Limits (docs.slack.dev, Block Kit): 50 blocks a message, 150 characters a header, 3,000 a section. All
text together is refused somewhere above 10,000 characters (slackapi/bolt-js issues 2509 and 2867).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from monitor.model import Event
from notifiers.grading import Line
from notifiers.text import cut
from notifiers.wording import Card, Link, describe, subject

MOST_BLOCKS = 49
MOST_CHARACTERS = 9_700
HEADER = 150
SECTION = 3_000
LINK = 1_200
"""A longer address would crowd out the words beside it."""
FULL = 4
"""Up to so many events are shown in full; more are a list."""


def escape(text: str) -> str:
    """Text for a place where Slack gives `&`, `<` and `>` a meaning, so that they have none."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(events: Sequence[Event]) -> str:
    """The one line that notifications and screen readers get instead of the blocks."""
    return escape(f"{describe(events[0]).mark} {cut(subject(events), 300)}")


def message(events: Sequence[Event]) -> list[Block]:
    """The blocks of a message: one card, some cards, or a list that ends in "and N more"."""
    cards = [describe(event) for event in events]
    title = cards[0].headline if len(cards) == 1 else subject(events)
    header = HeaderBlock(text=PlainTextObject(text=cut(f"{cards[0].mark} {title}", HEADER), emoji=False))
    if len(cards) == 1:
        return _within_limits(header, [[block] for block in _card(cards[0])])
    return _within_limits(header, [_entry(card) if len(cards) <= FULL else [_short(card)] for card in cards])


def _within_limits(header: Block, entries: Sequence[list[Block]]) -> list[Block]:
    blocks, used = [header], _characters([header])
    for i, entry in enumerate(entries):
        if len(blocks) + len(entry) > MOST_BLOCKS or used + _characters(entry) > MOST_CHARACTERS:
            return [*blocks, _context(f"and {len(entries) - i} more")]
        blocks += entry
        used += _characters(entry)
    return blocks


def _characters(blocks: Sequence[Block]) -> int:
    return sum(map(_length, (block.to_dict() for block in blocks)))


def _length(value: object) -> int:
    if isinstance(value, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _length(v) for k, v in value.items())
    return sum(map(_length, value)) if isinstance(value, list) else 0


def _card(card: Card) -> list[Block]:
    said = [_section(_lines(card)), _section([escape(n) for n in card.notes]), _section(_quotes(card))]
    links = " · ".join(map(_link, card.links))
    return [*filter(None, said), *([_context(links)] if links else [])]


def _entry(card: Card) -> list[Block]:
    heading = _section([f"{card.mark} *{escape(card.headline)}*"])
    return [DividerBlock(), *([heading] if heading else []), *_card(card)]


def _short(card: Card) -> Block:
    title = escape(card.headline)
    linked = _link(Link(card.headline, card.links[0].url)) if card.links else title
    gist = f"\n{escape(card.gist)}" if card.gist else ""
    return SectionBlock(text=_text(cut_lines([f"{card.mark} {linked}{gist}"])))


def _lines(card: Card) -> list[str]:
    alert = [f"*{escape(card.alert[:1].upper() + card.alert[1:])}*"] if card.alert else []
    return [*alert, *map(_line, card.lines)]


def _line(line: Line) -> str:
    words = escape(str(line))
    return f"*{words}*" if line.moved else words


def _quotes(card: Card) -> list[str]:
    return [f">{escape(quote)}" for quote in card.quotes]


def _link(link: Link) -> str:
    url = escape(link.url)
    return f"<{url}|{escape(link.label)}>" if len(url) <= LINK else escape(link.label)


def _section(lines: Sequence[str]) -> Block | None:
    return SectionBlock(text=_text(cut_lines(lines))) if lines else None


def _context(text: str) -> Block:
    return ContextBlock(elements=[_text(text)])


def _text(text: str) -> MarkdownTextObject:
    """Verbatim: Slack links no names or addresses on its own account."""
    return MarkdownTextObject(text=text, verbatim=True)


def cut_lines(lines: Sequence[str]) -> str:
    """As many whole lines as fit into a section, then "and N more"; a line is never cut in an entity."""
    return "\n".join(_fitting(list(lines)))


def _fitting(lines: list[str]) -> Iterator[str]:
    room = SECTION - len("and 999 more")
    for i, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            yield f"and {len(lines) - i} more"
            return
        yield line
