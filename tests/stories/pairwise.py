"""Joining as the rules say it, each unit held against every page of every story: what the quick way is measured by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from monitor.stories import rules
from monitor.stories.arranging import SECOND, Arranged, Story, _afterthought, _clear, _story
from monitor.stories.item import StoryItem
from monitor.stories.units import Correction, Group, Links, Unit, to_letters, units

Rule = Callable[[Unit, Group], Links | None]


def arrange(pieces: Sequence[StoryItem], hands: Sequence[Correction] = (), openers: Collection[str] = ()) -> Arranged:
    """The stories of one council's pieces, every pair looked at."""
    found = units(pieces, hands)
    groups = _of_letters(u for u in found if u.letters)
    rest = [u for u in found if not u.letters and not _joined(u, groups, _to_letter)]
    vague = [u for u in rest if not (_joined(u, groups, _to_pages) or _opened(u, groups))]
    loose = [u for u in vague if not _joined(u, groups, _to_pages)]
    joined_to = {hand.other for hand in hands if hand.together}
    stories = [_story(group, openers, joined_to) for group in groups]
    return Arranged(_closed(stories), tuple(p for u in loose for p in u.pieces))


def _of_letters(letters: Iterable[Unit]) -> list[Group]:
    groups: list[Group] = []
    for unit in letters:
        same = next((g for g in groups if not _refuses(g, unit) and _same(unit, g)), None)
        if same is None:
            groups.append(_begun(unit))
        else:
            same.add(unit, {p.name: SECOND for p in unit.letters})
    return groups


def _same(unit: Unit, group: Group) -> bool:
    return any(_same_inspection(a, b) for a in unit.letters for b in group.letters)


def _same_inspection(one: StoryItem, other: StoryItem) -> bool:
    """Whether two of Ofsted's publications are of one inspection: a re-issue under another id."""
    same_document = bool(one.sha256) and one.sha256 == other.sha256
    return same_document or (one.kind == other.kind and bool(one.visits) and one.visits == other.visits)


def _closed(stories: Iterable[Story]) -> tuple[Story, ...]:
    ordered = sorted(stories, key=lambda s: (s.opened, s.id))
    return tuple(replace(s, closed=_closing(s, ordered)) for s in ordered)


def _closing(story: Story, others: Iterable[Story]) -> str | None:
    last = max((p.day for p in story.letters), default=story.opened)
    firsts = [min(p.day for p in s.letters) for s in others if s is not story and s.letters]
    return min((day for day in firsts if day > last), default=None)


def _begun(unit: Unit) -> Group:
    group = Group()
    group.add(unit, to_letters(Unit([p for p in unit.pieces if not p.letter]), unit.letters) or {})
    return group


def _refuses(group: Group, unit: Unit) -> bool:
    return any(unit.apart & u.names or u.apart & unit.names for u in group.units)


def _joined(unit: Unit, groups: Iterable[Group], rule: Rule) -> bool:
    offers = [(links, g) for g in groups if not _refuses(g, unit) and (links := rule(unit, g))]
    if not offers:
        return False
    links, group = max(offers, key=lambda o: (max(x.score for x in o[0].values()), o[1].units[0].order))
    group.add(unit, links)
    return True


def _opened(unit: Unit, groups: list[Group]) -> bool:
    letters = [x for g in groups for u in g.units for x in u.letters]
    if not (unit.split or any(_clear(p) and not _afterthought(p, letters) for p in unit.pieces)):
        return False
    groups.append(_begun(unit))
    return True


def _to_letter(unit: Unit, group: Group) -> Links | None:
    return to_letters(unit, [x for u in group.units for x in u.letters])


def _to_pages(unit: Unit, group: Group) -> Links | None:
    members = [p for u in group.units for p in u.pieces]
    letters, pages = [p for p in members if p.letter], [p for p in members if not p.letter]
    if not all(rules.kinds_agree(a, b) for a in unit.kinds for u in group.units for b in u.kinds):
        return None
    if any(all(rules.fits(p, letter) is None for p in unit.pieces) for letter in letters):
        return None
    gaps = [rules.visits_apart(p, other) for p in unit.pieces for other in members]
    known = [gap for gap in gaps if gap is not None]
    if known and min(known) > rules.SAME_VISIT_DAYS:
        return None
    best = {}
    for piece in unit.pieces:
        links = [link for page in pages if (link := rules.alike(piece, page))]
        if links:
            best[piece.name] = max(links, key=lambda link: link.score)
    return {name: link for name, link in best.items() if link.score >= rules.MIN_POINTS_WITHOUT_LETTER} or None
