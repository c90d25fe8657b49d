"""Which pages may be like a piece, found without looking at every page. Pure.

Two pages need `rules.MIN_POINTS_WITHOUT_LETTER` points to join. That takes at least one thing that both have: a
document, days of a visit, a letter's day, words, a person, or their kind and nearby days of publication. So pages are
kept by these things. If no rule of `rules.alike` can tell some pages apart, only the first of them is kept, so that a
thousand articles of one day cost no more than a few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from monitor.model.letter import GRADED_KINDS
from monitor.stories import rules
from monitor.stories.item import StoryItem
from monitor.stories.rules import ordinal
from monitor.stories.words import STOCK, Shingle, shingles, surnames

BUCKET = 16
"""Days that share a key. A visit takes at most some weeks, a letter's days differ by at most
`rules.MAX_DAYS_TO_LETTER_DATE`."""
MOST_BUCKETS = 50
"""Keys of one visit. One that claims to take years is kept under a key of its own, and is always looked at."""
WIDE = ("visit", "wide")
ANY = ("visit", "any")


@dataclass(frozen=True, slots=True)
class Kept:
    """A page of a story. `looks` stands for what it states, the same for pages that state the same; `came` is the day
    on which it came out, `met` that or the day of its meeting."""

    story: int
    page: StoryItem
    looks: int
    committee: bool
    came: int | None
    met: int | None
    people: frozenset[str]


class Reach:
    """The pages of all stories in the making, by the number of their story."""

    def __init__(self) -> None:
        self._pages: list[Kept] = []
        self._looks: dict[Hashable, int] = {}
        self._first: dict[Hashable, dict[Hashable, int]] = {}
        self._passages: dict[Shingle, set[str]] = {}
        self._with_passage: dict[str, list[int]] = {}

    def add(self, story: int, page: StoryItem) -> None:
        """Keep a page that a story has now."""
        number, kept = len(self._pages), self._kept(story, page)
        self._pages.append(kept)
        for feature in features(page):
            self._first.setdefault(feature, {}).setdefault((story, kept.looks, kept.came, kept.met), number)
        for passage in dict.fromkeys(page.passages):
            self._with_passage.setdefault(passage, []).append(number)
            if len(self._with_passage[passage]) == 1:
                for run in shingles((passage,)) - shingles(STOCK):
                    self._passages.setdefault(run, set()).add(passage)

    def near(self, piece: StoryItem) -> dict[int, list[StoryItem]]:
        """Return, by story and in its order, pages that are like the piece. The most similar one is among them, if
        there is any; of those with equal points, the first."""
        seen = self._kept(-1, piece)
        shared = self._sharing(piece)
        numbers = {n for feature in reached(piece) for n in self._first.get(feature, {}).values()}
        first: dict[Hashable, Kept] = {}
        for number in sorted(numbers | shared.keys()):
            kept = self._pages[number]
            first.setdefault((kept.story, kept.looks, *_points(seen, kept), min(shared[number], 2)), kept)
        found: dict[int, list[StoryItem]] = {}
        for kept in first.values():
            found.setdefault(kept.story, []).append(kept.page)
        return found

    def _kept(self, story: int, page: StoryItem) -> Kept:
        committee = page.of_committee
        stated = (page.kind, page.visits, page.letters, committee)
        looks = self._looks.setdefault(stated, len(self._looks))
        came, met = ordinal(page.published), ordinal(page.published or page.meeting)
        return Kept(story, page, looks, committee, came, met, surnames(page))

    def _sharing(self, piece: StoryItem) -> Counter[int]:
        """How many of the piece's passages each page has word for word."""
        shared = Counter[int]()
        for passage in piece.passages:
            same = {other for run in shingles((passage,)) for other in self._passages.get(run, ())}
            shared.update({n for other in same for n in self._with_passage[other]})
        return shared


def _points(one: Kept, other: Kept) -> tuple[bool, bool, bool]:
    """What else gives points: that both come out together, name one person, are one document."""
    if one.committee or other.committee:
        together = _within(one.met, other.met, rules.MAX_DAYS_TO_MEETING)
    else:
        together = _within(one.came, other.came, rules.MAX_DAYS_BETWEEN_PAGES)
    same = bool(one.page.sha256) and one.page.sha256 == other.page.sha256
    return together, not one.people.isdisjoint(other.people), same


def _within(one: int | None, other: int | None, days: int) -> bool:
    return one is not None and other is not None and abs(one - other) <= days


def features(page: StoryItem) -> Iterator[Hashable]:
    """The keys under which a page is kept."""
    yield from _same(page)
    for visit in page.visits:
        yield ANY
        yield from _buckets("visit", *visit) or (WIDE,)
    for day in page.letters:
        yield from _buckets("letter", day, day)
    if page.kind and not page.of_committee and (came := ordinal(page.published)):
        yield "day", _kind(page), came


def reached(piece: StoryItem) -> Iterator[Hashable]:
    """The keys under which pages are kept that may be like this piece."""
    yield from _same(piece)
    for visit in piece.visits:
        yield WIDE
        yield from _buckets("visit", *visit, around=rules.SAME_VISIT_DAYS) or (ANY,)
    for day in piece.letters:
        yield from _buckets("letter", day, day, around=rules.MAX_DAYS_TO_LETTER_DATE)
    if piece.kind and not piece.of_committee and (came := ordinal(piece.published)):
        yield from (
            ("day", _kind(piece), came + n)
            for n in range(-rules.MAX_DAYS_BETWEEN_PAGES, rules.MAX_DAYS_BETWEEN_PAGES + 1)
        )


def _same(piece: StoryItem) -> Iterator[Hashable]:
    """What two pieces have in common or have not."""
    if piece.sha256:
        yield "document", piece.sha256
    yield from (("person", name) for name in surnames(piece))


def _buckets(what: str, first: str, last: str, around: int = 0) -> list[Hashable]:
    """The keys of some days; none where they are too many, or no days."""
    start, end = ordinal(first), ordinal(last)
    if start is None or end is None:
        return []
    keys = range((min(start, end) - around) // BUCKET, (max(start, end) + around) // BUCKET + 1)
    return [(what, key) for key in keys] if len(keys) <= MOST_BUCKETS else []


def _kind(page: StoryItem) -> str | None:
    """The kind as the rules compare it: of the full inspections either may be meant."""
    return GRADED_KINDS[0] if page.kind in GRADED_KINDS else page.kind
