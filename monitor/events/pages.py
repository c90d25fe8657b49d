"""Events from what is not a letter of Ofsted's own: committees, newsrooms, press, GOV.UK, pages. Pure.

What such a page says of a judgement is its own words: it never changes one, and an event of it has no changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from monitor.coverage.pages import LETTERS, Page, Reader
from monitor.events import payload, weight
from monitor.events.reports import of_another
from monitor.inspections import notices
from monitor.model import (
    KINDS,
    Event,
    Kind,
    Letter,
    Record,
    Voice,
    payload_from_json,
    watched_pages,
)
from monitor.model.event import Subject, event_id
from monitor.model.payload_parts import Earlier, Paper
from monitor.model.payloads import MeetingPayload, PagePayload, PublicationPayload
from monitor.model.sources import telling

PAYLOADS: dict[str, type[PagePayload]] = {
    Kind.ITEM: MeetingPayload,
    Kind.MINUTES: MeetingPayload,
    Kind.DOCUMENT: MeetingPayload,
    Kind.PUBLICATION: PublicationPayload,
}
"""What an event says of a kind of record; of any other it is a page."""
ANNOUNCED_CHANGES = ("published", "changed", "replaced", "completed")
"""The changes to a record that people are told of."""


class Background(Protocol):
    """What was published before a page, as far as its event says so."""

    def copy_of(self, record: Record, urn: str | None) -> Earlier | None:
        """The publication that had the identical document, or word for word the same letter, before."""

    def came_before(self, record: Record, urn: str | None) -> tuple[Earlier, ...]:
        """What led to a notice: the council's last inspection and visit, and earlier notices, the latest first."""


@dataclass(frozen=True, slots=True)
class Materials:
    """What events are made from, beside their pages: `letters` by sha256, whom a council's event is about (`subject`),
    when they were found (`at`)."""

    reader: Reader
    letters: Mapping[str, Letter]
    subject: Callable[[str], Subject]
    at: str
    background: Background

    def letters_of(self, pages: Iterable[Page]) -> Iterator[Letter]:
        """The letters among documents. Minutes that are printed are none, however much of a letter they quote."""
        shas = (sha for p in pages if (sha := p.record.sha256) and p.record.kind != Kind.MINUTES)
        return (self.letters[sha] for sha in shas if sha in self.letters and self.letters[sha].kind in LETTERS)

    def copy_of(self, page: Page, urn: str | None) -> Earlier | None:
        """What a new paper repeats."""
        if page.change.type != "published" or not KINDS[page.record.kind].is_paper:
            return None
        return self.background.copy_of(page.record, urn)


def of_pages(found: Iterable[Page], given: Materials) -> list[tuple[Page, Event]]:
    """The events that pages owe, each with its page. Documents that come with their agenda item are told with it."""
    wanted = [p for p in found if p.change.type in ANNOUNCED_CHANGES and not weight.is_old(p, given.at)]
    wanted = [p for p in wanted if given.reader.wanted(p, given.letters)]
    items = {_item(p.record): p for p in wanted if p.record.kind == Kind.ITEM and p.change.type == "published"}
    beside: dict[str, list[Page]] = {}
    alone = []
    for page in wanted:
        at_item = _item(page.record)
        together = KINDS[page.record.kind].is_paper and page.change.type == "published" and at_item in items
        beside.setdefault(at_item, []).append(page) if together else alone.append(page)
    return [(p, _event(_news(p, beside.get(_item(p.record), []), given), given)) for p in alone]


def _item(record: Record) -> str:
    """The agenda item that a record is of."""
    return f"{record.target}|{record.item}"


@dataclass(frozen=True, slots=True)
class _News:
    """A page with the `papers` of its agenda item, and what its event says: whom it is about, the council first among
    `urns`; what a paper repeats (`copies`, by key); the `letter` among its documents."""

    page: Page
    papers: Sequence[Page]
    urns: Sequence[str]
    subject: Subject
    copies: Mapping[str, Earlier]
    letter: Letter | None


def _news(page: Page, beside: Sequence[Page], given: Materials) -> _News:
    urns = given.reader.urns(page)
    of = given.subject(urns[0]) if urns else Subject()
    papers = beside if page.record.kind == Kind.ITEM else []
    copies = {p.record.key: known for p in (page, *papers) if (known := given.copy_of(p, of.urn))}
    own = given.letters_of(p for p in (page, *papers) if p.record.key not in copies)
    letter = next((letter for letter in own if of_another(letter, of) is None), None)
    return _News(page, papers, urns, of, copies, letter)


def _event(news: _News, given: Materials) -> Event:
    page, record, kind = news.page, news.page.record, weight.kind_of(news.page)
    source = watched_pages.called(record.source, record.target)
    return Event(
        id=event_id(kind, source, record.target, record.kind, record.key, page.change.after.versions),
        at=given.at,
        kind=kind,
        severity=weight.severity(page, news.letter),
        council=news.subject.council,
        urn=news.subject.urn,
        source=source,
        title=record.title,
        url=record.url,
        published=record.published,
        before=_before(page),
        after=_after(news, given),
        document=payload.document(record, news.letter),
        summary=tuple(news.letter.summary) if news.letter else (),
        facts=() if _strange([page], given, news.subject) else page.says.facts,
    )


def _strange(pages: Iterable[Page], given: Materials, of: Subject) -> tuple[str, ...]:
    """In words, the letters among documents that are about another council: what they find is not said of this one."""
    return tuple(words for letter in given.letters_of(pages) if (words := of_another(letter, of)))


def _before(page: Page) -> PagePayload | None:
    old = page.change.before
    return _compared(page, old.record) if old and page.change.type in ("changed", "replaced") else None


def _compared(page: Page, record: Record) -> PagePayload:
    """What is compared of a record: its key, its fields as the spider has them, its file."""
    given = {name: value for name, value in payload.own(record).items() if value not in (None, [])}
    known = payload_from_json(PAYLOADS.get(page.record.kind, PagePayload), given)
    return replace(known, sha256=record.sha256) if record.sha256 else known


def _after(news: _News, given: Materials) -> PagePayload:
    record, of, letter = news.page.record, news.subject, news.letter
    known = _compared(news.page, record)
    from_a_paper = telling(record.kind, record.source).voice is Voice.PRESS
    known = replace(
        known,
        publication=record.target if from_a_paper else None,
        kind=letter.kind if letter else news.page.says.kind,
        urns=tuple(news.urns) if len(news.urns) > 1 else (),
        provider_url=of.page,
        documents=tuple(_paper(p.record, given.letters, news.copies.get(p.record.key)) for p in news.papers),
        copy_of=news.copies.get(record.key),
        problems=_strange([news.page, *news.papers], given, of) or known.problems,
    )
    if isinstance(known, PublicationPayload) and of.urn and notices.steps_in(record):
        return replace(known, came_before=given.background.came_before(record, of.urn))
    return known


def _paper(record: Record, letters: Mapping[str, Letter], copy_of: Earlier | None) -> Paper:
    """A document that came with its agenda item."""
    letter = letters.get(record.sha256 or "")
    kind = letter.kind if letter and letter.kind in LETTERS else None
    document = payload.document(record, None)
    return Paper(title=record.title, url=record.url, document=document, kind=kind, copy_of=copy_of)
