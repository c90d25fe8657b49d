"""Publications that always stay together (units), and the groups of units that become stories. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from monitor.model import Kind
from monitor.stories import rules
from monitor.stories.item import StoryItem
from monitor.stories.rules import SAME_DOCUMENT, Link

Links = Mapping[str, Link]
"""Links by the names of the items."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction by hand for two publications, by their names: `together` is True if they belong together, False if
    `one` was split from the story of the `other`."""

    one: str
    other: str
    together: bool


@dataclass
class Unit:
    """An agenda item with its minutes and documents, what a person joined, or one piece by itself, whole before it is
    asked for anything. `apart` names the pieces that a person parted it from; `split`: it was taken out of a story, so
    it may have one of its own; `bound` names those of its pieces that a person joined to another."""

    pieces: list[StoryItem]
    apart: set[str] = field(default_factory=set)
    split: bool = False
    bound: set[str] = field(default_factory=set)

    @cached_property
    def names(self) -> set[str]:
        """The names of its pieces."""
        return {p.name for p in self.pieces}

    @cached_property
    def letters(self) -> list[StoryItem]:
        """Ofsted's own letters in it."""
        return [p for p in self.pieces if p.letter]

    @cached_property
    def kinds(self) -> set[str]:
        """The kinds that it is said to be of. An agenda item's word counts before its minutes', which recall more."""
        said = {p.kind for p in self.pieces if p.kind and p.record == Kind.ITEM}
        return said or {p.kind for p in self.pieces if p.kind}

    @cached_property
    def items(self) -> Counter[str]:
        """How many of its pieces are of each agenda item."""
        return Counter(p.item for p in self.pieces if p.item)

    @cached_property
    def visits(self) -> set[tuple[str, str]]:
        """All visits that its pieces state."""
        return {visit for p in self.pieces for visit in p.visits}

    @cached_property
    def order(self) -> tuple[str, bool, str]:
        """Where it stands in the order of publication."""
        return min(p.order for p in self.pieces)


@dataclass
class Group:
    """A story in the making: its units, the links of those that were joined to it, and what all of them state."""

    units: list[Unit] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)
    letters: list[StoryItem] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    visits: set[tuple[str, str]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)

    @property
    def pieces(self) -> list[StoryItem]:
        """All its items, in the order of publication."""
        return sorted((p for u in self.units for p in u.pieces), key=lambda p: p.order)

    def refuses(self, unit: Unit) -> bool:
        """Whether a person has parted them."""
        return bool(unit.apart & self.names or self.apart & unit.names)

    def add(self, unit: Unit, links: Links) -> None:
        """Take a unit in; a piece without a link of its own came with the others of its unit."""
        self.units.append(unit)
        self.letters += unit.letters
        self.kinds |= unit.kinds
        self.visits |= unit.visits
        self.names |= unit.names
        self.apart |= unit.apart
        self.links |= {p.name: _link(p, unit, links) for p in unit.pieces}


def units(pieces: Sequence[StoryItem], hands: Sequence[Correction]) -> list[Unit]:
    """Pieces that go together, in the order of publication."""
    roots = _roots(pieces, hands)
    found: dict[str, Unit] = {}
    for piece in sorted(pieces, key=lambda p: p.order):
        found.setdefault(roots[piece.name], Unit([])).pieces.append(piece)
    of = {name: found[root] for name, root in roots.items()}
    for hand in hands:
        _mark(hand, of.get(hand.one), of.get(hand.other))
    return sorted(found.values(), key=lambda u: u.order)


def _mark(hand: Correction, one: Unit | None, other: Unit | None) -> None:
    """Note at the units of two pieces what a person said of them."""
    if one and hand.together:
        one.bound.add(hand.one)
    elif one:
        one.split = True
        one.apart.add(hand.other)
    if other and other is not one and not hand.together:
        other.apart.add(hand.one)


def _roots(pieces: Sequence[StoryItem], hands: Sequence[Correction]) -> dict[str, str]:
    """For each piece the name that stands for all that it goes together with."""
    parent = {p.name: p.name for p in pieces}
    for one, other in _together(pieces, hands):
        if one in parent and other in parent:
            parent[_top(parent, one)] = _top(parent, other)
    return {name: _top(parent, name) for name in parent}


def _top(parent: dict[str, str], name: str) -> str:
    """Follow a name to the one that stands for it, and shorten the way for the next time."""
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _together(pieces: Iterable[StoryItem], hands: Iterable[Correction]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for piece in pieces:
        if piece.item:
            yield first.setdefault(piece.item, piece.name), piece.name
    yield from ((h.one, h.other) for h in hands if h.together)


def to_letters(unit: Unit, letters: Iterable[StoryItem]) -> Links | None:
    """How a unit's pieces fit the letters of a story; None where they do not, or too little."""
    found: dict[str, Link] = {}
    for letter in letters:
        links = {p.name: link for p in unit.pieces if (link := rules.fits(p, letter))}
        barred = not all(rules.kinds_agree(kind, letter.kind) for kind in unit.kinds)
        if not barred or SAME_DOCUMENT in links.values():
            found = _better(found, links)
    return _enough(found, rules.MIN_POINTS_FOR_LETTER)


def to_pages(unit: Unit, group: Group, near: Mapping[str, Iterable[StoryItem]]) -> Links | None:
    """How a unit's pieces are like the pages of a story; None where they are not, or something bars them. `near` has
    the pages that each piece (by its name) can be most like."""
    if _barred(unit, group):
        return None
    best: dict[str, Link] = {}
    for piece in unit.pieces:
        links = (link for page in near.get(piece.name, ()) if (link := rules.alike(piece, page)))
        if link := max(links, key=lambda found: found.score, default=None):
            best[piece.name] = link
    return _enough(best, rules.MIN_POINTS_WITHOUT_LETTER)


def _barred(unit: Unit, group: Group) -> bool:
    """Whether a story is of another kind, of another letter, or of other days on site."""
    if not all(rules.kinds_agree(a, b) for a, b in product(unit.kinds, group.kinds)):
        return True
    if any(not any(rules.can_fit(p, letter) for p in unit.pieces) for letter in group.letters):
        return True
    pairs = product(unit.visits, group.visits)
    return bool(unit.visits and group.visits) and all(rules.days_apart(a, b) > rules.SAME_VISIT_DAYS for a, b in pairs)


def _better(one: Links, other: Links) -> dict[str, Link]:
    """The higher link of each item."""
    both = {**one, **other}
    return {n: max((x[n] for x in (one, other) if n in x), key=lambda link: link.score) for n in both}


def _enough(links: dict[str, Link], least: int) -> Links | None:
    """The links with enough points, if at least one has."""
    return {name: link for name, link in links.items() if link.score >= least} or None


def _link(piece: StoryItem, unit: Unit, links: Links) -> Link:
    """A piece's own link; one without came with the others of its unit."""
    if piece.name in unit.bound:
        return Link("joined by hand", rules.CERTAIN_SCORE)
    if piece.letter:
        return links.get(piece.name, Link("Ofsted's letter", rules.CERTAIN_SCORE))
    same = piece.item is not None and unit.items[piece.item] > 1
    return links.get(piece.name, Link("the same agenda item" if same else "joined by hand", rules.CERTAIN_SCORE))
