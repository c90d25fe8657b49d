"""Pieces that cannot be parted, and the groups that they make: stories before they have a name. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.model import Kind
from monitor.stories import rules
from monitor.stories.item import StoryItem
from monitor.stories.rules import SAME_DOCUMENT, Link

Links = Mapping[str, Link]
"""Links by the names of the pieces."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said of two pieces, by their names: that they belong together, or that `one` was split from
    the story that had the `other`."""

    one: str
    other: str
    together: bool


@dataclass(slots=True)
class Unit:
    """An agenda item with its minutes and documents, what a person joined, or one piece by itself. `apart` names
    the pieces that a person parted it from; `split`: it was taken out of a story, so it may have one of its own;
    `bound` names those of its pieces that a person joined to another."""

    pieces: list[StoryItem]
    apart: set[str] = field(default_factory=set)
    split: bool = False
    bound: set[str] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        """The names of its pieces."""
        return {p.name for p in self.pieces}

    @property
    def letters(self) -> list[StoryItem]:
        """Ofsted's own letters in it."""
        return [p for p in self.pieces if p.letter]

    @property
    def kinds(self) -> set[str]:
        """The kinds that it is said to be of. An agenda item's own word counts before its minutes', which recall
        earlier visits too."""
        said = {p.kind for p in self.pieces if p.kind and p.record == Kind.ITEM}
        return said or {p.kind for p in self.pieces if p.kind}

    @property
    def order(self) -> tuple[str, bool, str]:
        """Where it stands in the order of publication."""
        return min(p.order for p in self.pieces)


@dataclass(slots=True)
class Group:
    """A story in the making: its units, and the links of those that were joined to it."""

    units: list[Unit]
    links: dict[str, Link] = field(default_factory=dict)

    @property
    def pieces(self) -> list[StoryItem]:
        """All its pieces, in the order of publication."""
        return sorted((p for u in self.units for p in u.pieces), key=lambda p: p.order)

    @property
    def letters(self) -> list[StoryItem]:
        """Ofsted's own letters in it."""
        return [p for u in self.units for p in u.letters]

    @property
    def pages(self) -> list[StoryItem]:
        """All that is not Ofsted's own."""
        return [p for u in self.units for p in u.pieces if not p.letter]

    def refuses(self, unit: Unit) -> bool:
        """Whether a person has parted them."""
        return any(unit.apart & u.names or u.apart & unit.names for u in self.units)

    def add(self, unit: Unit, links: Links) -> None:
        """Take a unit in; a piece without a link of its own came with the others of its unit."""
        self.units.append(unit)
        self.links |= {p.name: _link(p, unit, links) for p in unit.pieces}


def units(pieces: Sequence[StoryItem], hands: Sequence[Correction]) -> list[Unit]:
    """Pieces that go together, in the order of publication."""
    roots = _roots(pieces, hands)
    found: dict[str, Unit] = {}
    for piece in sorted(pieces, key=lambda p: p.order):
        found.setdefault(roots[piece.name], Unit([])).pieces.append(piece)
    for unit in found.values():
        unit.apart = {n for hand in hands if not hand.together for n in _parted(hand, unit.names)}
        unit.bound = {hand.one for hand in hands if hand.together and hand.one in unit.names}
        unit.split = any(not hand.together and hand.one in unit.names for hand in hands)
    return sorted(found.values(), key=lambda u: u.order)


def _roots(pieces: Sequence[StoryItem], hands: Sequence[Correction]) -> dict[str, str]:
    """For each piece the name that stands for all that it goes together with."""
    root = {p.name: p.name for p in pieces}
    for one, other in _together(pieces, hands):
        if one in root and other in root and root[one] != root[other]:
            keep, lose = sorted((root[one], root[other]))
            root = {name: keep if r == lose else r for name, r in root.items()}
    return root


def _together(pieces: Iterable[StoryItem], hands: Iterable[Correction]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for piece in pieces:
        if piece.item:
            yield first.setdefault(piece.item, piece.name), piece.name
    yield from ((h.one, h.other) for h in hands if h.together)


def _parted(hand: Correction, names: set[str]) -> set[str]:
    """The piece that a person parted from one of these."""
    if hand.one in names:
        return {hand.other}
    return {hand.one} if hand.other in names else set()


def to_letter(unit: Unit, group: Group) -> Links | None:
    """How a unit's pieces fit the letters of a story; None where they do not, or too little."""
    found: dict[str, Link] = {}
    for letter in group.letters:
        links = {p.name: link for p in unit.pieces if (link := rules.fits(p, letter))}
        barred = not all(rules.kinds_agree(kind, letter.kind) for kind in unit.kinds)
        if not barred or SAME_DOCUMENT in links.values():
            found = _better(found, links)
    return _enough(found, rules.JOIN)


def to_pages(unit: Unit, group: Group) -> Links | None:
    """How a unit's pieces are like the pages of a story; None where they are not, or something bars them."""
    if _barred(unit, group):
        return None
    found: dict[str, Link] = {}
    for page in group.pages:
        found = _better(found, {p.name: link for p in unit.pieces if (link := rules.alike(p, page))})
    return _enough(found, rules.ALIKE)


def _barred(unit: Unit, group: Group) -> bool:
    """Whether a story is of another kind, of another letter, or of other days on site."""
    if not all(rules.kinds_agree(a, b) for a in unit.kinds for u in group.units for b in u.kinds):
        return True
    if any(all(rules.fits(p, letter) is None for p in unit.pieces) for letter in group.letters):
        return True
    gaps = [rules.visits_apart(p, other) for p in unit.pieces for other in group.pieces]
    known = [gap for gap in gaps if gap is not None]
    return bool(known) and min(known) > rules.NEAR


def _better(one: Links, other: Links) -> dict[str, Link]:
    """The higher link of each piece."""
    both = {**one, **other}
    return {n: max((x[n] for x in (one, other) if n in x), key=lambda link: link.score) for n in both}


def _enough(links: dict[str, Link], least: int) -> Links | None:
    """The links that carry, where at least one does."""
    return {name: link for name, link in links.items() if link.score >= least} or None


def _link(piece: StoryItem, unit: Unit, links: Links) -> Link:
    """A piece's own link; one without came with the others of its unit."""
    if piece.name in unit.bound:
        return Link("joined by hand", rules.SURE)
    if piece.letter:
        return links.get(piece.name, Link("Ofsted's letter", rules.SURE))
    same = any(p.item == piece.item for p in unit.pieces if p is not piece and piece.item)
    return links.get(piece.name, Link("the same agenda item" if same else "joined by hand", rules.SURE))
