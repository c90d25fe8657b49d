"""The letters of the corpus, read once in a run: the files of tests that look at all of them stay in one worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pytest

from monitor.letters.pdf import UnreadableError, open_letter
from monitor.letters.reading import read, read_document
from monitor.model import Letter
from soak import corpus

READ_ONCE = pytest.mark.xdist_group("the corpus, read once")


@dataclass(frozen=True, slots=True)
class Read:
    """One row of the labels, its letter, and the evidence that is not on its page."""

    row: dict[str, str]
    letter: Letter
    misplaced: list[str]


@cache
def read_letters() -> list[Read]:
    """All of them, the oldest first."""
    return corpus.in_two_processes(_read_row, corpus.gold())


def by_path() -> Mapping[str, Letter]:
    """The letters by their labels' paths."""
    return {one.row["path"]: one.letter for one in read_letters()}


def _read_row(row: dict[str, str]) -> Read:
    """A letter, with its quotes looked up on the pages from which they claim to be."""
    data, councils = corpus.data(row), corpus.registry()
    try:
        document = open_letter(data)
    except UnreadableError:
        return Read(row, read(data, councils), [])
    letter = read_document(document, Letter("unknown", row["sha256"], document.total), councils)
    sentences = [*letter.summary, *letter.findings, *letter.themes[:1], *(q.quote for q in letter.quantities)]
    quotes = [*letter.evidence.items(), *(("sentence", quote) for quote in sentences)]
    return Read(row, letter, [name for name, q in quotes if q.text not in document.pages[q.page - 1].flow])
