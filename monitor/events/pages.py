"""Events from what is not a letter of Ofsted's own: committees, newsrooms, press, GOV.UK, pages. Pure.

What such a page says of a judgement is its own words: it never changes one, and an event of it has no changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from monitor.coverage.pages import LETTERS, Page, Reader
from monitor.events import payload
from monitor.model import Event, Letter, Quote, Record, Severity, to_json, watched_pages
from monitor.model.event import Subject, event_id

KINDS = {
    "item": "meeting.item",
    "minutes": "meeting.minutes",
    "document": "meeting.document",
    "publication": "govuk.published",
    "page": "page.changed",
    "entry": "page.changed",
}
"""The kind of event that a kind of record gives; an article's is its source's."""
ARTICLES = {"newsroom": "news.published", "press": "press.published"}
TELLING = ("published", "changed", "replaced", "completed")
"""The steps that people are told of."""
OLD = timedelta(days=60)
"""What came out longer ago is no news, however it came to light: a feed that moved, a page that answers again."""
UPDATED = timedelta(days=2)
"""A publication that is new to us, but was changed so long after it came out, is told as updated."""
NOTICES = ("notice", "direction")
"""The kinds of publication by which the department steps in at a council."""


def of_pages(
    found: Iterable[Page],
    reader: Reader,
    letters: Mapping[str, Letter],
    subject: Callable[[str], Subject],
    at: str,
) -> list[tuple[Page, Event]]:
    """The events that pages owe, each with its page. Documents that come with their agenda item are told with it."""
    wanted = [p for p in found if p.step.verb in TELLING and not _old(p, at) and reader.wanted(p, letters)]
    items = {_item(p.record): p for p in wanted if p.record.kind == "item" and p.step.verb == "published"}
    beside: dict[str, list[Page]] = {}
    alone = []
    for page in wanted:
        at_item = _item(page.record)
        together = page.record.kind == "document" and page.step.verb == "published" and at_item in items
        beside.setdefault(at_item, []).append(page) if together else alone.append(page)
    return [(p, _event(p, beside.get(_item(p.record), []), reader, letters, subject, at)) for p in alone]


def _item(record: Record) -> str:
    """The agenda item that a record is of."""
    own = record.key if record.kind in ("item", "minutes") else str(record.fields.get("item"))
    return f"{record.target}|{own}"


def _event(
    page: Page,
    beside: Sequence[Page],
    reader: Reader,
    letters: Mapping[str, Letter],
    subject: Callable[[str], Subject],
    at: str,
) -> Event:
    record, kind = page.record, _kind(page)
    source = watched_pages.called(record.source, record.target)
    urns = reader.urns(page)
    of = subject(urns[0]) if urns else Subject()
    papers = beside if record.kind == "item" else []
    letter = _letter([page, *papers], letters)
    return Event(
        id=event_id(kind, source, record.target, record.kind, record.key, page.step.after.versions),
        at=at,
        kind=kind,
        severity=severity(page, letter),
        council=of.council,
        urn=of.urn,
        source=source,
        title=record.title,
        url=record.url,
        published=record.published,
        before=_before(page),
        after=_after(page, papers, urns, of, letter, letters),
        document=payload.document(record, letter),
        summary=_summary(letter),
        facts=page.says.facts,
    )


def _old(page: Page, at: str) -> bool:
    lag = _lag(page.record.published, at)
    return page.record.kind == "article" and lag is not None and lag > OLD


def _kind(page: Page) -> str:
    record = page.record
    kind = KINDS.get(record.kind) or ARTICLES.get(record.source, "page.changed")
    lag = _lag(record.published, str(record.fields.get("updated", "")))
    updated = page.step.verb == "changed" or (lag is not None and lag > UPDATED)
    return "govuk.updated" if kind == "govuk.published" and updated else kind


def _lag(first: str | None, then: str) -> timedelta | None:
    """From one day to another; None where one is not stated."""
    try:
        return date.fromisoformat(then[:10]) - date.fromisoformat((first or "")[:10])
    except ValueError:
        return None


def severity(page: Page, letter: Letter | None) -> Severity:
    """How much it matters: a notice or direction to a named council is important; a letter that a committee
    publishes, a meeting that is called off and whatever moved on a watched page are a notice; words of others are
    information."""
    record = page.record
    if record.kind == "publication":
        steps_in = any(word in str(record.fields.get("document_type", "")) + record.title.lower() for word in NOTICES)
        return "important" if steps_in and page.says.urns else "notice"
    if page.step.verb != "published" or record.kind in ("page", "entry"):
        return "notice"
    return "notice" if letter is not None else "info"


def _letter(pages: Iterable[Page], letters: Mapping[str, Letter]) -> Letter | None:
    """The first letter among documents."""
    shas = (p.record.document.sha256 for p in pages if p.record.document)
    return next((letters[sha] for sha in shas if sha in letters and letters[sha].kind in LETTERS), None)


def _summary(letter: Letter | None) -> tuple[Quote, ...]:
    return tuple(letter.summary) if letter else ()


def _before(page: Page) -> dict[str, Any] | None:
    old = page.step.before
    if old is None or page.step.verb not in ("changed", "replaced"):
        return None
    return {"key": old.record.key, **old.record.fields} | _file(old.record)


def _file(record: Record) -> dict[str, Any]:
    return {"sha256": record.document.sha256} if record.document else {}


def _after(
    page: Page,
    papers: Sequence[Page],
    urns: Sequence[str],
    of: Subject,
    letter: Letter | None,
    letters: Mapping[str, Letter],
) -> dict[str, Any]:
    known: dict[str, Any] = {"key": page.record.key, **page.record.fields} | _file(page.record)
    known["kind"] = letter.kind if letter else page.says.kind
    known["urns"] = list(urns) if len(urns) > 1 else None
    known["provider_url"] = of.page
    known["documents"] = [_paper(p.record, letters) for p in papers]
    return {name: value for name, value in known.items() if value not in (None, [])}


def _paper(record: Record, letters: Mapping[str, Letter]) -> dict[str, Any]:
    """A document that came with its agenda item."""
    letter = letters.get(record.document.sha256) if record.document else None
    paper = {"title": record.title, "url": record.url, "document": to_json(record.document)}
    return paper | ({"kind": letter.kind} if letter and letter.kind in LETTERS else {})
