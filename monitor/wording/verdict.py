"""What the judgements of a report come to, in a phrase for its headline. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.model import Change, Event
from monitor.model.areas import OVERALL, order
from monitor.model.payloads import ReportPayload
from monitor.wording.grading import ARROWS, grade, judgements, short_name, tally, within
from monitor.wording.text import count, joined

WAYS = {"improved": "up to ", "declined": "down to "}


def verdict(event: Event, room: int) -> str:
    """Say the news of a graded report in a phrase: "Inadequate in all five areas (was Requires improvement)", "Requires
    improvement overall (was Inadequate)", "Outstanding again", "children in care Good (was …)". If that is longer than
    `room`, less is said of what else moved, at the least how much."""
    known = {c.area: c for c in event.changes}
    made = judgements(event.after_as(ReportPayload)) or {c.area: c.after for c in event.changes if c.after}
    kind = event.after_as(ReportPayload).kind
    moved = [c for c in event.changes if c.moved and c.area != OVERALL and c.after]
    others = _moved_areas(moved, kind)
    if overall := made.get(OVERALL):
        alike = _all_alike(list(made.values()))
        forms = (others, _moved_areas(moved, kind, before=False), _counted(moved, among=bool(alike)))
        told = [_overall(overall, alike, known.get(OVERALL), form, event.changes) for form in forms]
        return next((form for form in told if len(form) <= room), told[-1])
    if others:
        every = _every_area(moved, kind)
        return every if every and len(every) <= room else others
    alike = _all_alike(list(made.values()))
    return f"{grade(next(iter(made.values())))} {alike}" if alike else _each(made, kind)


def _overall(overall: str, alike: str, change: Change | None, others: str, changes: Sequence[Change]) -> str:
    if change and change.before == overall:
        again = f"{grade(overall)} again" + (f", {alike}" if alike else " overall" if others else "")
        return f"{again}; {others}" if others else again
    told = f"{grade(overall)} {alike or 'overall'}"
    if change is None or change.direction not in ARROWS:
        return told
    declined = sum(c.direction == "declined" for c in changes) if change.direction == "improved" else 0
    but = f", but {count(declined, 'judgement')} declined" if declined else ""
    only = " overall" if alike and any(c.before != change.before for c in changes) else ""
    return f"{told} (was {grade(change.before)}{only}){but}"


def _all_alike(made: Sequence[str]) -> str:
    """ "in all five areas", where every judgement of several is the same."""
    numbers = {3: "three", 4: "four", 5: "five", 6: "six"}
    return f"in all {numbers[len(made)]} areas" if len(made) in numbers and len(set(made)) == 1 else ""


def _moved_areas(moved: Sequence[Change], kind: str | None, *, before: bool = True) -> str:
    """ "care leavers Good (was Outstanding), 1 other judgement improved", or "care leavers down to Good" where there is
    no room for what was `before`; the first separate judgements of care count as one. A decline is named before an
    improvement."""
    if not moved:
        return ""
    first, *others = _worst_first(moved)
    separate = [c for c in moved if c.direction == "first_separate"]
    shown = separate if first in separate else [first]
    rest = [c for c in others if c not in shown]
    way = "" if before else WAYS.get(first.direction, "")
    named = " and ".join(f"{short_name(c.area, kind)} {way}{grade(c.after)}" for c in shown)
    was = f" ({'joint grade ' if first in separate else ''}was {grade(first.before)})" if before else ""
    alike = {c.direction for c in rest} == {first.direction}
    also = f" and {_more(rest)}" if alike else f", {_more(rest, 'other judgement')}" if rest else ""
    return f"{named}{was}{also}"


def _every_area(moved: Sequence[Change], kind: str | None) -> str:
    """ "care leavers Good (was Outstanding), help and protection Good (was Requires improvement)"; empty where care is
    judged apart for the first time, which has words of its own."""
    if len(moved) < 2 or any(c.direction == "first_separate" for c in moved):
        return ""
    told = (f"{short_name(c.area, kind)} {grade(c.after)} (was {grade(c.before)})" for c in _worst_first(moved))
    return ", ".join(told)


def _worst_first(moved: Sequence[Change]) -> list[Change]:
    """What declined, then care that is judged apart, then what improved."""
    rank = {"declined": 0, "first_separate": 1}
    return sorted(moved, key=lambda c: rank.get(c.direction, 2))


def _counted(moved: Sequence[Change], *, among: bool) -> str:
    """ "2 other judgements improved", "2 of them improved" where all areas were named (`among`); "1 judgement
    improved and 1 judgement declined"; "care was Good before", where only its first separate judgements differ."""
    ways = {c.direction for c in moved}
    if ways == {"first_separate"}:
        return f"care was {grade(moved[0].before)} before"
    if ways == {"improved", "declined"}:
        return tally(moved)
    noun = ("of them", "of them") if among else ("other judgement", None)
    return _more(moved, *noun) if moved else ""


def _more(rest: Sequence[Change], noun: str = "more judgement", many: str | None = None) -> str:
    """How many more judgements moved, and which way where they all moved the same way."""
    ways = {c.direction for c in rest}
    way = ways.pop() if len(ways) == 1 and ways <= {"improved", "declined"} else "moved"
    return f"{count(len(rest), noun, many)} {way}"


def _each(made: Mapping[str, str], kind: str | None) -> str:
    """ "Good for help and protection, Outstanding for care leavers", a grade at a time."""
    by_grade: dict[str, list[str]] = {}
    for area in sorted(made, key=order):
        by_grade.setdefault(made[area], []).append(within(area, kind))
    return "; ".join(f"{grade(found)} for {joined(areas, 2)}" for found, areas in by_grade.items())
