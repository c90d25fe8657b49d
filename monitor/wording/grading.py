"""Judgements in words: the areas' printable names, a line for each, and how many moved. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.model import Change, Direction, Event
from monitor.model.areas import ADOPTION, BOARD, CARE_LEAVERS, COMBINED, IN_CARE, LEADERS, OVERALL, PROTECTION, order
from monitor.model.payloads import ReportPayload
from monitor.wording.dates import year
from monitor.wording.text import count, lower_first, one_line, upper_first

AREAS = {
    OVERALL: "Overall effectiveness",
    LEADERS: "Impact of leaders on social work practice",
    PROTECTION: "Help and protection",
    IN_CARE: "Children in care",
    CARE_LEAVERS: "Care leavers",
    COMBINED: "Children in care and care leavers",
    ADOPTION: "Adoption performance",
    BOARD: "Local Safeguarding Children Board",
}
SIF_AREAS = {LEADERS: "Leadership, management and governance", IN_CARE: "Looked after and achieving permanence"}
"""What SIF judged under the names that ILACS uses for something else."""

SEND_OUTCOMES = {
    1: "typically positive experiences and outcomes",
    2: "inconsistent experiences and outcomes",
    3: "widespread and/or systemic failings",
}
"""The three outcomes of area SEND inspections since January 2023."""

ARROWS = {"improved": "↑", "declined": "↓"}
MOST_LINES = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One judgement: "Help and protection", "Inadequate, declined from Good ↓". `moved`: it differs from the one
    before; `key` is the area's field name; `cells` are its rows in a table where it tells of several areas."""

    area: str
    text: str
    direction: Direction | None
    moved: bool = False
    key: str = ""
    cells: tuple[tuple[str, str, bool], ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, str, bool], ...]:
        """The line as rows of a table, each an area, what is said of it, and whether it moved."""
        return self.cells or ((self.area, self.text, self.moved),)

    def __str__(self) -> str:
        return f"{self.area}: {self.text}"


def lines(event: Event) -> tuple[Line, ...]:
    """A line for each judgement that the event's report makes or no longer makes, in Ofsted's order. The first
    separate judgements of care stand in one line with the joint one before them."""
    known = {c.area: c for c in event.changes}
    news = event.kind == "report.published" and event.after_as(ReportPayload).archive is None
    made = judgements(event.after_as(ReportPayload)) if news else {}
    areas = sorted({*known, *made}, key=order)[:MOST_LINES]
    separate = [known[a] for a in areas if a in known and known[a].direction == "first_separate"]
    return tuple(_lines(event, areas, known, made, separate))


def _lines(
    event: Event, areas: Sequence[str], known: Mapping[str, Change], made: Mapping[str, str], separate: Sequence[Change]
) -> Iterator[Line]:
    after = event.after_as(ReportPayload)
    for area in areas:
        change = known.get(area)
        if change is None:
            yield Line(area_name(area, after.kind), grade(made[area]), None, key=area)
        elif separate and change is separate[0]:
            yield _separate_line(event, separate)
        elif change not in separate and not (separate and area == COMBINED):
            text = _told(event, change)
            yield Line(area_name(area, after.kind), text, change.direction, change.moved, area)


def _separate_line(event: Event, separate: Sequence[Change]) -> Line:
    """ "Children in care: Good; care leavers: Outstanding; judged together in 2020: Requires improvement"."""
    first, *rest = separate
    when = year(event.before_as(ReportPayload).published)
    told = [grade(first.after), *(f"{lower_first(AREAS[c.area])}: {grade(c.after)}" for c in rest)]
    together = f"judged together{f' in {when}' if when else ' before'}: {grade(first.before)}"
    cells = tuple((AREAS[c.area], f"{grade(c.after)}; {together}", c.moved) for c in separate)
    moved = any(c.moved for c in separate)
    return Line(AREAS[first.area], "; ".join([*told, together]), "first_separate", moved, first.area, cells)


def judgements(known: ReportPayload) -> dict[str, str]:
    """The judgements of a report; empty where there are none."""
    return {area: found for area, found in known.judgements.items() if found}


def area_name(area: str, kind: str | None = None) -> str:
    """An area's printable name, as the framework of a kind of report has it."""
    named = SIF_AREAS if kind == "sif" else {}
    return named.get(area) or AREAS.get(area) or upper_first(one_line(area.replace("_", " "), 80))


def short_name(area: str, kind: str | None) -> str:
    """An area's name inside a headline: "impact of leaders", "children in care"."""
    name = area_name(area, kind).removesuffix(" on social work practice")
    return name if area == BOARD else lower_first(name)


def within(area: str, kind: str | None = None) -> str:
    """An area's name inside a sentence: "the impact of leaders", "children in care"."""
    name = short_name(area, kind)
    return f"the {name}" if area == BOARD or name.startswith("impact ") else name


def grade(value: object) -> str:
    """A grade with a capital: "Requires improvement"."""
    return upper_first(one_line(value, 60))


def tally(found: Sequence[Change]) -> str:
    """How many judgements moved and which way: "1 judgement improved and 2 judgements declined"; empty if none did."""
    ways = {way: sum(c.direction == way for c in found) for way in ("improved", "declined")}
    return " and ".join(f"{count(number, 'judgement')} {way}" for way, number in ways.items() if number)


def _told(event: Event, change: Change) -> str:
    before, after = grade(change.before), grade(change.after)
    if event.kind == "report.replaced":
        return f"now {after or 'not judged'} (the earlier document said {before or 'nothing'})"
    if change.direction in ARROWS:
        return f"{after}, {change.direction} from {before} {ARROWS[change.direction]}"
    if change.direction == "same":
        return f"{after or before}, as before"
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
    return " (not judged this way before)" if judgements(event.before_as(ReportPayload)) else ""
