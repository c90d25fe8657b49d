"""How one inspection's judgements stand beside the previous one's. Pure.

Rules, each from Ofsted's frameworks:
- Only a graded inspection of children's services changes a judgement: SIF (2013 to 2018) and ILACS
  (since 2018). Visits, JTAI and area SEND carry no such grades, and the looked-after-children
  inspections of 2013 judged something else.
- SIF and ILACS share only "overall effectiveness": the other areas bear similar names and mean
  different things.
- Overall effectiveness is no longer judged for inspections that start on or after 1 April 2026: such
  a judgement ends; it does not decline.
- Care was one judgement until the end of 2022 and is two since. The first separate ones stand beside
  the joint one: they neither improve nor decline, but they may be other grades than it was.
"""

from __future__ import annotations

from collections.abc import Iterable

from monitor.model import Change, Direction, Letter
from monitor.model.areas import COMBINED, OVERALL, SPLIT, order
from monitor.model.letter import GRADED_KINDS, Inspection

SCALE = {"inadequate": 0, "requires improvement": 1, "good": 2, "outstanding": 3}
"""The four-point scale in force since November 2013; "adequate" belonged to an older one."""
NOT_JUDGED = "not judged"


def previous(of: Inspection, history: Iterable[Inspection]) -> Inspection | None:
    """The latest graded inspection published before this one, or None.

    A report of the same inspection under another id (a re-issue) is not an earlier inspection.
    """
    if not of.graded:
        return None
    start = of.letter.inspection_start
    earlier = [
        x
        for x in history
        if x.graded
        and x.key != of.key
        and x.published < of.published
        and (start is None or x.letter.inspection_start != start)
    ]
    return max(earlier, key=lambda x: (x.published, x.key), default=None)


def standing(day: str, history: Iterable[Inspection]) -> Inspection | None:
    """The graded inspection whose judgements stand on a day (ISO 8601), or None."""
    graded = (x for x in history if x.graded and x.published <= day)
    return max(graded, key=lambda x: (x.published, x.key), default=None)


def changes(before: Letter | None, after: Letter) -> tuple[Change, ...]:
    """Each judgement of `after` beside the same judgement of `before`, in the order of the report.

    Returns nothing where `after` is not a graded inspection.
    """
    if after.kind not in GRADED_KINDS:
        return ()
    old = _comparable(before, after)
    now_apart = COMBINED not in after.judgements and not after.judgements.keys().isdisjoint(SPLIT)
    joint = old.get(COMBINED) if now_apart else None
    return tuple(
        Change(area=area, before=joint, after=after.judgements[area], direction="first_separate")
        if joint in SCALE and area in SPLIT and area not in old and after.judgements.get(area) in SCALE
        else _change(area, old.get(area), after.judgements.get(area))
        for area in _ordered({*old, *after.judgements})
    )


def version_changes(before: Letter, after: Letter) -> tuple[Change, ...]:
    """What differs between two versions of one document: only the judgements that do."""
    return tuple(
        _change(area, before.judgements.get(area), after.judgements.get(area))
        for area in _ordered({*before.judgements, *after.judgements})
        if before.judgements.get(area) != after.judgements.get(area)
    )


def _comparable(before: Letter | None, after: Letter) -> dict[str, str]:
    if before is None or before.kind not in GRADED_KINDS:
        return {}
    if before.kind == after.kind:
        return before.judgements
    return {k: v for k, v in before.judgements.items() if k == OVERALL}


def _change(area: str, before: str | None, after: str | None) -> Change:
    return Change(area=area, before=before, after=after, direction=direction(before, after))


def direction(before: str | None, after: str | None) -> Direction:
    """Which way a judgement moved. Between different scales there is no way: it is `new`."""
    if after is None or (after == NOT_JUDGED and before != NOT_JUDGED and before is not None):
        return "no_longer_judged"
    if before == after:
        return "same"
    if before not in SCALE or after not in SCALE:
        return "new"
    return "improved" if SCALE[after] > SCALE[before] else "declined"


def _ordered(areas: Iterable[str]) -> list[str]:
    return sorted(areas, key=order)
