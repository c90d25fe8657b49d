"""A story for a reader: its time line, and where its sources differ. Nothing is settled here. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Any

from monitor.model import KINDS, Fact
from monitor.model.sources import SOURCES, kind_of
from monitor.stories import days as story_days
from monitor.stories import rules as story_rules
from monitor.stories.arranging import Member, Story
from monitor.stories.item import StoryItem

Said = tuple[Any, StoryItem, Fact]
"""A value that can be compared, who says it, and in which words."""


def as_json(story: Story) -> dict[str, Any]:
    """A story with its time line and its conflicts."""
    return {
        "id": story.id,
        "urn": story.urn,
        "kind": story.kind,
        "opened": story.opened or None,
        "closed": story.closed,
        "timeline": [_entry(m) for m in sorted(story.members, key=lambda m: (m.piece.day or "9999", m.piece.order))],
        "conflicts": conflicts(story),
    }


def loose(pieces: Iterable[StoryItem]) -> dict[str, Any]:
    """The pages that are in no story, in the form of one without a name."""
    why = story_rules.Link("speaks of no letter that is known, nor clearly of another", 0)
    ordered = sorted(pieces, key=lambda p: (p.day or "9999", p.order))
    return {"id": None, "timeline": [_entry(Member(p, why)) for p in ordered], "conflicts": []}


def _entry(member: Member) -> dict[str, Any]:
    piece = member.piece
    return {
        "date": piece.day or None,
        "what": KINDS[piece.record].in_story,
        "source": source_name(piece),
        "title": piece.title,
        "url": piece.url,
        "piece": piece.name,
        "reason": member.link.reason,
        "score": member.link.score,
    }


def source_name(piece: StoryItem) -> str:
    """Who says it: Ofsted, a committee by its name, a paper as the configuration calls it, the council."""
    row = SOURCES.get(kind_of(piece.source))
    return piece.place or (row and row.speaker) or piece.target


def conflicts(story: Story) -> list[dict[str, Any]]:
    """Facts of which a story's sources give values that cannot all be true: [{"field", "values": [{"value", "source",
    "url", "quote"}]}]. A visit of one day within another's days, a year beside a month, are no conflict."""
    pieces = [m.piece for m in story.members]
    found = {
        "visit_dates": _visits(pieces),
        "letter_date": _letter_days(pieces),
        "judgement_previous": _earlier(pieces),
    }
    return [{"field": field, "values": _shown(said)} for field, said in found.items() if _differ(field, said)]


def _shown(said: Sequence[Said]) -> list[dict[str, Any]]:
    return [
        {"value": f.value, "source": source_name(piece), "url": piece.url, "quote": f.quote} for _, piece, f in said
    ]


def _differ(field: str, said: Sequence[Said]) -> bool:
    """Whether two sources agree in none of what they say; one source may say several things."""
    by_source: dict[str, list[Any]] = {}
    for value, piece, _ in said:
        by_source.setdefault(piece.name, []).append(value)
    return any(not any(_agree(field, a, b) for a, b in product(x, y)) for x, y in combinations(by_source.values(), 2))


def _agree(field: str, one: Any, other: Any) -> bool:
    if field == "visit_dates":
        return _same_visit(one, other)
    return _same_earlier(one, other) if field == "judgement_previous" else bool(one == other)


def _same_visit(one: story_days.Visit, other: story_days.Visit) -> bool:
    """Whether one account only says less than the other."""
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


def _same_earlier(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Another grade is another inspection; the same grade is one, if a year does not contradict a month."""
    return one[0] != other[0] or one[1].startswith(other[1]) or other[1].startswith(one[1])


def _stated(pieces: Iterable[StoryItem], field: str) -> Iterator[tuple[StoryItem, Fact]]:
    yield from ((p, f) for p in pieces for f in p.facts if f.field == field)


def _visits(pieces: Sequence[StoryItem]) -> list[Said]:
    """The visit that the story is about, as each source dates it; earlier visits that it recalls are not it."""
    said = [(story_days.visit_of(f.value, p.published), p, f) for p, f in _stated(pieces, "visit_dates")]
    known = [(visit, p, f) for visit, p, f in said if visit]
    main = _main([(visit, p) for visit, p, _ in known])
    return [s for s in known if main and story_rules.days_apart(s[0], main) <= story_rules.NEAR]


def _letter_days(pieces: Sequence[StoryItem]) -> list[Said]:
    """The date of the letter, as each source gives it. What is dated and what is published may differ by days."""
    said = [(story_days.day_of(f.value, p.published), p, f) for p, f in _stated(pieces, "letter_date")]
    known = [(day, p, f) for day, p, f in said if day]
    main = _main([(day, p) for day, p, _ in known])
    return [s for s in known if abs(story_rules.days_between(main, s[0]) or 0) <= story_rules.LATER]


def _main(values: Sequence[tuple[Any, StoryItem]]) -> Any:
    """Ofsted's value, else what most say, else what was said first."""
    own = next((value for value, piece in values if piece.letter), None)
    said = [value for value, _ in values]
    return own or max(said, key=lambda v: (said.count(v), -said.index(v)), default=None)


def _earlier(pieces: Sequence[StoryItem]) -> list[Said]:
    """The earlier judgement that each source recalls, where it says when."""
    said = [(_when(f.value), p, f) for p, f in _stated(pieces, "judgement_previous") if isinstance(f.value, dict)]
    return [(value, p, f) for value, p, f in said if value[1]]


def _when(value: dict[str, Any]) -> tuple[str, str]:
    return str(value.get("grade", "")).casefold(), str(value.get("date") or value.get("year") or "")
