"""Kept documents read again: corrections are listed and stored, and nobody is told."""

from __future__ import annotations

from pathlib import Path

from monitor.model import Letter, Paragraph
from monitor.store import Store, outbox, records
from monitor.watch.reread import reread
from tests.making import NOON, SHA_A, SHA_B, letter


class Better:
    """A reader of a later version."""

    version = 2

    def __init__(self, *letters: Letter) -> None:
        self.letters = {x.sha256: x for x in letters}

    def read(self, path: Path) -> Letter:
        return self.letters[path.stem]

    def paragraphs(self, path: Path) -> list[Paragraph]:
        return []


def keep(store: Store, *letters: Letter) -> None:
    for kept in letters:
        path = store.document_path(kept.sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-")
    with store.transaction():
        records.save_letters(store, letters, 1, NOON.isoformat())


def test_a_correction_is_listed_stored_and_told_to_nobody(store: Store) -> None:
    keep(store, letter(judgements={"in_care": "good"}), letter("jtai", SHA_B))
    better = Better(letter(judgements={"in_care": "outstanding"}), letter("jtai", SHA_B))
    found = list(reread(store, better, NOON, everything=False))
    assert [(c.sha256, c.field, c.before, c.after) for c in found] == [
        (SHA_A, "judgements", {"in_care": "good"}, {"in_care": "outstanding"})
    ]
    assert records.letters(store, [SHA_A])[SHA_A].judgements == {"in_care": "outstanding"}
    assert outbox.events(store) == []
    assert list(reread(store, better, NOON, everything=False)) == []


def test_what_cannot_be_read_now_keeps_its_reading(store: Store) -> None:
    keep(store, letter(judgements={"in_care": "good"}))
    assert list(reread(store, Better(letter("unknown", problems=["timed out"])), NOON, everything=False)) == []
    assert records.letters(store, [SHA_A])[SHA_A].kind == "ilacs"


def test_a_document_that_is_not_kept_keeps_its_reading(store: Store) -> None:
    keep(store, letter())
    store.document_path(SHA_A).unlink()
    assert list(reread(store, Better(), NOON, everything=True)) == []
