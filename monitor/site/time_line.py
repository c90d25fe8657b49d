"""A council's years as a picture: inspections, visits, joint and SEND inspections, notices and committee dates, each on
a line of its own, as SVG geometry. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 2013
WIDTH, LEFT, RIGHT = 760, 128, 14
"""Units of the picture: its width, and what is left free of the axis for the names of the lanes."""
LANE, TOP, FOOT = 34, 10, 26
MARK_GAP = 13
"""Marks of one lane that lie closer than this are set apart, so that each can be seen and pressed."""

LANES = {
    "full": "Inspections",
    "visit": "Visits",
    "jtai": "Joint (JTAI)",
    "send": "Area SEND",
    "notice": "Notices",
    "meeting": "Committees",
}
KIND_LANES = {
    "ilacs": "full",
    "sif": "full",
    "focused_visit": "visit",
    "monitoring_visit": "visit",
    "looked_after": "visit",
    "jtai": "jtai",
    "area_send": "send",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something on a day (ISO 8601). `css` and `letter` show a grade; `href` is where it leads, below the site's
    root, or an address of elsewhere where `outside`."""

    lane: str
    day: str
    label: str
    href: str = ""
    css: str = ""
    letter: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A happening at its place."""

    what: Happening
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The picture: its height, the lanes with their heights, the years with their places, and the marks."""

    height: int
    lanes: tuple[tuple[str, float], ...]
    years: tuple[tuple[int, float], ...]
    marks: tuple[Mark, ...]
    today: float


def drawn(happenings: Iterable[Happening], today: str) -> TimeLine:
    """The picture of what happened from 2013 on. A lane on which nothing lies is left out."""
    known = [h for h in happenings if h.day[:4].isdigit() and int(h.day[:4]) >= FIRST_YEAR]
    lanes = [lane for lane in LANES if any(h.lane == lane for h in known)] or ["full"]
    last = max([int(today[:4]), *(int(h.day[:4]) for h in known)]) + 1
    heights = {lane: TOP + LANE * n + LANE / 2 for n, lane in enumerate(lanes)}
    marks = [m for lane in lanes for m in _marks([h for h in known if h.lane == lane], heights[lane], last)]
    return TimeLine(
        TOP + LANE * len(lanes) + FOOT,
        tuple((LANES[lane], heights[lane]) for lane in lanes),
        tuple((year, _x(f"{year}-01-01", last)) for year in range(FIRST_YEAR, last + 1)),
        tuple(marks),
        _x(today, last),
    )


def _marks(happenings: Sequence[Happening], y: float, last: int) -> Iterable[Mark]:
    """The marks of one lane, from left to right, none on top of another and none beyond the right edge."""
    ordered = sorted(happenings, key=lambda h: h.day)
    places = [_x(h.day, last) for h in ordered]
    for n in range(1, len(places)):
        places[n] = max(places[n], places[n - 1] + MARK_GAP)
    edge: float = WIDTH - MARK_GAP / 2
    for n in reversed(range(len(places))):
        places[n] = edge = min(places[n], edge)
        edge -= MARK_GAP
    return [Mark(h, round(x, 1), y) for h, x in zip(ordered, places, strict=True)]


def _x(day: str, last: int) -> float:
    found = date.fromisoformat(day[:10])
    share = (found - date(FIRST_YEAR, 1, 1)) / (date(last, 1, 1) - date(FIRST_YEAR, 1, 1))
    return round(LEFT + (WIDTH - LEFT - RIGHT) * share, 1)
