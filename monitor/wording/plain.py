"""A message as plain text, complete: for the terminal and the text part of an e-mail. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model import Event
from monitor.wording.describe import Card, describe, subject
from monitor.wording.text import upper_first

RULE = "-" * 60
PRIORITY, IMPROVE, FOUND = "Areas for priority action:", "What needs to improve:", "What inspectors found:"


def message(events: Sequence[Event], *, long: bool = False) -> str:
    """All events, most severe first as they come, with a heading where there are several; `long` quotes more."""
    parts = [card_text(describe(event), long=long) for event in events]
    if len(parts) == 1:
        return parts[0]
    return "\n".join([subject(events), "", RULE, "", f"\n{RULE}\n\n".join(parts)])


def card_text(card: Card, *, long: bool = False) -> str:
    """One card, ending in a line end."""
    return "\n\n".join("\n".join(block) for block in _blocks(card, long) if block) + "\n"


def heading(card: Card) -> str:
    """The headline with its severity as a word, where it is more than a notice."""
    return f"[{card.word}] {card.headline}" if card.word else card.headline


def _blocks(card: Card, long: bool) -> Iterator[list[str]]:
    """What is asked stands before the quotations where these are many; what else to know of graded letters, last."""
    links = [f"{link.label}: {link.url}" for link in card.links]
    notes, asked = list(card.notes), [_listed(PRIORITY, card.priority), _listed(IMPROVE, card.improvements)]
    yield [heading(card), *([card.aside] if card.aside else [])]
    yield [f"  {upper_first(card.alert)}"] if card.alert else []
    yield [f"  {line}" for line in card.lines]
    if long and card.lines:
        yield from (*asked, _quotes(card), notes, links)
    elif long:
        yield from (notes, *asked, _quotes(card), links)
    else:
        yield from (notes, asked[0], list(card.quotes), asked[1], links)


def found(card: Card) -> str:
    """The title of the quotations: needed where what is asked stands first, and the first names no judgement."""
    titled = (card.priority or card.improvements) and card.findings and not card.findings[0][0]
    return FOUND if titled else ""


def _quotes(card: Card) -> list[str]:
    told = [f"{area}: {quote}" if area else quote for area, quote in card.findings]
    return [found(card), *told] if found(card) else told


def _listed(title: str, items: Sequence[str]) -> list[str]:
    return [title, *(f"- {item}" for item in items)] if items else []
