"""How a council stands, and what it is asked to improve, for somebody who asks from a channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from monitor.councils.registry import Council
from monitor.model import Event, Quote
from monitor.model.areas import order
from monitor.model.letter import Inspection
from monitor.model.payload_parts import Earlier
from monitor.store import Store, outbox
from monitor.views import council as council_view
from monitor.views.council import CouncilView
from monitor.wording import earlier
from monitor.wording.commands import Heading, Reply
from monitor.wording.dates import day
from monitor.wording.describe import Link
from monitor.wording.grading import area_name, grade
from monitor.wording.quotations import unglued, with_page
from monitor.wording.text import upper_first

LATEST = 2
"""Pieces of news shown as the latest of a council."""


def judged(store: Store, council: Council) -> Reply:
    """How its judgements stand, with the latest news of it."""
    view = council_view.of_council(store, council)
    links = (Link("Read the report", view.latest.url),) if view.latest else ()
    return Reply(tuple(_judgements(view)), links, tuple(_news(store, council)))


def asked(store: Store, council: Council) -> Reply:
    """What Ofsted asks of it, letter by letter and word for word, with each of these letters."""
    view = council_view.of_council(store, council)
    asks = [entry.ask for entries in view.asked.values() for entry in entries if not entry.missing_from]
    letters = {letter.key: letter for letter in view.letters}
    by_letter = [(letters[key], [ask.quote for ask in group]) for key, group in groupby(asks, lambda ask: ask.key)]
    lines = [line for letter, quotes in by_letter for line in _asked_in(council, letter, quotes)]
    nothing = f"{council.name}: no letter that is known here asks for anything."
    return Reply(tuple(lines or [nothing]), tuple(Link(_named(letter), letter.url) for letter, _ in by_letter))


def _news(store: Store, council: Council) -> Sequence[Event]:
    """The newest first; outages of the sources and identical documents again are no news of a council."""
    found = outbox.events(store, urn=council.ofsted_urn)
    news = [event for event in found if not event.kind.startswith("source.") and not event.copy]
    return news[: -LATEST - 1 : -1]


def _judgements(view: CouncilView) -> Iterator[str]:
    if view.latest is None:
        yield f"{view.council.name}: no graded inspection is known."
        return
    letter = view.latest.letter
    ended = f"; the inspection ended on {day(letter.inspection_end)}" if letter.inspection_end else ""
    yield Heading(f"{view.council.name} was judged in {_report(view.latest)}{ended}.")
    for area in sorted(letter.judgements, key=order):
        yield f"{area_name(area, letter.kind)}: {grade(letter.judgements[area])}"


def _asked_in(council: Council, letter: Inspection, quotes: Sequence[Quote]) -> Iterator[str]:
    yield Heading(f"{council.name}: what {_report(letter)} asks to improve")
    for quote in quotes:
        urgent = "Area for priority action: " if quote in letter.letter.priority_actions else ""
        yield f"• {urgent}{with_page(Quote(unglued(quote.text), quote.page))}"


def _report(letter: Inspection) -> str:
    """ "Ofsted's inspection report of 12 July 2024"."""
    return earlier.named(Earlier(what="letter", published=letter.published, kind=letter.letter.kind))


def _named(letter: Inspection) -> str:
    """The same as a link, which stands beside others."""
    return upper_first(_report(letter).removeprefix("Ofsted's "))
