"""An event in words, once for every channel. Pure.

A channel lays out a `Card` and words nothing itself. Every text on a card is one printable line, and
every link a web address; escaping is the channel's. A card is about 600 characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.model import Event, Severity
from notifiers import grading, reports, sources
from notifiers.dates import day
from notifiers.grading import Line
from notifiers.text import count, cut, joined, one_line, safe_url

CARD = 480
"""Characters of a card without headline and links."""
REPORTED = ("report.published", "report.replaced")
QUOTES = 2
LEAST_QUOTE = 160
FINDING = 600
TITLE = 160
MARKS: dict[Severity, str] = {"critical": "🔴", "important": "🔶", "notice": "🔹", "info": "▫️"}
"""Told apart by shape as well as by colour."""

OTHERS = {
    "meeting.item": "Committee agenda",
    "meeting.document": "Committee paper",
    "meeting.minutes": "Committee minutes",
    "news.published": "Council news",
    "press.published": "Press",
    "govuk.published": "GOV.UK",
    "govuk.updated": "Updated on GOV.UK",
    "page.changed": "Page changed",
    "receipt.weekly": "Weekly receipt",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Where to read on."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """One event in words: `what` and `when` make the headline, `gist` is what matters in one phrase,
    `alert` what nobody may overlook; `findings` are `quotes` at greater length, for an e-mail."""

    severity: Severity
    what: str
    when: str
    gist: str
    alert: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    quotes: tuple[str, ...]
    links: tuple[Link, ...]
    findings: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """What happened and when: "Devon: inspection report published 13 May 2025"."""
        return f"{self.what} {self.when}".strip()

    @property
    def mark(self) -> str:
        """A sign for the severity."""
        return MARKS.get(self.severity, MARKS["info"])

    @property
    def moved(self) -> bool:
        """Whether a judgement improved or declined."""
        return any(line.moved for line in self.lines)


def describe(event: Event) -> Card:
    """The event's card."""
    lines = grading.lines(event)
    notes = tuple(filter(None, (one_line(n, 400) for n in _notes(event, lines))))
    used = sum(len(str(x)) for x in (*lines, *notes))
    return Card(
        severity=event.severity,
        what=_what(event),
        when=_when(event),
        gist=_gist(event, lines),
        alert=reports.alert(event) if event.kind in REPORTED else "",
        lines=lines,
        notes=notes,
        quotes=tuple(_quotes(event, max(LEAST_QUOTE, CARD - used))),
        links=tuple(_links(event)),
        findings=tuple(_findings(event)),
    )


def subject(events: Sequence[Event]) -> str:
    """A message in one line, for a subject, a preview or a heading."""
    cards = [describe(e) for e in events]
    if len(cards) == 1:
        return " — ".join(filter(None, [cards[0].what, cards[0].gist]))
    noun = "Ofsted report" if all(e.kind == "report.published" for e in events) else "update"
    moved = sum(card.moved for card in cards)
    changed = f", {moved} with judgements that moved" if moved else ""
    councils = list(dict.fromkeys(one_line(e.council, 60) for e in events if e.council))
    return f"{count(len(events), noun)}{changed}" + (f": {joined(councils)}" if councils else "")


def _what(event: Event) -> str:
    if event.kind in sources.STATES:
        return sources.headline(event)
    title = one_line(event.title, TITLE)
    council = one_line(event.council, 80)
    if event.kind.startswith("report."):
        verb = " replaced" if event.kind == "report.replaced" else ""
        return _titled(council, reports.name(event) or title or "report") + verb
    label = OTHERS.get(event.kind, one_line(event.kind, 40))
    if council:
        label = f"{council}, {label if label.isupper() else label[:1].lower() + label[1:]}"
    return f"{label}: {title}"


def _titled(council: str, name: str) -> str:
    return name if council.casefold() in name.casefold() else f"{council}: {name}"


def _when(event: Event) -> str:
    if event.kind in sources.STATES:
        return ""
    if event.kind == "report.withdrawn":
        return f"no longer listed ({day(event.at)})"
    if event.kind == "report.replaced":
        return f"on {day(event.at)}"
    if not event.published:
        return ""
    return f"published {day(event.published)}" if event.kind == "report.published" else f"({day(event.published)})"


def _gist(event: Event, lines: Sequence[Line]) -> str:
    if event.kind in sources.STATES:
        return cut(sources.reason(event.after or {}), 90)
    if event.kind == "report.withdrawn":
        return "no longer listed"
    if event.kind == "report.replaced":
        return f"{lines[0].area} {lines[0].text}" if lines else "another document under the same address"
    if event.kind == "report.published":
        return ", ".join(filter(None, [grading.gist(lines), reports.alert(event)]))
    return ""


def _notes(event: Event, lines: Sequence[Line]) -> Iterable[str]:
    if event.kind in sources.STATES:
        return sources.notes(event)
    return reports.notes(event, lines) if event.kind.startswith("report.") else ()


def _quotes(event: Event, room: int) -> Iterator[str]:
    paged = event.kind.startswith(("report.", "meeting."))
    for quote in event.summary[:QUOTES]:
        text = one_line(quote.text, room)
        if text and room >= LEAST_QUOTE // 2:
            yield f"“{text}”" + (f" p. {quote.page}" if paged and quote.page > 0 else "")
        room -= len(text)


def _findings(event: Event) -> Iterator[str]:
    """The longer form of the quotes, whole: for channels that have the room."""
    found = (event.after or {}).get("findings")
    for quote in found if isinstance(found, list) else ():
        if isinstance(quote, dict) and (text := one_line(quote.get("text"), FINDING)):
            yield f"“{text}”" + (f" p. {quote['page']}" if isinstance(quote.get("page"), int) else "")


def _links(event: Event) -> Iterator[Link]:
    facts, earlier = event.after or {}, event.before or {}
    url, past, council = (safe_url(x) for x in (event.url, earlier.get("url"), facts.get("provider_url")))
    if url:
        page = event.summary[0].page if event.summary else 0
        yield Link(_read_on(event), _at_page(url, page, event))
    if past and past != url:
        yield Link("Earlier report" + reports.of(earlier.get("published")), past)
    if council:
        yield Link(f"{one_line(event.council, 60) or 'The council'} at Ofsted", council)


def _read_on(event: Event) -> str:
    if event.kind == "report.withdrawn":
        return "Last known address"
    if event.kind.startswith("report."):
        return f"Read the {reports.noun(event)}"
    return "Open the page" if event.kind in sources.STATES else "Read it"


def _at_page(url: str, page: int, event: Event) -> str:
    """The address of a page of a PDF (RFC 8118); of anything else the address itself."""
    parts = urlsplit(url)
    pdf = (event.document or {}).get("media_type") == "application/pdf" or parts.path.lower().endswith(".pdf")
    return f"{url}#page={page}" if pdf and page > 0 and not parts.fragment else url
