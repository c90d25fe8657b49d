"""A graded inspection among others: the wait before it, and how its statistical neighbours stand. Pure.

- The wait counts from the start of the council's last full inspection to the start of this one. It is ranked among all
  councils on that day, as far as their reports were published by then (`inspections.waits`).
- The neighbours are those of the Department for Education's model (`reference/neighbours.csv`), as they were last
  judged overall by the day of publication. Inspections since April 2026 judge nothing overall: of such a neighbour
  the last overall judgement is no longer the latest, so it is not counted.
- A rank is said only where the letters of almost all councils are known: half of a rank is none. Of the neighbours
  those count whose letters are known, which the message says; with fewer than `ENOUGH_NEIGHBOURS` they say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.inspections.full import full_inspections
from monitor.inspections.waits import GOOD_OR_BETTER, waits
from monitor.model import Event
from monitor.model.areas import OVERALL
from monitor.model.letter import GRADED_KINDS, Inspection
from monitor.model.payload_parts import Context, Waited
from monitor.model.payloads import ReportPayload
from monitor.reference import tables

EVERY_COUNCIL = 0.97
"""The share of councils with a letter from which a rank is one in England: a new council has none yet."""
ENOUGH_NEIGHBOURS = 5
Histories = Mapping[str, Sequence[Inspection]]
"""The inspections of councils, by URN."""


def wanted(event: Event) -> bool:
    """Whether an event is of a graded inspection that is news."""
    known = event.after_as(ReportPayload)
    return event.kind == "report.published" and known.kind in GRADED_KINDS and known.archive is None


def with_context(event: Event, histories: Histories) -> Event:
    """The event with its context, as far as there is any."""
    if not wanted(event) or event.urn is None:
        return event
    known = event.after_as(ReportPayload)
    found = _neighbours(Context(), event.urn, event.published or "9999", histories)
    if start := known.inspection_start:
        found = _wait(found, event.urn, event.council or "", date.fromisoformat(start), histories)
    return replace(event, after=replace(known, context=found)) if found != Context() else event


def _wait(context: Context, urn: str, council: str, start: date, histories: Histories) -> Context:
    wait = next((w for w in waits(histories, start) if w.urn == urn and w.days and w.last_full), None)
    if wait is None or wait.days is None or wait.last_full is None:
        return context
    everyone = len(histories) >= EVERY_COUNCIL * len(tables.tiles())
    rank, of = (wait.rank, wait.of) if everyone else (None, None)
    waited = Waited(council=council, days=wait.days, rank=rank, of=of)
    return replace(context, waited=waited, since=wait.last_full.letter.inspection_start)


def _neighbours(context: Context, urn: str, day: str, histories: Histories) -> Context:
    near = [n for n in tables.neighbours(urn) if histories.get(n.urn)]
    if len(near) < ENOUGH_NEIGHBOURS:
        return context
    latest = [full[-1] for n in near if (full := full_inspections(histories[n.urn], day))]
    judged = [grade for report in latest if (grade := report.letter.judgements.get(OVERALL))]
    source = tables.neighbours_source()
    return replace(
        context,
        neighbours=len(near),
        judged=len(judged),
        good=sum(grade in GOOD_OR_BETTER for grade in judged),
        source=str(source),
        year=source.year,
        rows=tuple(n.row for n in near),
    )
