"""An event in words, once for every channel. Pure.

A channel lays out a `Card` and words nothing itself. Every text on a card is one printable line, and
every link a web address; escaping is the channel's. Quotations are whole or not there (`quotations`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from monitor.model import Event, Quote
from monitor.model.payloads import PublicationPayload
from monitor.wording import grading, quotations, receipts, report_names
from monitor.wording import meetings as meeting_words
from monitor.wording import publications as publication_words
from monitor.wording import reports as report_words
from monitor.wording import source_health as source_words
from monitor.wording.card import LOUD, MARKS, Card, CardText, Link, headline, room
from monitor.wording.dates import period
from monitor.wording.links import links
from monitor.wording.text import council, count, cut, joined, one_line

__all__ = ["MARKS", "Card", "Link", "describe", "subject"]

QUOTATIONS = 600
"""Characters of a card's quotations, whatever else stands on it; a letter's summary has no more."""
FINDINGS = 2_400
"""Characters of the longer quotations, for an e-mail."""
FINDING_COUNT, FIRST_FINDINGS = 8, 4
"""Longer quotations of an e-mail, if not each counts as a point of minutes does; and those of them that come before the
quotations of single judgements."""
ASKED = 900
"""Characters of one area for priority action or improvement; none of Ofsted's letters has a longer one."""
NOTE = 1_200
SUBJECT = min(map(room, LOUD))
"""Characters of a message in one line: its severity, as a mark and in words, stands before them in a header."""
PIECE = ("piece of news", "pieces of news")
OTHERS = ("other piece of news", "other pieces of news")
OVERVIEWS = ((5, 3), (5, 2), (5, 1), (5, 0), (3, 0), (2, 0), (1, 0), (0, 0))
"""How many kinds and councils an overview names; the first that fits is told, so that no date is cut."""


def describe(event: Event) -> Card:
    """The event's card. What the headline says already stands nowhere else."""
    words = _words(event)
    notes = (_title(event, words), *_mentions(event), *words.notes)
    return Card(
        severity=event.severity,
        what=words.what,
        when=words.when,
        gist="" if words.gist in words.what else words.gist,
        alert="" if words.alert in words.what else words.alert,
        lines=grading.lines(event),
        notes=tuple(filter(None, (one_line(n, NOTE) for n in notes))),
        quotes=_shown(words),
        links=tuple(links(event, words)),
        findings=_longer(words),
        priority=_asked(words.priority, words.asked_before),
        improvements=_asked(words.improvements, words.asked_before),
        document=words.document,
    )


def _title(event: Event, words: CardText) -> str:
    """The title, where the headline has only its beginning: what is told may stand in its last words."""
    whole = quotations.titled(event.title, NOTE)
    shortened = not event.copy and quotations.ELISION in words.what and quotations.ELISION not in whole
    return f"The whole title is {whole}." if shortened else ""


def _mentions(event: Event) -> Iterator[str]:
    """Where it says the words that the channel asked for, each place whole or not at all."""
    for quote in event.mentions:
        if said := quotations.whole(one_line(quote.text), QUOTATIONS):
            yield f"It says the words you asked for: {quotations.with_page(Quote(said, quote.page))}"


def subject(events: Sequence[Event]) -> str:
    """A message in one line, for a subject, a preview or a heading. What concerns one council begins with its name."""
    if len(events) == 1:
        card = describe(events[0])
        told = headline(card.what, card.when, card.severity)
        more = f"{told} — {card.gist}"
        return more if card.gist and len(more) <= SUBJECT and card.gist not in told else told
    forms = [_overview(events, kinds, names) for kinds, names in OVERVIEWS]
    return next((told for told in forms if len(told) <= SUBJECT), "") or cut(forms[-1], SUBJECT)


def _overview(events: Sequence[Event], most_kinds: int, names: int) -> str:
    """ "6 to 9 September 2024: 3 inspection reports and 1 press article about Devon and Brent"."""
    when = period(e.at for e in events)
    ofsteds_first = sorted(events, key=lambda e: not e.kind.startswith("report."))
    told = _counts(Counter(map(_counted, ofsteds_first)), most_kinds) + _moved(events)
    councils = list(dict.fromkeys(one_line(e.council, 60) for e in events if e.council))
    if len(councils) == 1 and all(e.council and not e.kind.startswith("source.") for e in events):
        return f"{councils[0]}: {told}, {when}"
    named = joined([*map(council, councils)], names, "other council") if names else count(len(councils), "council")
    return f"{when}: {told} about {named}" if councils else f"{when}: {told}"


def _counts(kinds: Counter[tuple[str, str]], most: int) -> str:
    """ "2 inspection reports, 1 focused visit letter and 12 other pieces of news": so many kinds by their names."""
    shown = most if len(kinds) - most > 1 else len(kinds)
    named = [count(number, *noun) for noun, number in kinds.items()]
    rest = sum(list(kinds.values())[shown:])
    others = [count(rest, *(OTHERS if shown else PIECE))] if rest else []
    return joined([*named[:shown], *others], len(kinds) + 1)


def _moved(events: Sequence[Event]) -> str:
    moved = sum(any(c.moved for c in e.changes) for e in events)
    return f" (judgements moved in {count(moved, 'report')})" if moved else ""


def _counted(event: Event) -> tuple[str, str]:
    """What one such event and several are called where they are counted."""
    if event.kind.startswith("report."):
        return report_names.counted(event)
    if event.after_as(PublicationPayload).withdrawn:
        return WITHDRAWN
    return NOUNS.get(event.kind, PIECE)


WITHDRAWN = ("withdrawn GOV.UK publication", "withdrawn GOV.UK publications")
NOUNS = {
    "meeting.item": ("agenda item", "agenda items"),
    "meeting.document": ("committee paper", "committee papers"),
    "meeting.minutes": ("set of minutes", "sets of minutes"),
    "news.published": ("piece of council news", "pieces of council news"),
    "press.published": ("press article", "press articles"),
    "govuk.published": ("GOV.UK publication", "GOV.UK publications"),
    "govuk.updated": ("updated GOV.UK publication", "updated GOV.UK publications"),
    "page.changed": ("changed page", "changed pages"),
    "source.failing": ("outage", "outages"),
    "source.recovered": ("end of an outage", "ends of outages"),
    "source.quarantined": ("change that is held back", "changes that are held back"),
}


def _words(event: Event) -> CardText:
    if event.kind in source_words.STATES:
        return source_words.words(event)
    kinds = {"report": report_words.words, "meeting": meeting_words.words, "receipt": receipts.words}
    return kinds.get(event.kind.partition(".")[0], publication_words.words)(event)


def _shown(words: CardText) -> tuple[str, ...]:
    """The quotations, and how many more there are where every one counts."""
    return _with_rest(_quoted(words.said[: words.most], QUOTATIONS), words)


def _longer(words: CardText) -> tuple[tuple[str, str], ...]:
    """The quotations of an e-mail, each with the judgement that it is about, if it is about one. The first of the whole
    letter have room before one of each judgement, and these before others; those of the whole letter are shown first,
    so that none stands below a judgement's name. Where every one counts nothing else stands among them."""
    if words.rest:
        return tuple(("", said) for said in _with_rest(_quoted(words.said, FINDINGS), words))
    areas = {quote.text: area for area, quote in words.of_areas}
    said = words.longer or words.said[: words.most]
    first, others = said[:FIRST_FINDINGS], said[FIRST_FINDINGS:]
    quotes = dict.fromkeys((*first, *(quote for _, quote in words.of_areas), *others))
    shown = quotations.fitting(list(quotes)[: max(FINDING_COUNT, FIRST_FINDINGS + len(areas))], FINDINGS)
    named = [(areas.get(quote.text, ""), quotations.with_page(quote)) for quote in shown]
    order = ["", *dict.fromkeys(areas.values())]
    return tuple(sorted(named, key=lambda finding: order.index(finding[0])))


def _with_rest(shown: tuple[str, ...], words: CardText) -> tuple[str, ...]:
    rest = len(words.said) - len(shown) if words.rest else 0
    return (*shown, f"and {count(rest, words.rest)}") if rest > 0 else shown


def _quoted(said: Iterable[Quote], room: int) -> tuple[str, ...]:
    return tuple(map(quotations.with_page, quotations.fitting(said, room)))


def _asked(items: Iterable[Quote], before: Mapping[str, str]) -> tuple[str, ...]:
    """What a letter asks for, each whole; of one that no letter of Ofsted's has, at least its first sentences, or where
    it stands. What was asked before comes first, with the years."""
    again_first = sorted(items, key=lambda q: q.text not in before)
    return tuple(" — ".join(filter(None, [_whole(q), before.get(q.text)])) for q in again_first)


def _whole(asked: Quote) -> str:
    said = quotations.whole(quotations.unglued(one_line(asked.text)), ASKED)
    return quotations.with_page(Quote(said, asked.page)) if said else _elsewhere(asked.page)


def _elsewhere(page: int) -> str:
    where = f"on page {page} of the letter" if page > 0 else "in the letter"
    return f"One that is too long to quote stands {where}."
