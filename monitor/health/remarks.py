"""Remarks on what the sources show, by their kinds, so that a kind is told once, not each page, meeting or day. Pure.

A poll's detail holds sentences such as "labels without a date: 3 (file 501)". A remark's kind is what stays of it
without numbers, addresses, quotations and examples. Two kinds are the same if only their number differs, singular or
plural: "1 character is lost", "2 characters are lost".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from monitor.model.remarks import ORDINARY

ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*(?:\"|$)|“[^”]*(?:”|$)")
"""What a remark quotes or gives as an example. It is the site's, and may say anything."""
ADDRESS = re.compile(r"\bhttps?://\S+|\S*/\S*|\b[\w-]+(?:\.[\w-]+){2,}\S*")
NUMBER = re.compile(r"\S*\d\S*")
SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does"}
MANY, JUMP = 10, 3
"""A kind is told again when it is on at least `MANY` pages, and on `JUMP` times as many as when it was told."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A kind of remark on a source: on how many pages, and the words and the page of one of them."""

    source: str
    kind: str
    pages: int
    words: str
    page: str


def kinds_of(detail: str) -> Iterator[tuple[str, str]]:
    """The kinds of a poll's remarks, each with its words."""
    for words in _sentences(detail):
        kind = _kind(words)
        if kind and same(kind) not in _ORDINARY:
            yield kind, words


def _kind(words: str) -> str:
    plain = NUMBER.sub("", ADDRESS.sub("", ASIDE.sub("", words)))
    return next((part for part in (" ".join(p.split()) for p in plain.split(":")) if part), "").casefold()


def same(kind: str) -> str:
    """What names a kind, whether it was worded for one or for several."""
    return " ".join(_singular(SINGULAR.get(word, word)) for word in kind.split())


def _singular(word: str) -> str:
    return word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")


_ORDINARY = frozenset(same(_kind(words.format(1, 2))) for words in ORDINARY)


def counted(source: str, details: Iterable[tuple[str, str]]) -> list[Remark]:
    """The kinds of remarks on a source now; `details` are its pages, by name, with their polls' details."""
    found: dict[str, Remark] = {}
    for page, detail in details:
        for name, (kind, words) in {same(kind): (kind, words) for kind, words in kinds_of(detail)}.items():
            first = found.get(name, Remark(source, kind, 0, words, page))
            found[name] = replace(first, pages=first.pages + 1)
    return list(found.values())


def new(now: Iterable[Remark], told: Iterable[tuple[str, str, int]]) -> list[Remark]:
    """The remarks of a new kind for their source, or on many more pages than `told` (source, kind and pages)."""
    most: dict[tuple[str, str], int] = {}
    for source, kind, pages in told:
        name = (source, same(kind))
        most[name] = max(pages, most.get(name, 0))
    return [r for r in now if _is_new(r, most.get((r.source, same(r.kind))))]


def _is_new(remark: Remark, told: int | None) -> bool:
    return told is None or remark.pages >= max(MANY, JUMP * told)


def _sentences(detail: str) -> Iterator[str]:
    """The parts of a detail between semicolons that are not inside a quotation."""
    held = [found.span() for found in ASIDE.finditer(detail)]
    cuts = [m for m in re.finditer("; ", detail) if not any(begin <= m.start() < end for begin, end in held)]
    begin = 0
    for cut in cuts:
        yield detail[begin : cut.start()]
        begin = cut.end()
    yield detail[begin:]
