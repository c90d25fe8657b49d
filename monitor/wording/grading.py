"""Judgements in words: the areas' printable names, a line for each, and what moved in one phrase. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from monitor.model import Change, Direction, Event
from monitor.wording.text import count, one_line

AREAS = {
    "overall_effectiveness": "Overall effectiveness",
    "impact_of_leaders": "Impact of leaders on social work practice",
    "help_and_protection": "Help and protection",
    "in_care": "Children in care",
    "care_leavers": "Care leavers",
    "in_care_and_care_leavers": "Children in care and care leavers",
    "adoption_performance": "Adoption performance",
    "lscb": "Local Safeguarding Children Board",
}
"""In the order of Ofsted's own table. The combined care judgement ended on 31 December 2022, overall
effectiveness on 31 March 2026; adoption and the board were judged under SIF (2013 to 2018)."""

SIF_AREAS = {
    "impact_of_leaders": "Leadership, management and governance",
    "in_care": "Looked after and achieving permanence",
}
"""What SIF judged under the names that ILACS uses for something else."""

SEND_OUTCOMES = {
    1: "typically positive experiences and outcomes",
    2: "inconsistent experiences and outcomes",
    3: "widespread and/or systemic failings",
}
"""The three outcomes of area SEND inspections since January 2023."""

ARROWS = {"improved": "↑", "declined": "↓"}
SPLIT = {"in_care", "care_leavers"}
COMBINED = "in_care_and_care_leavers"
MOST_LINES = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One judgement: "Help and protection", "Good → Inadequate ↓"."""

    area: str
    text: str
    direction: Direction | None

    @property
    def moved(self) -> bool:
        """Whether it improved or declined."""
        return self.direction in ARROWS

    def __str__(self) -> str:
        return f"{self.area}: {self.text}"


def lines(event: Event) -> tuple[Line, ...]:
    """A line for each judgement that the event's report makes or no longer makes, in Ofsted's order."""
    known = {c.area: c for c in event.changes}
    news = event.kind == "report.published" and "archive" not in (event.after or {})
    made = judgements(event.after) if news else {}
    areas = sorted({*known, *made}, key=order)[:MOST_LINES]
    return tuple(
        Line(
            area_name(area, event.after),
            _moved(event, known[area]) if area in known else grade(made[area]),
            known[area].direction if area in known else None,
        )
        for area in areas
    )


def judgements(facts: dict[str, Any] | None) -> dict[str, Any]:
    """The judgements in an event's `before` or `after`; empty where there are none."""
    found = (facts or {}).get("judgements")
    return {k: v for k, v in found.items() if v} if isinstance(found, dict) else {}


def area_name(area: str, facts: dict[str, Any] | None) -> str:
    """An area's printable name, as its framework has it."""
    named = SIF_AREAS if (facts or {}).get("kind") == "sif" else {}
    plain = one_line(area.replace("_", " "), 80)
    return named.get(area) or AREAS.get(area) or plain[:1].upper() + plain[1:]


def grade(value: object) -> str:
    """A grade with a capital: "Requires improvement"."""
    word = one_line(value, 60)
    return word[:1].upper() + word[1:]


def gist(found: Sequence[Line]) -> str:
    """What moved, in one phrase: "Overall effectiveness Good → Inadequate ↓, 2 more moved"."""
    moved = [x for x in found if x.moved]
    if not moved:
        return "no judgement moved" if any(x.direction == "same" for x in found) else _standing(found)
    rest = f", {len(moved) - 1} more moved" if len(moved) > 1 else ""
    return f"{moved[0].area} {moved[0].text}{rest}"


def tally(found: Sequence[Line]) -> str:
    """How many judgements moved and which way: "1 judgement improved, 2 declined"; empty if none did."""
    up, down = (sum(x.direction == way for x in found) for way in ("improved", "declined"))
    if not up:
        return f"{count(down, 'judgement')} declined" if down else ""
    return f"{count(up, 'judgement')} improved" + (f", {down} declined" if down else "")


def _standing(found: Sequence[Line]) -> str:
    standing = next((x for x in found if x.direction != "no_longer_judged"), None)
    return f"{standing.area} {standing.text}" if standing else ""


def order(area: str) -> tuple[int, str]:
    """A key that sorts areas as Ofsted's table has them, unknown ones last."""
    names = list(AREAS)
    return (names.index(area) if area in AREAS else len(names), area)


def _moved(event: Event, change: Change) -> str:
    before, after = grade(change.before), grade(change.after)
    if event.kind == "report.replaced":
        return f"now {after or 'not judged'} (the earlier document said {before or 'nothing'})"
    if change.direction in ARROWS:
        return f"{before} → {after} {ARROWS[change.direction]}"
    if change.direction == "same":
        return f"{after or before} ="
    if change.direction == "no_longer_judged":
        together = " together" if change.area == COMBINED else ""
        return f"no longer judged{together} (was {before})"
    return after + _novelty(event, change)


def _novelty(event: Event, change: Change) -> str:
    """Why a new judgement has nothing to be compared with."""
    if change.before == "not judged":
        return " (not judged before)"
    if change.before:
        return f" (was {grade(change.before)}, on another scale)"
    earlier = judgements(event.before)
    if change.area in SPLIT and (COMBINED in earlier or any(c.area == COMBINED for c in event.changes)):
        return " (first judged separately)"
    return " (not judged this way before)" if earlier else ""
