"""Which of Ofsted's letters a piece may belong to, found without looking at every letter. Pure.

A page needs `rules.MIN_POINTS_FOR_LETTER` points to join a letter. Its kind alone gives too few: the two must share a
document, days of a visit, a letter's day, words or a person, or the page must come out in one of the rules' periods
around the letter's publication. So letters are kept by these things, each with the number of its story.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from monitor.stories import rules
from monitor.stories.item import StoryItem
from monitor.stories.reach import features, reached
from monitor.stories.rules import ordinal
from monitor.stories.words import STOCK, shingles


class LetterReach:
    """The letters of all stories in the making, by the number of their story."""

    def __init__(self) -> None:
        self._stories: defaultdict[Hashable, set[int]] = defaultdict(set)
        self._letters: list[tuple[int, StoryItem]] = []
        self._days: list[tuple[int, int]] = []
        """The day of publication of each letter, with its place in `_letters`."""

    def add(self, story: int, letter: StoryItem) -> None:
        """Keep a letter that a story has now."""
        for feature in (*features(letter), *_words(letter), *_inspections(letter)):
            self._stories[feature].add(story)
        if (day := ordinal(letter.published)) is not None:
            insort(self._days, (day, len(self._letters)))
        self._letters.append((story, letter))

    def same(self, letters: Iterable[StoryItem]) -> list[int]:
        """The stories that have a letter of the same inspection as one of these, in their order."""
        return sorted({n for letter in letters for what in _inspections(letter) for n in self._stories.get(what, ())})

    def near(self, pieces: Iterable[StoryItem]) -> list[int]:
        """The stories with a letter to which one of the pieces may belong, in their order."""
        found: set[int] = set()
        for piece in pieces:
            for feature in (*reached(piece), *_words(piece)):
                found |= self._stories.get(feature, set())
            for day in (piece.published, piece.meeting):
                around = self._published(day, rules.MAX_DAYS_BEFORE_LETTER, rules.LONGEST_PERIOD)
                found.update(story for story, _ in around)
        return sorted(found)

    def published_before(self, day: str | None, days: int) -> list[StoryItem]:
        """The letters that came out on a day (ISO 8601) or within so many days before it."""
        return [letter for _, letter in self._published(day, 0, days)]

    def _published(self, day: str | None, later: int, earlier: int) -> list[tuple[int, StoryItem]]:
        """The letters, with their stories, that came out around a day."""
        if (number := ordinal(day)) is None:
            return []
        first = bisect_left(self._days, (number - earlier, -1))
        last = bisect_right(self._days, (number + later, len(self._letters)))
        return [self._letters[place] for _, place in self._days[first:last]]


def _inspections(letter: StoryItem) -> Iterator[Hashable]:
    """What two letters of one inspection have in common: a re-issue under another id has the document, or kind and
    visits."""
    if letter.sha256:
        yield "document", letter.sha256
    if letter.visits:
        yield "inspection", letter.kind, letter.visits


def _words(piece: StoryItem) -> Iterator[Hashable]:
    """The runs of words in what a piece quotes, or a letter says."""
    yield from shingles(piece.passages) - shingles(STOCK)
