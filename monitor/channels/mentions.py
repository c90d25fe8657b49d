"""Where a letter or page says a channel's words: the sentences that a reader of that channel is shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from monitor.model import Quote
from monitor.query import Alternative, Query, matches
from monitor.wording.quotations import ELISION, sentences

MAX_MENTIONS = 2
"""Sentences that a message quotes. The letter has the others."""


def mentions(paragraphs: Iterable[Quote], queries: Sequence[Query]) -> tuple[Quote, ...]:
    """The first places that say one of the words, each as its `passage`."""
    return tuple(dict.fromkeys(_mentions(paragraphs, queries)))[:MAX_MENTIONS]


def _mentions(paragraphs: Iterable[Quote], queries: Sequence[Query]) -> Iterator[Quote]:
    for paragraph in paragraphs:
        for query in queries:
            if matches(query, paragraph.text):
                yield Quote(passage(query, paragraph.text), paragraph.page)


def passage(query: Query, text: str) -> str:
    """The sentence of a paragraph that says it. Where only several together do, these, with "[…]" for what stands
    between them; the whole paragraph where no sentences do, as with a phrase that goes over a full stop."""
    said = sentences(text)
    if alone := next((s for s in said if matches(query, s)), None):
        return alone
    places = next(filter(None, (_places(alternative, said) for alternative in query.alternatives)), [])
    told = [said[n] if n in places else ELISION for n in range(min(places, default=0), max(places, default=-1) + 1)]
    joint = " ".join(part for part, _ in groupby(told))
    return joint if matches(query, joint) else text


def _places(alternative: Alternative, said: Sequence[str]) -> list[int]:
    """Where its terms are first said; nothing where no sentence says one of them."""
    terms = [Query("", (Alternative((term,)),)) for term in alternative.wanted]
    first = [[n for n, sentence in enumerate(said) if matches(term, sentence)][:1] for term in terms]
    return [n for found in first for n in found] if all(first) else []
