"""Where a letter or page says a channel's words: the sentences that a reader of that channel is shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.model import Quote
from monitor.query import Query, matches
from monitor.wording.quotations import sentences

MAX_MENTIONS = 2
"""Sentences that a message quotes. The letter has the others."""


def mentions(paragraphs: Iterable[Quote], queries: Sequence[Query]) -> tuple[Quote, ...]:
    """The first places that say one of the words, each as the sentence that says it, or as the whole paragraph where
    only that does."""
    found = dict.fromkeys(_mentions(paragraphs, queries))
    return tuple(found)[:MAX_MENTIONS]


def _mentions(paragraphs: Iterable[Quote], queries: Sequence[Query]) -> Iterator[Quote]:
    for paragraph in paragraphs:
        for query in queries:
            if matches(query, paragraph.text):
                said = next((s for s in sentences(paragraph.text) if matches(query, s)), paragraph.text)
                yield Quote(said, paragraph.page)
