"""What the store has of the text of an event's letter or page: a channel's words are looked for in it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from monitor.channels.rules import Texts, own_words
from monitor.model import Event, Quote
from monitor.model.payloads import PagePayload, ReportPayload
from monitor.model.sources import kind_of
from monitor.store import texts
from monitor.store.database import Store


def of(store: Store) -> Texts:
    """Return a function that gives an event's text by paragraphs: its own words, the page as it is kept, and its
    documents as they were taken apart."""
    return lambda event: [*own_words(event), *(quote.text for quote in paragraphs(store, event))]


def paragraphs(store: Store, event: Event) -> list[Quote]:
    """What the store has of an event's text: its documents' paragraphs with their pages, and its page's (page 0)."""
    letters = [Quote(p.text, p.page) for sha in _documents(event) for p in texts.paragraphs(store, sha)]
    return [*letters, *(Quote(line, 0) for text in _pages(store, event) for line in text.splitlines())]


def _documents(event: Event) -> Iterator[str]:
    """The hashes of an event's document and of the papers that came with it."""
    papers = (paper.document for paper in event.after_as(PagePayload).documents)
    yield from (found.sha256 for found in (event.document, *papers) if found and found.sha256)


def _pages(store: Store, event: Event) -> list[str]:
    """The text of the event's page, and of the papers that belong to its agenda item. The index is named, for SQLite
    would read all that the source ever published."""
    key = event.after_as(PagePayload).key or event.after_as(ReportPayload).key
    sql = """SELECT text FROM records INDEXED BY records_with_text WHERE source = ?1 AND text IS NOT NULL
             AND url IN (SELECT value FROM json_each(?2)) AND (url IS NOT ?3 OR key = ?4)"""
    papers = [paper.url for paper in event.after_as(PagePayload).documents if paper.url]
    found = store.rows(sql, kind_of(event.source), json.dumps([event.url, *papers]), event.url, key)
    return [str(row["text"]) for row in found]
