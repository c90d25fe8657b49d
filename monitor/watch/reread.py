"""Kept documents read again by a better reader. What comes out otherwise corrects the store and is no news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.model import Letter, to_json
from monitor.model.letter import NotReadError
from monitor.store import Store, records
from monitor.watch import texts
from monitor.watch.reading import Reader

COMPARED = (
    "kind", "variant", "council", "urn", "title", "framework", "inspection_start", "inspection_end", "letter_date",
    "lead_inspector", "judgements", "outcome", "previous", "improvements", "priority_actions", "summary", "problems",
)  # fmt: skip
"""What a correction is made of. Evidence may move without anything being read otherwise."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a document's reading that was kept as `before` and reads `after` now."""

    sha256: str
    council: str | None
    title: str | None
    field: str
    before: Any
    after: Any


def reread(store: Store, reader: Reader, now: datetime, *, everything: bool) -> Iterator[Correction]:
    """Read again what an older reader read (or everything), and yield what is corrected.

    A document that is not kept any more keeps its reading; one that cannot be read now does too.
    """
    for sha in records.readings(store, older_than=None if everything else reader.version):
        path = store.document_path(sha)
        if not path.exists():
            continue
        try:
            letter = reader.read(path)
        except NotReadError:
            continue
        before = records.letters(store, [sha])[sha]
        if letter.kind == "unknown" and before.kind != "unknown":
            continue
        with store.transaction():
            records.save_letters(store, [letter], reader.version, now.isoformat())
        texts.keep(store, reader, sha)
        yield from corrections(before, letter)


def corrections(before: Letter, after: Letter) -> Iterator[Correction]:
    """What two readings of the same document say differently."""
    old, new = to_json(before), to_json(after)
    for name in COMPARED:
        if old[name] != new[name]:
            yield Correction(after.sha256, after.council, after.title, name, old[name], new[name])
