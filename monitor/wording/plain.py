"""A message as plain text, complete: for the terminal and the text part of an e-mail. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model import Event
from monitor.wording.describe import Card, describe, subject

RULE = "-" * 60


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
    loud = card.severity in ("critical", "important")
    return f"[{card.severity.capitalize()}] {card.headline}" if loud else card.headline


def _blocks(card: Card, long: bool) -> Iterator[list[str]]:
    yield [heading(card)]
    yield [f"  {card.alert[:1].upper()}{card.alert[1:]}"] if card.alert else []
    yield [f"  {line}" for line in card.lines]
    yield list(card.notes)
    yield list((long and card.findings) or card.quotes)
    yield [f"{link.label}: {link.url}" for link in card.links]
