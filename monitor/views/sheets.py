"""All sheets of the workbook, as plain values: what stands in each, without its looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from monitor.inspections.judgements import AREAS
from monitor.inspections.waits import group
from monitor.views import letter_sheets
from monitor.views import moves as moves_view
from monitor.views.council import CouncilView
from monitor.views.due import Due, due
from monitor.views.sector import Sector
from monitor.views.sheet import COUNCIL, REPORT, Cell, Column, Sheet, Shown
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
    columns = [
        *COUNCIL,
        Column("Published", Shown.DAY),
        Column("Judgement", Shown.PHRASE),
        Column("Before", Shown.GRADE),
        Column("After", Shown.GRADE),
        Column("Direction", Shown.WORD),
        Column("Page", Shown.NUMBER),
        REPORT,
    ]
    rows = [
        [
            m.council.name,
            m.council.region,
            m.published or None,
            area_name(m.move.change.area, m.move.report.letter.kind),
            m.move.change.before,
            m.move.change.after,
            m.move.change.direction.replace("_", " "),
            m.move.page,
            m.move.report.url,
        ]
        for m in moves_view.moves(views)
    ]
    about = (
        "Judgements that a full inspection moved. First separate: care judged apart for the first time, with another "
        "grade than the joint one before"
    )
    return Sheet("moves", about, columns, rows)


def _due(views: Sequence[CouncilView], on: date) -> Sheet:
    names = ("Rank", "Days waited", "Usual: waits", "Usual: shortest", "Usual: middle", "Usual: longest")
    rank, days, *usual = (Column(name, Shown.NUMBER) for name in names)
    columns = [
        rank,
        COUNCIL[0],
        days,
        Column("Last one began", Shown.DAY),
        Column("Published", Shown.DAY),
        Column("Overall effectiveness", Shown.GRADE),
        Column("Visits since", Shown.NUMBER),
        Column("Monitoring visits since", Shown.NUMBER),
        *usual,
        Column("Three years since the start", Shown.DAY),
        REPORT,
        Column("Usual: waits of councils with", Shown.TEXT),
    ]
    about = (
        f"Days since the last full inspection began, at {day(on)}. Facts, never a forecast; the rules: docs/waits.md"
    )
    return Sheet("due", about, columns, [list(_wait(d)) for d in due(views, on)], fixed=2)


def _wait(found: Due) -> Iterator[Cell]:
    wait, last = found.wait, found.wait.last_full
    yield from (wait.rank, found.council.name, wait.days)
    yield from (last.letter.inspection_start, last.published or None) if last else (None, None)
    yield last.letter.judgements.get(AREAS[0]) if last else None
    monitored = len(wait.after_inadequate.visits) if wait.after_inadequate else None
    yield from (len(wait.since) - (monitored or 0), monitored)
    yield from (wait.usual.n, wait.usual.min, wait.usual.median, wait.usual.max)
    yield from (wait.three_years.isoformat() if wait.three_years else None, last.url if last else None)
    yield group(last.letter) if last else None
