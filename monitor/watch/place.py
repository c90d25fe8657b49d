"""What a look found, placed in the stories of the councils that it is about.

Placing is pure: a decision says how a council's stories are arranged with the new items, and the commit writes that.
What people do by hand (split, join) is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.coverage import Coverage
from monitor.model import KINDS, Kind, Letter, Record
from monitor.model.crawl import RecordName
from monitor.model.sources import OFSTED
from monitor.model.state import RecordChange
from monitor.store import Store, records, stories
from monitor.store import corrections as kept
from monitor.store.stories import of_council
from monitor.stories import corrections
from monitor.stories.arranging import Arranged, Correction, Story, arrange
from monitor.stories.item import StoryItem, of_letter, of_page, sentences, to_row
from monitor.watch.isolation import Unreadable

NOT_LETTERS = ("unknown", "other")
"""What a document is read as that is no letter, such as a director's report."""
GONE = ("missing", "withdrawn", "superseded")
"""Changes of what is not listed any more. What was published stays in its story."""
ATTACHED = Coverage(relevant=True, why="attached to an agenda item of a story")

NO_STORIES = Arranged()


@dataclass(frozen=True, slots=True)
class KnownStories:
    """A council's stories as they are `arranged` now and as they are `stored`; `sentences` are those of its letters, by
    the document's hash."""

    arranged: Arranged = NO_STORIES
    stored: Arranged = NO_STORIES
    corrections: Sequence[Correction] = ()
    sentences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    generation: int = 0

    @property
    def items(self) -> dict[str, StoryItem]:
        """Every item of the council, also those that are in no story."""
        return {item.name: item for item in self.arranged.pieces}


@dataclass(frozen=True, slots=True)
class Around:
    """What the store has around a look's items: the stories of the councils concerned, and the councils whose stories
    have the agenda items (target, key) that its papers belong to."""

    councils: Mapping[str, KnownStories] = field(default_factory=dict)
    agenda: Mapping[tuple[str, str], str] = field(default_factory=dict)


def items_of(change: RecordChange, letters: Mapping[str, Letter], says: Coverage | None) -> list[StoryItem]:
    """What a changed record is in stories. Ofsted's letters open or join one; a page is in one where it is about a
    council's children's services. `says` is what the page says; None of what is no page."""
    stored = change.after
    if change.type in GONE or stored.state == "pending":
        return []
    record = stored.record
    letter = letters.get(record.sha256 or "")
    if record.source == OFSTED:
        return [of_letter(record, letter, record.target, stored.first_seen)]
    if letter and letter.kind not in NOT_LETTERS:
        return [of_letter(record, letter, letter.urn or record.target, stored.first_seen)]
    if says and says.relevant:
        return [of_page(record, says, urn, stored.first_seen) for urn in says.urns]
    return []


def agenda_item(record: Record) -> tuple[str, str] | None:
    """The agenda item that a paper belongs to."""
    return (record.target, record.item or "") if KINDS[record.kind].is_paper else None


def load(
    store: Store, source: str, papers: Iterable[Record], found: Iterable[StoryItem], urns: Iterable[str]
) -> Around:
    """What the store has around these items: the stories of their councils, and of the councils `urns`."""
    new = list(found)
    wanted = {(source, *at) for record in papers if (at := agenda_item(record))}
    agenda = {(target, item): urn for (_, target, item), urn in stories.councils_of_items(store, wanted).items()}
    councils = {item.urn for item in new} | set(agenda.values()) | set(urns)
    quoting = {item.urn for item in new if item.passages and not item.letter}
    return Around({urn: _load_council(store, urn, quoting=urn in quoting) for urn in sorted(councils)}, agenda)


def _load_council(store: Store, urn: str, *, quoting: bool) -> KnownStories:
    """`quoting`: a new page quotes, so the letters' sentences are wanted, as they are where a kept page does."""
    stored = of_council(store, urn)
    known = KnownStories(stored, stored, kept.of_council(store, urn))
    items = known.items.values()
    said: dict[str, tuple[str, ...]] = {}
    if quoting or any(i.passages for i in items if not i.letter):
        read = records.letters(store, (i.sha256 for i in items if i.letter and i.sha256))
        said = {sha: sentences(letter) for sha, letter in read.items()}
    return replace(known, sentences=said, generation=stories.generation(store, urn))


def placed(
    known: Mapping[str, KnownStories], found: Iterable[StoryItem], letters: Mapping[str, Letter]
) -> tuple[dict[str, KnownStories], list[Unreadable]]:
    """The stories of the councils that have new items, or newer versions of them. Twice is the same as once. Where a
    council's cannot be arranged they stay as they are, and the items are told without a story."""
    by_council: dict[str, dict[str, StoryItem]] = {}
    for item in found:
        by_council.setdefault(item.urn, {})[item.name] = item
    made, lost = dict[str, KnownStories](), list[Unreadable]()
    for urn, new in by_council.items():
        try:
            made[urn] = _placed(known.get(urn, KnownStories()), new, letters)
        except Exception as error:  # noqa: BLE001 - whatever a strange page provokes
            some = next(iter(new.values()))
            lost.append(Unreadable.at((some.target, some.record, some.key), f"the stories of {urn}", error))
    return made, lost


def _placed(known: KnownStories, new: Mapping[str, StoryItem], letters: Mapping[str, Letter]) -> KnownStories:
    items = known.items
    if all(name in items and to_row(items[name]) == to_row(item) for name, item in new.items()):
        return known
    said = dict(known.sentences)
    said |= {sha: sentences(letters[sha]) for i in new.values() if i.letter and (sha := i.sha256) and sha in letters}
    openers = {story.opener for story in known.arranged.stories}
    both = _with_sentences({**items, **new}.values(), said)
    return replace(known, arranged=arrange(both, known.corrections, openers), sentences=said)


def attached(
    changes: Iterable[RecordChange], items: Mapping[RecordName, Sequence[StoryItem]], around: Around
) -> list[StoryItem]:
    """The papers that are in a story because their agenda item is, and say nothing of it themselves."""
    agenda = dict(around.agenda)
    for item in (i for found in items.values() for i in found if i.record in (Kind.ITEM, Kind.MINUTES)):
        at = (item.target, item.key)
        agenda[at] = min(agenda.get(at, item.urn), item.urn)
    return [paper for change in changes if (paper := _paper(change, items, agenda))]


def _paper(
    change: RecordChange, items: Mapping[RecordName, Sequence[StoryItem]], agenda: Mapping[tuple[str, str], str]
) -> StoryItem | None:
    record = change.after.record
    at, own = agenda_item(record), items.get(record.name)
    if at is None or own or change.type in GONE or change.after.state == "pending" or at not in agenda:
        return None
    return of_page(record, ATTACHED, agenda[at], change.after.first_seen)


def split(store: Store, story: Story, piece: StoryItem, at: str) -> Arranged:
    """Take a piece out of a story for good. Inside a transaction."""
    kept.save(store, story.urn, corrections.split(story, piece), (), at)
    return _arrange(store, story.urn)


def join(store: Store, story: Story, pieces: Sequence[StoryItem], at: str) -> Arranged:
    """Put pieces into a story for good, whatever was said of them before. Inside a transaction."""
    said, forget = corrections.join(story, pieces), corrections.taken_back(story, pieces)
    kept.save(store, story.urn, said, forget, at)
    return _arrange(store, story.urn)


def _arrange(store: Store, urn: str) -> Arranged:
    """Arrange a council's stories anew after a person's word. Inside a transaction."""
    known = _load_council(store, urn, quoting=False)
    openers = {story.opener for story in known.arranged.stories}
    found = arrange(_with_sentences(known.items.values(), known.sentences), known.corrections, openers)
    stories.save(store, urn, found, stories.rows_of(found, known.stored))
    return found


def _with_sentences(items: Iterable[StoryItem], said: Mapping[str, tuple[str, ...]]) -> list[StoryItem]:
    """The items, letters with their sentences where there is a page whose quotations may be theirs."""
    found = list(items)
    if not any(i.passages for i in found if not i.letter):
        return found
    return [replace(i, passages=said[sha]) if i.letter and (sha := i.sha256) and sha in said else i for i in found]
