"""Shows a story to a reader: its time line, and the contradictions of its sources, which are never settled. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product
from typing import Any

from monitor.model import KINDS, Fact
from monitor.model.sources import SOURCES, kind_of
from monitor.stories import days as story_days
from monitor.stories import rules as story_rules
from monitor.stories.arranging import Member, Story
from monitor.stories.item import StoryItem

MOST_SHOWN = 20
"""Values of one field that are shown; each event of a story carries them."""
Said = tuple[Any, StoryItem, Fact]
"""A value that can be compared, who says it, and in which words."""


def as_json(story: Story) -> dict[str, Any]:
    """Return a story with its time line and its contradictions."""
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
    """Return the pages that are in no story, in the form of a story without a name."""
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
    """Return who says it: Ofsted, a committee by its name, a paper by its name in the configuration, or the council."""
    row = SOURCES.get(kind_of(piece.source))
    return piece.place or (row and row.speaker) or piece.target


def conflicts(story: Story) -> list[dict[str, Any]]:
    """Facts of which a story's sources give values that cannot all be true: [{"field", "values": [{"value", "source",
    "url", "quote"}]}], of many values `MOST_SHOWN`, and as "more" how many there are besides. A visit of one day within
    another's days, a year beside a month, are no conflict."""
    pieces = [m.piece for m in story.members]
    found = {
        "visit_dates": _visits(pieces),
        "letter_date": _letter_days(pieces),
        "judgement_previous": _earlier(pieces),
    }
    return [{"field": field, **_shown(said)} for field, said in found.items() if _differ(field, said)]


def _shown(said: Sequence[Said]) -> dict[str, Any]:
    """The values as they are shown; of many each different one comes before those that repeat it."""
    chosen = said if len(said) <= MOST_SHOWN else _different_first(said)[:MOST_SHOWN]
    values = [
        {"value": f.value, "source": source_name(piece), "url": piece.url, "quote": f.quote} for _, piece, f in chosen
    ]
    return {"values": values} | ({"more": len(said) - MOST_SHOWN} if len(said) > MOST_SHOWN else {})


def _different_first(said: Sequence[Said]) -> list[Said]:
    first: dict[Any, Said] = {}
    repeated = [one for one in said if first.setdefault(one[0], one) is not one]
    return [*first.values(), *repeated]


def _differ(field: str, said: Sequence[Said]) -> bool:
    """Whether two sources agree in none of what they say; one source may say several things."""
    by_source: dict[str, tuple[Any, ...]] = {}
    for value, piece, _ in said:
        by_source[piece.name] = (*by_source.get(piece.name, ()), value)
    different = dict.fromkeys(by_source.values())
    return any(not any(_agree(field, a, b) for a, b in product(x, y)) for x, y in combinations(different, 2))


def _agree(field: str, one: Any, other: Any) -> bool:
    if field == "visit_dates":
        return _same_visit(one, other)
    return _same_earlier(one, other) if field == "judgement_previous" else bool(one == other)


def _same_visit(one: story_days.Visit, other: story_days.Visit) -> bool:
    """True if one account only says less than the other."""
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


def _same_earlier(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Another grade is another inspection; the same grade is one, if a year does not contradict a month."""
    return one[0] != other[0] or one[1].startswith(other[1]) or other[1].startswith(one[1])


def _stated(pieces: Iterable[StoryItem], field: str, read: Callable[[Any, str | None], Any]) -> list[Said]:
    """What each source says by a fact. `read` makes what is compared of its value and the day of the page."""
    said = ((read(f.value, p.published), p, f) for p in pieces for f in p.facts if f.field == field)
    return [one for one in said if one[0]]


def _visits(pieces: Sequence[StoryItem]) -> list[Said]:
    """The visit of the story as each source dates it, without earlier visits that a source recalls."""
    known = _stated(pieces, "visit_dates", story_days.visit_of)
    main = _main(known)
    return [s for s in known if main and story_rules.days_apart(s[0], main) <= story_rules.SAME_VISIT_DAYS]


def _letter_days(pieces: Sequence[StoryItem]) -> list[Said]:
    """The date of the letter as each source gives it. Date and publication may be days apart."""
    known = _stated(pieces, "letter_date", story_days.day_of)
    main = _main(known)
    return [s for s in known if abs(story_rules.days_between(main, s[0]) or 0) <= story_rules.MAX_DAYS_TO_LETTER_DATE]


def _main(said: Sequence[Said]) -> Any:
    """Ofsted's value, else what most say, else what was said first."""
    own = next((value for value, piece, _ in said if piece.letter), None)
    return own or next((value for value, _ in Counter(value for value, *_ in said).most_common(1)), None)


def _earlier(pieces: Sequence[StoryItem]) -> list[Said]:
    """The earlier judgement that each source recalls, where it says when."""
    return _stated(pieces, "judgement_previous", _earlier_of)


def _earlier_of(value: Any, _: str | None) -> tuple[str, str] | None:
    """The grade and when it was given; None where that is not said."""
    when = str(value.get("date") or value.get("year") or "") if isinstance(value, dict) else ""
    return (str(value.get("grade", "")).casefold(), when) if when else None
