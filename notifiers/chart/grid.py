"""Lays out a council's judgements over the years as a table of areas and inspections. Pure.

The rows are the areas of the latest inspection's framework. SIF and ILACS share only overall effectiveness, so an
inspection under another framework shows nothing else. Care was one judgement until the end of 2022 and is two since;
the earlier one stands beside both rows. A cell says so if an inspection did not judge its area.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.model import Event
from monitor.model.areas import BOARD, COMBINED, IN_CARE, LEADERS, OVERALL, SPLIT, order
from monitor.model.payload_parts import JudgedBefore
from monitor.model.payloads import ReportPayload
from monitor.wording import grading
from monitor.wording.dates import month
from monitor.wording.text import one_line

GRADED = {"ilacs": "ILACS", "sif": "SIF"}
"""The frameworks whose inspections give grades, and their names for people."""
LEFT_OUT = {BOARD}
"""The table leaves out the safeguarding board, which is not the council."""
SHORT = {LEADERS: "Impact of leaders"}
SHORT_SIF = {LEADERS: "Leadership and governance", IN_CARE: "Looked after and permanence"}
MAX_AREAS, MAX_INSPECTIONS = 8, 5


@dataclass(frozen=True, slots=True)
class Column:
    """One inspection: the month of its report, its framework, and whether it is the one of the event."""

    when: str
    framework: str
    own: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """The result of an inspection for an area, or for `rows` areas from `row` on. `grade` is empty if the inspection
    did not judge the area, and `text` says why. `way` is "improved" or "declined" if the judgement moved. `beside` is
    True for areas that the inspection judged in another way than this table shows."""

    column: int
    row: int
    rows: int
    grade: str
    text: str
    way: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The table: names of areas, inspections with the oldest first, and a cell or part of one for each pair."""

    council: str
    areas: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]


def grid(event: Event) -> Grid | None:
    """Return the table for a graded report with earlier inspections; None if there is nothing to compare."""
    kind = event.after_as(ReportPayload).kind
    past = _inspections(event)
    if kind not in GRADED or len(past) < 2 or past[-1].kind != kind:
        return None
    areas = _areas([p for p in past if p.kind == kind])
    if not areas:
        return None
    columns = tuple(Column(month(p.published), GRADED[str(p.kind)], i == len(past)) for i, p in enumerate(past, 1))
    cells = tuple(c for i, p in enumerate(past) for c in _column(i, p, areas, kind))
    council = one_line(event.council, 60) or "Children's services"
    return Grid(council, tuple(_name(a, kind) for a in areas), columns, tuple(_told(event, areas, cells)))


def _inspections(event: Event) -> list[JudgedBefore]:
    history = event.after_as(ReportPayload).history
    return [past for past in history if past.kind in GRADED and past.judgements][-MAX_INSPECTIONS:]


def _areas(past: Sequence[JudgedBefore]) -> list[str]:
    """The rows: what any inspection under this framework judged, care in two where it ever was."""
    judged = {area for p in past for area in p.judgements} - LEFT_OUT
    if not judged.isdisjoint(SPLIT):
        judged = (judged - {COMBINED}) | set(SPLIT if COMBINED in judged else ())
    return sorted(judged, key=order)[:MAX_AREAS]


def _name(area: str, kind: str) -> str:
    short = SHORT_SIF if kind == "sif" else SHORT
    return short.get(area) or grading.area_name(area, kind)


def _column(index: int, past: JudgedBefore, areas: Sequence[str], kind: str) -> Iterator[Cell]:
    judged = past.judgements
    if past.kind != kind:
        yield from _other_framework(index, judged, areas, GRADED[str(past.kind)])
        return
    together = judged.get(COMBINED) if judged.keys().isdisjoint(SPLIT) else None
    for row, area in enumerate(areas):
        if together and area in SPLIT:
            if area == next(a for a in areas if a in SPLIT):
                yield _graded(index, row, sum(a in SPLIT for a in areas), together)
        else:
            yield _graded(index, row, 1, judged.get(area))


def _other_framework(index: int, judged: Mapping[str, str], areas: Sequence[str], name: str) -> Iterator[Cell]:
    shared = int(areas[0] == OVERALL)
    if shared:
        yield _graded(index, 0, 1, judged.get(OVERALL))
    if len(areas) > shared:
        yield Cell(index, shared, len(areas) - shared, "", f"{name} judged other areas", beside=True)


def _graded(column: int, row: int, rows: int, grade: object) -> Cell:
    word = one_line(grade, 40).lower()
    judged = word not in ("", "not judged")
    return Cell(column, row, rows, word if judged else "", grading.grade(word) if judged else "Not judged")


def _told(event: Event, areas: Sequence[str], cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells of the last inspection, with the way each judgement moved. One that Ofsted no longer makes says so."""
    told = event.changes if event.kind == "report.published" else ()  # those of a replaced one are corrections
    ways = {c.area: c.direction for c in told if c.direction in grading.ARROWS}
    last = cells[-1].column
    judged = {row for c in cells if c.grade and c.column < last for row in range(c.row, c.row + c.rows)}
    for cell in cells:
        if cell.column < last or cell.rows > 1 or cell.beside:
            yield cell
        elif cell.grade:
            yield replace(cell, way=ways.get(areas[cell.row], ""))
        else:
            yield replace(cell, text="No longer judged") if cell.row in judged else cell
