"""All sheets of the workbook, as plain values: what stands in each, without its looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from monitor.inspections.waits import group
from monitor.model.areas import AREAS
from monitor.model.letter import Inspection
from monitor.views import letter_sheets
from monitor.views import moves as moves_view
from monitor.views.council import CouncilView
from monitor.views.due import Due, due
from monitor.views.sector import Sector
from monitor.views.sheet import COUNCIL, Cell, Column, Sheet, Shown, sheet
from monitor.wording.dates import day
from monitor.wording.grading import area_name


def sheets(found: Sector, provider_url: Callable[[str], str], on: date) -> list[Sheet]:
    """All sheets, as of a day; `provider_url` makes the address of a council's page at Ofsted from its URN."""
    return [
        letter_sheets.latest(found, provider_url),
        letter_sheets.inspections(found.views),
        letter_sheets.visits(found.views),
        letter_sheets.send(found.views),
        letter_sheets.asked(found.views),
        letter_sheets.themes(found.views, on.year),
        _moves(found.views),
        _due(found.views, on),
    ]


def _moves(views: Sequence[CouncilView]) -> Sheet:
    about = (
        "Judgements that a full inspection moved. First separate: care judged apart for the first time, with another "
        "grade than the joint one before"
    )
    return sheet("moves", about, MOVES, moves_view.moves(views))


def _due(views: Sequence[CouncilView], on: date) -> Sheet:
    about = (
        f"Days since the last full inspection began, at {day(on)}. Facts, never a forecast; the rules: docs/waits.md"
    )
    return sheet("due", about, DUE, due(views, on), fixed=2)


def _last(heading: str, shown: Shown, value: Callable[[Inspection], Cell]) -> Column:
    """A column about the last full inspection; empty where none is known."""
    return Column(heading, shown, lambda one: value(one.wait.last_full) if one.wait.last_full else None)


def _monitored(found: Due) -> int | None:
    """The monitoring visits since; none are expected where the last inspection found no council inadequate."""
    return len(found.wait.after_inadequate.visits) if found.wait.after_inadequate else None


MOVES = (
    *COUNCIL,
    Column("Published", Shown.DAY, lambda one: one.published or None),
    Column("Judgement", Shown.PHRASE, lambda one: area_name(one.move.change.area, one.move.report.letter.kind)),
    Column("Before", Shown.GRADE, lambda one: one.move.change.before),
    Column("After", Shown.GRADE, lambda one: one.move.change.after),
    Column("Direction", Shown.WORD, lambda one: one.move.change.direction.replace("_", " ")),
    Column("Page", Shown.NUMBER, lambda one: one.move.page),
    Column("Report", Shown.LINK, lambda one: one.move.report.url),
)
DUE = (
    Column("Rank", Shown.NUMBER, lambda one: one.wait.rank),
    COUNCIL[0],
    Column("Days waited", Shown.NUMBER, lambda one: one.wait.days),
    _last("Last one began", Shown.DAY, lambda last: last.letter.inspection_start),
    _last("Published", Shown.DAY, lambda last: last.published or None),
    _last("Overall effectiveness", Shown.GRADE, lambda last: last.letter.judgements.get(AREAS[0])),
    Column("Visits since", Shown.NUMBER, lambda one: len(one.wait.since) - (_monitored(one) or 0)),
    Column("Monitoring visits since", Shown.NUMBER, _monitored),
    Column("Usual: waits", Shown.NUMBER, lambda one: one.wait.usual.n),
    Column("Usual: shortest", Shown.NUMBER, lambda one: one.wait.usual.min),
    Column("Usual: middle", Shown.NUMBER, lambda one: one.wait.usual.median),
    Column("Usual: longest", Shown.NUMBER, lambda one: one.wait.usual.max),
    Column(
        "Three years since the start",
        Shown.DAY,
        lambda one: one.wait.three_years.isoformat() if one.wait.three_years else None,
    ),
    _last("Report", Shown.LINK, lambda last: last.url),
    _last("Usual: waits of councils with", Shown.TEXT, lambda last: group(last.letter)),
)
