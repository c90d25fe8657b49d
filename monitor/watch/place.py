"""What a run found, placed in the stories of the councils that it is about.

Called in the transaction that saves the run, after its records and before its events are made, so that an event can
carry the story that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from monitor.coverage import Coverage
from monitor.model import KINDS, Letter, Record
from monitor.model.sources import OFSTED
from monitor.model.state import RecordChange, Stored
from monitor.store import Store, records, stories
from monitor.store import story_hands as kept_hands
from monitor.store.stories import _known, _live, _save, of_council
from monitor.stories import corrections as story_hands
from monitor.stories.arranging import Arranged, Story, arrange
from monitor.stories.item import StoryItem, of_letter, of_page, sentences, to_row

NOT_LETTERS = ("unknown", "other")
"""What a document is read as that is no letter, such as a director's report."""
GONE = ("missing", "withdrawn", "superseded")
"""Steps of what is not listed any more. What was published stays in its story."""
ATTACHED = Coverage(relevant=True, why="attached to an agenda item of a story")


def place_in_stories(store: Store, steps: Iterable[RecordChange], cover: Callable[[Record], Coverage | None]) -> None:
    """Place each record of a run's believed steps. `cover` gives what a page says, None where it was not read.

    Ofsted's letters open or join a story; a page does where it is about a council's children's services; a paper of
    an agenda item goes with its item. Doing it again changes nothing. Inside a transaction.
    """
    found = [s.after for s in steps if s.verb not in GONE and s.after.state != "pending"]
    letters = records.letters(store, (s.record.document.sha256 for s in found if s.record.document))
    pieces = [p for stored in found if not KINDS[stored.record.kind].is_paper for p in _pieces(stored, letters, cover)]
    _take(store, pieces)
    papers = [s for s in found if KINDS[s.record.kind].is_paper]
    _take(store, [p for stored in papers for p in _of_paper(store, stored, letters, cover)])


def _take(store: Store, pieces: Iterable[StoryItem]) -> None:
    by_council: dict[str, list[StoryItem]] = {}
    for piece in pieces:
        by_council.setdefault(piece.urn, []).append(piece)
    for urn, new in by_council.items():
        take(store, urn, new)


def _pieces(
    stored: Stored, letters: dict[str, Letter], cover: Callable[[Record], Coverage | None]
) -> Iterator[StoryItem]:
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
) -> list[StoryItem]:
    """A paper by what it is itself, else because its agenda item is in the council's stories."""
    found = list(_pieces(stored, letters, cover))
    record = stored.record
    urn = stories.council_of_item(store, record.source, record.target, record.item or "")
    return found or ([of_page(record, ATTACHED, urn, stored.first_seen)] if urn else [])


def take(store: Store, urn: str, pieces: Iterable[StoryItem]) -> Arranged:
    """Place a council's new pieces, or newer versions of them, and keep where they are. Twice is the same as
    once. Inside a transaction."""
    new = {p.name: p for p in pieces}
    known = _known(store, urn)
    if all(name in known and to_row(known[name]) == to_row(piece) for name, piece in new.items()):
        return of_council(store, urn)
    return _arrange(store, urn, known | new)


def split(store: Store, story: Story, piece: StoryItem, at: str) -> Arranged:
    """Take a piece out of a story for good. Inside a transaction."""
    kept_hands.save(store, story.urn, story_hands.split(story, piece), (), at)
    return _arrange(store, story.urn, _known(store, story.urn))


def join(store: Store, story: Story, pieces: Sequence[StoryItem], at: str) -> Arranged:
    """Put pieces into a story for good, whatever was said of them before. Inside a transaction."""
    found = list(pieces)
    said, forget = story_hands.join(story, found), story_hands.taken_back(story, found)
    kept_hands.save(store, story.urn, said, forget, at)
    return _arrange(store, story.urn, _known(store, story.urn))


def _arrange(store: Store, urn: str, pieces: Mapping[str, StoryItem]) -> Arranged:
    openers = {row["opener"] for row in _live(store, urn)}
    found = arrange(_with_sentences(store, pieces.values()), kept_hands.of_council(store, urn), openers)
    _save(store, urn, found)
    return found


def _with_sentences(store: Store, pieces: Iterable[StoryItem]) -> list[StoryItem]:
    """The pieces, letters with their sentences where there is a page whose quotations may be theirs."""
    found = list(pieces)
    if not any(p.passages for p in found if not p.letter):
        return found
    read = records.letters(store, (p.sha256 for p in found if p.letter and p.sha256))
    return [replace(p, passages=sentences(read[p.sha256])) if p.letter and p.sha256 in read else p for p in found]
