"""Cards as Slack blocks, within Slack's limits. Pure.

Limits (docs.slack.dev, Block Kit): 50 blocks a message, 150 characters a header, 3,000 a section. All
text together is refused somewhere above 10,000 characters (slackapi/bolt-js issues 2509 and 2867).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock, PlainTextObject

from monitor.model import Event
from monitor.wording.dates import day
from monitor.wording.describe import Card, Link, describe, subject
from monitor.wording.grading import Line
from monitor.wording.plain import IMPROVE, PRIORITY
from monitor.wording.text import count, cut, upper_first
from notifiers.slack.buttons import buttons
from notifiers.slack.elements import SECTION, context, cut_lines, dicts, escape, link_to, paragraph, section

MOST_BLOCKS = 48
MOST_CHARACTERS = 9_500
"""With room for two more: the last line, and the note that a correction puts on top."""
MOST_PAGES = 6
"""A digest in so many messages tells some 250 events; whoever is told more looks them up."""
ELSEWHERE = "whoever runs ofsted-watch can list them (ofsted-watch events)"
HEADER = 150
IMPROVEMENTS, IMPROVEMENT_ROOM = 3, 900
"""How many things to improve a message shows, and their characters together: the letter has them all."""
FULL = 4
"""Up to so many events are shown in full; more are a list."""
CORRECTED = {"report.replaced": "Replaced", "report.withdrawn": "Withdrawn", "report.returned": "Listed again"}
"""What an event does to the message of an earlier one; any other corrects it."""


def fallback(events: Sequence[Event]) -> str:
    """The one line that notifications and screen readers get instead of the blocks."""
    return escape(f"{_sign(describe(events[0]))} {cut(subject(events), 300)}")


def note(told: Sequence[Event], why: Sequence[Event]) -> str:
    """What an earlier message that told `told` says at its top once `why` has come."""
    last = next((e for e in why if e.kind in CORRECTED), why[0])
    said = CORRECTED.get(last.kind, "Corrected")
    said = said if len(told) == 1 else f"One of these was {said.lower()}"
    return f"{said} on {day(last.at)}: see the thread"


def corrected(told: Sequence[Event], why: Sequence[Event], *, interactive: bool = False) -> dict[str, Any]:
    """An earlier message with a note at its top, for chat.update: Slack refuses a text of 4,000 characters. Pure."""
    said = escape(note(told, why))
    first = pages(told, interactive=interactive)[0]
    return {"text": f"⚠️ {said}. {fallback(told)}", "blocks": dicts([paragraph(f"⚠️ *{said}*"), *first])}


def pages(events: Sequence[Event], *, interactive: bool = False, threaded: bool = True) -> list[list[Block]]:
    """The blocks of a message: one card, some cards, or a list. What does not fit in one message makes further
    ones for its thread (`threaded`); where there are none, or too many, it ends in "and N more pieces of news"."""
    cards = [describe(event) for event in events]
    if all(event.copy for event in events):
        return [[_line_of(card) for card in cards[:MOST_BLOCKS]]]
    title = cards[0].headline if len(cards) == 1 else subject(events)
    header = HeaderBlock(text=PlainTextObject(text=cut(f"{_sign(cards[0])} {title}", HEADER), emoji=False))
    if len(cards) == 1:
        return _one(header, _card(cards[0]), buttons(events[0]) if interactive else [], threaded=threaded)
    entries = [_told(event, card, full=len(cards) <= FULL) for event, card in zip(events, cards, strict=True)]
    return _pages(header, entries, MOST_PAGES if threaded else 1)


def _line_of(card: Card) -> Block:
    """A card as one small line: an identical document, published again."""
    return context(" · ".join([escape(card.headline), *map(link_to, card.links[:1])]))


def _one(header: Block, card: list[Block], below: list[Block], *, threaded: bool) -> list[list[Block]]:
    """A card with its buttons. One too long for a message (many areas for priority action) goes on in its thread."""
    made = _pages(
        header, [[block] for block in card], MOST_PAGES if threaded else 1, ("more part", "more parts"), below
    )
    made[0] += below
    return made


def _pages(
    header: Block,
    entries: Sequence[list[Block]],
    most: int,
    nouns: tuple[str, str] = ("more piece of news", "more pieces of news"),
    keep: Sequence[Block] = (),
) -> list[list[Block]]:
    """The messages that entries take, `most` at most; the first one has room for what it is to `keep` besides. An entry
    that is too long for a message is taken apart."""
    made: list[list[Block]] = []
    rest = [(number, part) for number, blocks in enumerate(entries) for part in _parts(blocks)]
    while (rest and len(made) < most) or not made:
        opening = context("continued") if made else header
        fitting = how_many_fit([opening, *([] if made else keep)], [part for _, part in rest])
        page, rest = [opening, *(b for _, part in rest[:fitting] for b in part)], rest[fitting:]
        made.append(page)
        if rest:
            where = " in this thread" if len(made) < most else f": {ELSEWHERE}"
            page.append(context(f"and {count(len({number for number, _ in rest}), *nouns)}{where}"))
    return made


def _parts(blocks: list[Block]) -> Iterator[list[Block]]:
    """An entry whole, or in parts that fit into a message each."""
    while blocks:
        fitting = how_many_fit([], [[block] for block in blocks])
        yield blocks[:fitting]
        blocks = blocks[fitting:]


def how_many_fit(opening: Sequence[Block], entries: Sequence[list[Block]]) -> int:
    """How many entries fit into a message beside what opens it, at least one."""
    blocks, used = len(opening), _characters(opening)
    for i, one in enumerate(entries):
        blocks, used = blocks + len(one), used + _characters(one)
        if i and (blocks > MOST_BLOCKS or used > MOST_CHARACTERS):
            return i
    return len(entries)


def _characters(blocks: Sequence[Block]) -> int:
    return sum(map(_length, dicts(blocks)))


def _length(value: object) -> int:
    if isinstance(value, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _length(v) for k, v in value.items())
    return sum(map(_length, value)) if isinstance(value, list) else 0


def _card(card: Card) -> list[Block]:
    notes = [escape(n) for n in (card.aside, *card.notes) if n]
    said = [section(_lines(card)), section(notes), *_priority(card), section(_quotes(card)), _improvements(card)]
    links = " · ".join(map(link_to, card.links))
    return [*filter(None, said), *([context(links)] if links else [])]


def _told(event: Event, card: Card, *, full: bool) -> list[Block]:
    """One of several: whole where they are few, else a line."""
    if event.copy:
        return [_line_of(card)]
    return entry(card) if full else [_short(card)]


def entry(card: Card) -> list[Block]:
    """One of several: a line above it, its headline, and the card."""
    heading = section([f"{_sign(card)} *{escape(card.headline)}*"])
    return [DividerBlock(), *([heading] if heading else []), *_card(card)]


def _short(card: Card) -> Block:
    title = escape(card.headline)
    linked = link_to(Link(card.headline, card.links[0].url)) if card.links else title
    gist = f"\n{escape(upper_first(card.gist))}" if card.gist else ""
    return paragraph(cut_lines([f"{_sign(card)} {linked}{gist}"]))


def _sign(card: Card) -> str:
    """The severity as a sign, and in words where it is more than a notice: "🔴 Critical:"."""
    return f"{card.mark} {card.word}:" if card.word else card.mark


def _lines(card: Card) -> list[str]:
    alert = [f"*{escape(upper_first(card.alert))}*"] if card.alert else []
    return [*alert, *map(_line, card.lines)]


def _line(line: Line) -> str:
    words = escape(str(line))
    return f"*{words}*" if line.moved else words


def _priority(card: Card) -> list[Block]:
    """The areas for priority action, all and whole."""
    room = SECTION - len(PRIORITY) - 4
    found = [escape(piece) for item in card.priority for piece in _pieces(f"• {item}", room)]
    blocks: list[Block] = []
    while found:
        fits = max(1, _how_many(found, room))
        title = [] if blocks else [f"*{PRIORITY}*"]
        blocks.append(paragraph("\n".join([*title, *found[:fits]])))
        found = found[fits:]
    return blocks


def _pieces(text: str, room: int) -> Iterator[str]:
    """A text in pieces that take at most so many characters each once they are escaped, cut between words if it can."""
    while len(escape(text)) >= room:
        at = next(n for n in range(min(len(text), room - 1), 0, -1) if len(escape(text[:n])) < room)
        at = text.rfind(" ", 1, at + 1) if " " in text[1 : at + 1] else at
        yield text[:at]
        text = text[at:].lstrip()
    if text:
        yield text


def _improvements(card: Card) -> Block | None:
    """The first things to improve that fit, and how many more there are, with a link to where they are."""
    if not card.improvements:
        return None
    found = [f"• {escape(item)}" for item in card.improvements]
    shown = found[: max(1, _how_many(found[:IMPROVEMENTS], IMPROVEMENT_ROOM))]
    rest = len(found) - len(shown)
    where = f"in the {card.document}"
    linked = link_to(Link(where, card.links[0].url)) if card.links else where
    more = [f"and {count(rest, 'more thing')} to improve, {linked}"] if rest else []
    return section([f"*{IMPROVE}*", *shown, *more])


def _how_many(lines: Sequence[str], room: int) -> int:
    """How many lines fit into so many characters."""
    fits = [sum(len(line) + 1 for line in lines[: i + 1]) <= room for i in range(len(lines))]
    return sum(fits)


def _quotes(card: Card) -> list[str]:
    return [f">{escape(quote)}" for quote in card.quotes]
