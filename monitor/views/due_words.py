"""A council's wait in whole sentences. Facts with their day, number and source; never a forecast."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.inspections import waits
from monitor.inspections.waits import Usual, Wait, began
from monitor.model.letter import Inspection
from monitor.views.due import Due
from monitor.wording.dates import day, month
from monitor.wording.grading import area_name, grade
from monitor.wording.letter_kinds import KINDS
from monitor.wording.text import count, joined, one_line, place


def sentences(found: Due) -> list[str]:
    """What is to be said of a council's wait, the wait itself first."""
    return [line for line in (waited(found), *_rest(found.wait), *noticed(found)) if line]


def noticed(found: Due) -> list[str]:
    """ "Improvement notice issued to X (GOV.UK, 12 March 2024), no longer in force"."""
    return [
        f"{one_line(n.title, 200)} (GOV.UK, {day(n.published)}){'' if found.holds(n) else ', no longer in force'}"
        for n in found.notices
    ]


def waited(found: Due) -> str:
    """ "Devon has waited 1,159 days since its last full inspection began on 23 January 2023 (at 27 March 2026): the
    19th longest wait of 153 councils"."""
    wait = found.wait
    if wait.last_full is None:
        return f"{found.council.name}: no full inspection is known"
    if wait.days is None or wait.rank is None:
        return f"{found.council.name}: when its last full inspection began is not known"
    started = day(wait.last_full.letter.inspection_start)
    rank = "the longest wait" if wait.rank == 1 else f"the {place(wait.rank)} longest wait"
    return (
        f"{found.council.name} has waited {count(wait.days, 'day')} since its last full inspection began on {started} "
        f"(at {day(wait.on)}): {rank} of {count(wait.of, 'council')}"
    )


def _rest(wait: Wait) -> Iterator[str]:
    last = wait.last_full
    if last is None:
        return
    judged = "; ".join(f"{area_name(a, last.letter.kind)}: {grade(g)}" for a, g in last.letter.judgements.items())
    yield f"Judged then: {judged}" if judged else ""
    yield _since(wait)
    yield monitored(wait)
    yield usual(wait.usual)
    if wait.three_years:
        were = "were" if wait.three_years <= wait.on else "are"
        yield f"Three years since the start {were} up on {day(wait.three_years)}"
        yield f"Guidance: “{waits.GUIDANCE}” ({waits.GUIDANCE_SOURCE})"


def _since(wait: Wait) -> str:
    """ "1 focused visit since (Mar 2024)"; "no focused visit or joint inspection since"."""
    between = [x for x in wait.since if x.letter.kind != waits.MONITORING]
    if not between:
        return "" if wait.after_inadequate else "No focused visit or joint inspection since"
    kinds = dict.fromkeys(x.letter.kind for x in between)
    return f"Since then: {joined([_visits(kind, between) for kind in kinds])}"


def _visits(kind: str, visits: list[Inspection]) -> str:
    mine = [x for x in visits if x.letter.kind == kind]
    return f"{count(len(mine), KINDS[kind].short)} ({', '.join(month(began(x)) for x in mine)})"


def monitored(wait: Wait) -> str:
    """ "Judged inadequate: 3 monitoring visits with a published letter since, the last in Mar 2024"."""
    found = wait.after_inadequate
    if found is None:
        return ""
    last = f", the last in {month(began(found.visits[-1]))}" if found.visits else ""
    number = count(len(found.visits), "monitoring visit") if found.visits else "no monitoring visit"
    return f"{area_name(found.because)} inadequate: {number} with a published letter since{last}"


def usual(found: Usual) -> str:
    """ "Usual: 20 waits, the shortest 1,050 days, the middle 1,239, the longest 1,400 (ILACS inspections …)"."""
    if not found.n or found.median is None:
        return f"Usual: no wait has ended yet to compare with ({found.basis})"
    span = f"the shortest {found.min:,} days, the middle {found.median:,}, the longest {found.max:,}"
    return f"Usual: {count(found.n, 'wait')}, {span} ({found.basis})"
