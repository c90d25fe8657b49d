"""What the store has of a council before a page came: the document that it repeats, what led to a notice. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from monitor.model import KINDS, Letter, Record, Voice
from monitor.model.letter import GRADED_KINDS
from monitor.model.payload_parts import Earlier
from monitor.stories.item import StoryItem, name_of, sentences
from monitor.watch.place import KnownStories

LEAST_SENTENCES = 3
"""Sentences that two readings have to share before they are called the same letter."""
NOTICES_BEFORE = 2
"""Earlier notices that a notice's message names."""


class StoryBackground:
    """The publications of councils as their stories have them; `letters` are the documents that this look read."""

    def __init__(self, stories: Mapping[str, KnownStories], letters: Mapping[str, Letter]) -> None:
        self._stories, self._letters = stories, letters

    def copy_of(self, record: Record, urn: str | None) -> Earlier | None:
        """The publication that had the identical document, or word for word the same letter, before."""
        known = self._stories.get(urn or "")
        own = known.items.get(name_of(record)) if known else None
        if known is None or own is None or own.sha256 is None:
            return None
        said = self._letters.get(own.sha256)
        words = frozenset(sentences(said)) if said else frozenset[str]()
        same = (i for i in known.items.values() if i.name != own.name and _same(own, i, words, known))
        first = min(
            (i for i in same if i.letter or i.order < own.order), key=lambda i: (not i.letter, i.order), default=None
        )
        return _earlier(first) if first else None

    def came_before(self, record: Record, urn: str | None) -> tuple[Earlier, ...]:
        """The council's last inspection and the visit after it, and earlier notices, the latest first."""
        known, day = self._stories.get(urn or ""), (record.published or "9999")[:10]
        if known is None:
            return ()
        before = [i for i in known.items.values() if i.name != name_of(record) and i.published and i.published < day]
        notices = sorted((i for i in before if i.voice is Voice.GOVUK), key=lambda i: i.order)
        found = [*_last_letters(before), *notices[-NOTICES_BEFORE:]]
        return tuple(_earlier(i) for i in sorted(found, key=lambda i: i.order, reverse=True))


def _same(own: StoryItem, other: StoryItem, words: Collection[str], known: KnownStories) -> bool:
    """Whether two publications are one document. A letter that was stamped or scanned again has the same sentences."""
    if own.sha256 == other.sha256:
        return True
    said = frozenset(known.sentences.get(other.sha256 or "", ())) if other.letter else frozenset[str]()
    return own.kind == other.kind and len(said) >= LEAST_SENTENCES and said == words


def _last_letters(before: Iterable[StoryItem]) -> list[StoryItem]:
    """The last graded inspection, and the last visit after it."""
    letters = sorted((i for i in before if i.letter), key=lambda i: i.order)
    graded = [i for i in letters if i.kind in GRADED_KINDS][-1:]
    visits = [i for i in letters if i.kind not in GRADED_KINDS and (not graded or i.order > graded[0].order)]
    return [*graded, *visits[-1:]]


def _earlier(item: StoryItem) -> Earlier:
    return Earlier(
        what=KINDS[item.record].in_story,
        title=item.title,
        url=item.url,
        published=item.published or item.meeting,
        kind=item.kind if item.letter else None,
        inadequate=item.letter and item.inadequate,
    )
