"""How long councils have waited since their last full inspection, and how long others waited. Facts, no forecast. Pure.

The rules, so that somebody who keeps such a table by hand can check it (docs/waits.md has them with examples):
- A wait counts from the day on which the last full inspection (ILACS or SIF) began, for publication may be held back.
- A report counts from its publication on: before that day the council waits since the inspection before.
- Equal waits share a rank. Councils of whose last full inspection no start is known have none.
- What is usual comes from waits that have ended: two ILACS inspections in a row of one council, start to start, the
  earlier one after the pause of 2020-21 and with the same overall effectiveness. Waits across the pause were about 450
  days longer (median 1,680 against 1,225 days).
- Inspections that began on or after 1 April 2026 give no overall effectiveness. They are grouped by what Ofsted's
  summary of changes puts in its place (a short inspection comes next where the impact of leaders and at least two of
  the three other judgements are good or outstanding). No such wait has ended yet.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from monitor.inspections.full import full_inspections
from monitor.model import Letter
from monitor.model.areas import CARE_LEAVERS, IN_CARE, LEADERS, OVERALL, PROTECTION
from monitor.model.letter import Inspection

PAUSE_BEGAN = "2020-03-17"
"""Ofsted stopped routine inspections on this day. The next full inspection began on 28 June 2021."""
NO_OVERALL_FROM = "2026-04-01"
"""Inspections that begin on this day or later give no overall effectiveness (Ofsted, ILACS framework of April 2026)."""
ANNIVERSARY_YEARS = 3
GUIDANCE = (
    "Timing will usually be between six months before and six months after the three year anniversary of the previous "
    "inspection"
)
GUIDANCE_SOURCE = "Kirklees Safeguarding Children Partnership, ILACS guidance for professionals"
"""What councils' guidance says of ILACS. The framework's own paragraphs on frequency were not found, and no law names
an interval; whether the changes of April 2026 touch it is not known."""
PRACTICE = (PROTECTION, IN_CARE, CARE_LEAVERS)
GOOD_OR_BETTER = ("good", "outstanding")
MONITORING = "monitoring_visit"
BETWEEN = ("focused_visit", "jtai", MONITORING)
"""What may lie between two full inspections of children's services."""
VISITS = (*BETWEEN, "ilacs", "sif", "area_send", "looked_after")


@dataclass(frozen=True, slots=True)
class Usual:
    """How long councils with the same grades waited, in days: `basis` in words, `n` waits that have ended."""

    basis: str
    n: int = 0
    min: int | None = None
    median: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The monitoring visits with a published letter since an inspection that judged a council inadequate. Letters of
    first visits are often not published."""

    because: str
    visits: tuple[Inspection, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """A council's wait on a day. `days` and `rank` are None where no start of a full inspection is known; `of` counts
    the councils with a rank; `days_since_any` counts from the start of the last inspection or visit of any kind;
    `since` are the visits and joint inspections since the last full inspection; `three_years` is its third
    anniversary."""

    urn: str
    on: date
    last_full: Inspection | None
    days: int | None
    rank: int | None
    of: int
    days_since_any: int | None
    since: tuple[Inspection, ...]
    after_inadequate: Monitoring | None
    usual: Usual
    three_years: date | None


def waits(histories: Mapping[str, Sequence[Inspection]], on: date) -> list[Wait]:
    """The wait of every council (histories by URN) on a day, the longest first, then by URN; those unknown last."""
    day = on.isoformat()
    known = {urn: [x for x in history if x.published <= day] for urn, history in histories.items()}
    full = {urn: full_inspections(history) for urn, history in known.items()}
    days = {urn: _days(found[-1] if found else None, on) for urn, found in full.items()}
    ended = _ended(full.values())
    found = [_wait(urn, known[urn], full[urn], days, ended, on) for urn in histories]
    return sorted(found, key=lambda w: (w.days is None, -(w.days or 0), w.urn))


def _wait(
    urn: str,
    history: Sequence[Inspection],
    full: Sequence[Inspection],
    days: Mapping[str, int | None],
    ended: Mapping[str, Sequence[int]],
    on: date,
) -> Wait:
    last = full[-1] if full else None
    ranked = [d for d in days.values() if d is not None]
    since = _since(last, history)
    return Wait(
        urn=urn,
        on=on,
        last_full=last,
        days=days[urn],
        rank=_rank(days[urn], ranked),
        of=len(ranked),
        days_since_any=_days_since_any(history, on),
        since=since,
        after_inadequate=_after_inadequate(last, since),
        usual=_usual(last, ended),
        three_years=_anniversary(last),
    )


def _rank(days: int | None, ranked: Iterable[int]) -> int | None:
    return None if days is None else 1 + sum(other > days for other in ranked)


def _days_since_any(history: Iterable[Inspection], on: date) -> int | None:
    started = (_days(x, on) for x in history if x.letter.kind in VISITS)
    return min((days for days in started if days is not None), default=None)


def _days(inspection: Inspection | None, on: date) -> int | None:
    """Days from the start of an inspection; None where that is not known, or is later than the day."""
    start = inspection.letter.inspection_start if inspection else None
    days = (on - date.fromisoformat(start)).days if start else -1
    return days if days >= 0 else None


def _ended(full: Iterable[Sequence[Inspection]]) -> dict[str, list[int]]:
    """The days of each wait that has ended since the pause, by the group of the earlier inspection."""
    found: dict[str, list[int]] = {}
    for earlier, later in (pair for inspections in full for pair in pairwise(inspections)):
        start, end = earlier.letter.inspection_start, later.letter.inspection_start
        if earlier.letter.kind == later.letter.kind == "ilacs" and start and end and PAUSE_BEGAN < start < end:
            days = (date.fromisoformat(end) - date.fromisoformat(start)).days
            found.setdefault(group(earlier.letter), []).append(days)
    return found


def group(letter: Letter) -> str:
    """The grades by which waits are set side by side, in words."""
    if overall := letter.judgements.get(OVERALL):
        return f"overall effectiveness {overall}"
    if (letter.inspection_start or "") < NO_OVERALL_FROM:
        return "overall effectiveness not known"
    judged = letter.judgements
    well = judged.get(LEADERS) in GOOD_OR_BETTER and sum(judged.get(a) in GOOD_OR_BETTER for a in PRACTICE) >= 2
    which = "good or outstanding" if well else "not all good or outstanding"
    return (
        f"no overall effectiveness (since April 2026), impact of leaders and two of the other three judgements {which}"
    )


def _usual(last: Inspection | None, ended: Mapping[str, Sequence[int]]) -> Usual:
    if last is None:
        return Usual("no full inspection is known")
    name = group(last.letter)
    days = ended.get(name, ())
    basis = f"ILACS inspections that began after the pause of 2020-21 and were followed by another: {name}"
    if not days:
        return Usual(basis)
    return Usual(basis, len(days), min(days), round(statistics.median(days)), max(days))


def _since(last: Inspection | None, history: Iterable[Inspection]) -> tuple[Inspection, ...]:
    """The visits and joint inspections that began after the last full inspection, oldest first."""
    after = (last.letter.inspection_start or last.published) if last else ""
    found = (x for x in history if x.letter.kind in BETWEEN and began(x) > after)
    return tuple(sorted(found, key=lambda x: (began(x), x.key)))


def began(visit: Inspection) -> str:
    """The day on which a visit began, or the letter's publication where that is not known."""
    return visit.letter.inspection_start or visit.published


def _after_inadequate(last: Inspection | None, since: Iterable[Inspection]) -> Monitoring | None:
    because = inadequate(last.letter) if last else None
    return Monitoring(because, tuple(x for x in since if x.letter.kind == MONITORING)) if because else None


def inadequate(letter: Letter) -> str | None:
    """Which judgement makes a council one that is monitored: overall effectiveness, or where there is none any."""
    judged = letter.judgements
    areas = (OVERALL,) if OVERALL in judged else (LEADERS, *PRACTICE)
    return next((area for area in areas if judged.get(area) == "inadequate"), None)


def _anniversary(last: Inspection | None) -> date | None:
    start = last.letter.inspection_start if last else None
    if not start:
        return None
    began_on = date.fromisoformat(start)
    day = 28 if (began_on.month, began_on.day) == (2, 29) else began_on.day
    return began_on.replace(year=began_on.year + ANNIVERSARY_YEARS, day=day)
