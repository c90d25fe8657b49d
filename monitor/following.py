"""What a run found, placed in the stories of the councils that it is about.

Called in the transaction that saves the run, after its records and before its events are made, so that an event can
carry the story that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from monitor.coverage import Coverage
from monitor.diff import Step, Stored
from monitor.model import Letter, Record
from monitor.store import Store, records, stories
from monitor.stories.piece import OFSTED, Piece, of_letter, of_page

NOT_LETTERS = ("unknown", "other")
"""What a document is read as that is no letter, such as a director's report."""
GONE = ("missing", "withdrawn", "superseded")
"""Steps of what is not listed any more. What was published stays in its story."""
ATTACHED = Coverage(relevant=True, why="attached to an agenda item of a story")


def follow(store: Store, steps: Iterable[Step], cover: Callable[[Record], Coverage | None]) -> None:
    """Place each record of a run's believed steps. `cover` gives what a page says, None where it was not read.

    Ofsted's letters open or join a story; a page does where it is about a council's children's services; a paper of
    an agenda item goes with its item. Doing it again changes nothing. Inside a transaction.
    """
    found = [s.after for s in steps if s.verb not in GONE and s.after.state != "pending"]
    letters = records.letters(store, (s.record.document.sha256 for s in found if s.record.document))
    pieces = [p for stored in found if stored.record.kind != "document" for p in _pieces(stored, letters, cover)]
    _take(store, pieces)
    papers = [s for s in found if s.record.kind == "document"]
    _take(store, [p for stored in papers for p in _of_paper(store, stored, letters, cover)])


def _take(store: Store, pieces: Iterable[Piece]) -> None:
    by_council: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_council.setdefault(piece.urn, []).append(piece)
    for urn, new in by_council.items():
        stories.take(store, urn, new)


def _pieces(stored: Stored, letters: dict[str, Letter], cover: Callable[[Record], Coverage | None]) -> Iterator[Piece]:
    record = stored.record
    letter = letters.get(record.document.sha256) if record.document else None
    if record.source == OFSTED:
        yield of_letter(record, letter, record.target, stored.first_seen)
    elif letter and letter.kind not in NOT_LETTERS:
        yield of_letter(record, letter, letter.urn or record.target, stored.first_seen)
    elif (coverage := cover(record)) and coverage.relevant:
        yield from (of_page(record, coverage, urn, stored.first_seen) for urn in coverage.urns)


def _of_paper(
    store: Store, stored: Stored, letters: dict[str, Letter], cover: Callable[[Record], Coverage | None]
) -> list[Piece]:
    """A paper by what it is itself, else because its agenda item is in the council's stories."""
    found = list(_pieces(stored, letters, cover))
    record = stored.record
    urn = stories.council_of_item(store, record.source, record.target, str(record.fields.get("item", "")))
    return found or ([of_page(record, ATTACHED, urn, stored.first_seen)] if urn else [])
