"""An event in words, once for every channel. Pure.

A channel lays out a `Card` and words nothing itself. Every text on a card is one printable line, and
every link a web address; escaping is the channel's. A card is about 600 characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.model import Event, Quote
from monitor.wording import grading
from monitor.wording import meetings as meeting_words
from monitor.wording import publications as publication_words
from monitor.wording import reports as report_words
from monitor.wording import source_health as source_words
from monitor.wording.card import MARKS, Card, CardText, Link
from monitor.wording.links import links
from monitor.wording.text import count, joined, one_line, quoted

__all__ = ["MARKS", "Card", "Link", "describe", "subject"]

CARD = 480
"""Characters of a card without headline and links."""
LEAST_QUOTE = 160
FINDING, FINDINGS = 600, 8
NOTE = 400


def describe(event: Event) -> Card:
    """The event's card."""
    lines, words = grading.lines(event), _words(event)
    notes = tuple(filter(None, (one_line(n, NOTE) for n in words.notes)))
    used = sum(len(str(x)) for x in (*lines, *notes))
    return Card(
        severity=event.severity,
        what=words.what,
        when=words.when,
        gist=words.gist,
        alert=words.alert,
        lines=lines,
        notes=notes,
        quotes=tuple(_fitting(words.said[: words.most], max(LEAST_QUOTE, CARD - used))),
        links=tuple(links(event, words)),
        findings=tuple(_whole(words.longer)),
    )


def subject(events: Sequence[Event]) -> str:
    """A message in one line, for a subject, a preview or a heading. What concerns one council begins with its name."""
    cards = [describe(e) for e in events]
    if len(cards) == 1:
        return " — ".join(filter(None, [cards[0].what, cards[0].gist]))
    noun = "Ofsted report" if all(e.kind == "report.published" for e in events) else "update"
    moved = sum(card.moved for card in cards)
    changed = f", {moved} with judgements that moved" if moved else ""
    councils = list(dict.fromkeys(one_line(e.council, 60) for e in events if e.council))
    if len(councils) == 1 and all(e.council for e in events):
        return f"{councils[0]}: {count(len(events), noun)}{changed}"
    return f"{count(len(events), noun)}{changed}" + (f": {joined(councils)}" if councils else "")


def _words(event: Event) -> CardText:
    if event.kind in source_words.STATES:
        return source_words.words(event)
    kinds = {"report": report_words.words, "meeting": meeting_words.words, "receipt": source_words.receipt}
    return kinds.get(event.kind.partition(".")[0], publication_words.words)(event)


def _fitting(said: Iterable[Quote], room: int) -> Iterator[str]:
    """The first quotations, as far as the card has room."""
    for quote in said:
        text = one_line(quote.text, room)
        if text and room >= LEAST_QUOTE // 2:
            yield quoted(text) + _page(quote)
        room -= len(text)


def _whole(said: Iterable[Quote]) -> Iterator[str]:
    """Quotations whole, for channels that have the room."""
    for quote in list(said)[:FINDINGS]:
        if text := one_line(quote.text, FINDING):
            yield quoted(text) + _page(quote)


def _page(quote: Quote) -> str:
    return f" p. {quote.page}" if quote.page > 0 else ""
