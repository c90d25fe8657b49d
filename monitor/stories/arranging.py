"""Stories: what belongs to one inspection or visit of one council, whoever published it first. Pure.

A council's pieces are arranged as a whole, so that the order in which they were found does not decide:

    units       an agenda item with its minutes and documents, and what a person joined, go together
    letters     each of Ofsted's letters has a story; one that is published again is in the same
    pages       go to the letter that they fit best, if they fit one (`rules` says why)
    the rest    go to pages like them; what clearly speaks of a letter that is not known opens a story
                of its own, which the letter joins when it comes; what is vague is in none

A story's name is made from the piece that opened it, and stays with that piece.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from monitor.stories import rules
from monitor.stories.item import StoryItem
from monitor.stories.letter_reach import LetterReach
from monitor.stories.reach import Reach
from monitor.stories.rules import OPENED, Link
from monitor.stories.units import Correction, Group, Links, Unit, to_letters, to_pages, units

AFTERMATH = 183
"""For so many days after a letter a page without a date is about it, and not about one that is not known yet."""
SECOND = rules.Link("the same inspection, published again", rules.CERTAIN_SCORE)

__all__ = ["Arranged", "Correction", "Member", "Story", "arrange", "story_id"]


@dataclass(frozen=True, slots=True)
class Member:
    """A piece in a story, and why it is there."""

    piece: StoryItem
    link: Link


@dataclass(frozen=True, slots=True)
class Story:
    """One inspection or visit of one council. `opened` and `closed` are days: of its first piece, and of the
    letter that opened the next; `opener` is the name of the piece that it is named after."""

    id: str
    urn: str
    opener: str
    members: tuple[Member, ...]
    opened: str = ""
    closed: str | None = None

    @property
    def letters(self) -> tuple[StoryItem, ...]:
        """Ofsted's own letters in it."""
        return tuple(m.piece for m in self.members if m.piece.letter)

    @property
    def kind(self) -> str | None:
        """The kind of inspection: Ofsted's word, else what a page says."""
        ranked = sorted((m.piece for m in self.members), key=lambda p: (not p.letter, p.order))
        return next((p.kind for p in ranked if p.kind), None)


@dataclass(frozen=True, slots=True)
class Arranged:
    """A council's stories, oldest first; `loose` are the pieces that are in none."""

    stories: tuple[Story, ...] = ()
    loose: tuple[StoryItem, ...] = ()

    @property
    def pieces(self) -> list[StoryItem]:
        """All of them, those of the stories first."""
        return [*(m.piece for s in self.stories for m in s.members), *self.loose]

    def story_of(self, name: str) -> Story | None:
        """The story that a piece is in."""
        return next((s for s in self.stories if any(m.piece.name == name for m in s.members)), None)


def story_id(urn: str, opener: str) -> str:
    """A story's name: the council's number, and what the piece that opened it is called."""
    return f"{urn}-{sha256(f'{urn}|{opener}'.encode()).hexdigest()[:8]}"


def arrange(pieces: Sequence[StoryItem], hands: Sequence[Correction] = (), openers: Collection[str] = ()) -> Arranged:
    """The stories of one council's pieces. `openers` are the pieces that stories are named after already."""
    found = units(pieces, hands)
    stories = Beginnings(u for u in found if u.letters)
    rest = [u for u in found if not u.letters and not stories.join_letter(u)]
    vague = [u for u in rest if not (stories.join_pages(u) or stories.open(u))]
    loose = [u for u in vague if not stories.join_pages(u)]
    joined_to = {hand.other for hand in hands if hand.together}
    named = [_story(group, frozenset(openers), joined_to) for group in stories.groups]
    return Arranged(_closed(named), tuple(p for u in loose for p in u.pieces))


class Beginnings:
    """The stories in the making, begun with Ofsted's letters. Their pages are indexed, so that a piece is compared only
    with pages that it can be like."""

    def __init__(self, letters: Iterable[Unit]) -> None:
        self.groups: list[Group] = []
        self._pages = Reach()
        self._letters = LetterReach()
        for unit in letters:
            same = next((n for n in self._letters.same(unit.letters) if not self.groups[n].refuses(unit)), None)
            if same is None:
                self._begin(unit)
            else:
                self._add(same, unit, {p.name: SECOND for p in unit.letters})

    def join_letter(self, unit: Unit) -> bool:
        """Put a unit to the letter that it fits best; False where it fits none."""
        offers = (
            (links, n)
            for n in self._letters.near(unit.pieces)
            if not self.groups[n].refuses(unit) and (links := to_letters(unit, self.groups[n].letters))
        )
        return self._joined(unit, offers)

    def join_pages(self, unit: Unit) -> bool:
        """Put a unit to the pages that it is most like; False where it is like none."""
        near: dict[int, dict[str, list[StoryItem]]] = {}
        for piece in unit.pieces:
            for n, pages in self._pages.near(piece).items():
                near.setdefault(n, {})[piece.name] = pages
        offers = (
            (links, n)
            for n, pages in near.items()
            if not self.groups[n].refuses(unit) and (links := to_pages(unit, self.groups[n], pages))
        )
        return self._joined(unit, offers)

    def open(self, unit: Unit) -> bool:
        """Let a unit open a story, where it clearly speaks of a letter that is not known."""
        before = self._letters.published_before
        news = (p for p in unit.pieces if _clear(p) and not _afterthought(p, before(p.published, AFTERMATH)))
        if not (unit.split or any(news)):
            return False
        self._begin(unit)
        return True

    def _joined(self, unit: Unit, offers: Iterable[tuple[Links, int]]) -> bool:
        """Put a unit to the story that it fits best, of two alike to the later; False where it fits none."""
        best = max(offers, key=self._rank, default=None)
        if best is None:
            return False
        links, n = best
        self._add(n, unit, links)
        return True

    def _rank(self, offer: tuple[Links, int]) -> tuple[int, tuple[str, bool, str]]:
        links, n = offer
        return max(link.score for link in links.values()), self.groups[n].units[0].order

    def _begin(self, unit: Unit) -> None:
        """A story around a unit. What a person or an agenda put beside a letter may fit it by itself too."""
        beside = Unit([p for p in unit.pieces if not p.letter])
        self.groups.append(Group())
        self._add(len(self.groups) - 1, unit, to_letters(beside, unit.letters) or {})

    def _add(self, n: int, unit: Unit, links: Links) -> None:
        self.groups[n].add(unit, links)
        for piece in unit.pieces:
            (self._letters if piece.letter else self._pages).add(n, piece)


def _clear(piece: StoryItem) -> bool:
    """Whether a page says when, or, being news, what kind of visit or what the report says. A committee comes
    back to an old inspection for years, so its items must say when."""
    if piece.visits or piece.letters:
        return True
    return not piece.of_committee and (bool(piece.kind) or piece.tells)


def _afterthought(piece: StoryItem, letters: Iterable[StoryItem]) -> bool:
    """Whether a page without dates comes in the months after a letter that it may mean."""
    if piece.visits or piece.letters:
        return False
    meant = (x for x in letters if rules.kinds_agree(piece.kind, x.kind))
    days = (rules.days_between(x.published, piece.published) for x in meant)
    return any(d is not None and 0 <= d <= AFTERMATH for d in days)


def _story(group: Group, openers: Collection[str], joined_to: Collection[str]) -> Story:
    """Make one story of a group. If it unites several stories, it keeps the name of the one that a person joined
    another to, or else of the earliest."""
    pieces = group.pieces
    named = [p for p in pieces if p.name in openers] or pieces[:1]
    opener = next((p for p in named if p.name in joined_to), named[0])
    links = group.links if opener.letter else group.links | {opener.name: OPENED}
    members = tuple(Member(p, links[p.name]) for p in pieces)
    days = [day for p in pieces if (day := p.published or min(filter(None, (p.meeting, p.seen)), default=""))]
    return Story(story_id(opener.urn, opener.name), opener.urn, opener.name, members, min(days, default=""))


def _closed(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Each story closed by the first letter of a later one."""
    ordered = sorted(stories, key=lambda s: (s.opened, s.id))
    firsts = sorted(min(p.day for p in s.letters) for s in ordered if s.letters)
    return tuple(replace(s, closed=_closing(s, firsts)) for s in ordered)


def _closing(story: Story, firsts: Sequence[str]) -> str | None:
    """The first of the days after the story's last letter, which is none of its own."""
    after = bisect_right(firsts, max((p.day for p in story.letters), default=story.opened))
    return firsts[after] if after < len(firsts) else None
