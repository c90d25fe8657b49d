"""Letters taken apart into paragraphs: with their reading, later where that failed, and never for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.model import Paragraph
from monitor.model.letter import NotReadError
from monitor.store import Store, records
from monitor.store import texts as stored
from monitor.watch import texts
from monitor.watch.reading import Budget, Shelf
from tests.making import NOON, SHA_A, SHA_B, letter
from tests.watch.looking import Library

SAID = [
    Paragraph(1, "", "Judged good."),
    Paragraph(2, "What needs to improve", "\u201cHousing\u201d \u2013 caf\u00e9", asked=True),
]


class Apart(Library):
    """Knows one document's paragraphs; at those named in `fails` it dies."""

    def __init__(self, *fails: str) -> None:
        super().__init__({sha: letter(sha256=sha) for sha in (SHA_A, SHA_B)})
        self.fails, self.tried = set(fails), list[str]()

    def paragraphs(self, path: Path) -> list[Paragraph]:
        self.tried.append(path.stem)
        if path.stem in self.fails:
            raise NotReadError("the reader died (signal 9)")
        return SAID


def with_files(store: Store, *shas: str) -> None:
    for sha in shas:
        path = store.document_path(sha)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-")


def read(store: Store, reader: Apart) -> None:
    with_files(store, SHA_A, SHA_B)
    assert Shelf(store, reader, lambda: NOON, Budget()).read([("a", SHA_A), ("a", SHA_B)]) == [SHA_A, SHA_B]


def test_a_letter_is_taken_apart_when_it_is_read(store: Store) -> None:
    read(store, Apart())
    assert stored.paragraphs(store, SHA_A) == SAID
    assert stored.missing(store) == []


def test_what_failed_is_tried_once_more_and_then_left(store: Store) -> None:
    reader = Apart(SHA_A)
    read(store, reader)
    assert stored.missing(store) == [SHA_A]
    assert texts.fill(store, reader) == 1
    assert (stored.missing(store), stored.paragraphs(store, SHA_A)) == ([], [])
    assert texts.fill(store, reader) == 0
    assert reader.tried.count(SHA_A) == 2


def test_a_fault_of_the_reader_costs_no_letter_its_news(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Apart, path: Path) -> list[Paragraph]:
        raise IndexError("list index out of range")

    monkeypatch.setattr(Apart, "paragraphs", fails)
    read(store, Apart())
    assert set(records.letters(store, [SHA_A, SHA_B])) == {SHA_A, SHA_B}


def test_letters_of_an_earlier_version_are_taken_apart_as_long_as_there_is_time(store: Store) -> None:
    with store.transaction():
        records.save_letters(store, [letter(sha256=sha) for sha in (SHA_A, SHA_B)], 1, NOON.isoformat())
    with_files(store, SHA_A)
    times = iter((0.0, 1.0, 100.0, 200.0, 201.0))
    assert texts.fill(store, Apart(), lambda: next(times)) == 1
    assert stored.missing(store) == [SHA_B]
    assert texts.fill(store, Apart(), lambda: next(times)) == 1
    assert (stored.paragraphs(store, SHA_A), stored.paragraphs(store, SHA_B)) == (SAID, [])
