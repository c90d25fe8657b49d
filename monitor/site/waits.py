"""The page of waits: how long each council has waited since its last full inspection began. Facts, never a forecast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from monitor.inspections import waits as rules
from monitor.site import grades
from monitor.site.page import Page
from monitor.site.picture import Picture
from monitor.views.due import Due, as_json
from monitor.wording.dates import day
from monitor.wording.text import count

BAR = 100
"""Units of the longest bar."""


def pages(picture: Picture) -> Iterator[Page]:
    """The one page."""
    letters = [(x.key, x.letter.sha256) for _, x in picture.letters]
    yield Page(
        ("due",), "due.html.j2", "How long councils have waited", (picture.today, letters), partial(_content, picture)
    )


def _content(picture: Picture) -> Mapping[str, Any]:
    found = list(picture.waits.values())
    longest = max((d.wait.days or 0 for d in found), default=0) or 1
    usual = {d.wait.usual.basis: d.wait.usual for d in found if d.wait.last_full}
    return {
        "today": picture.today,
        "rows": [_row(d, longest) for d in found if d.wait.days is not None],
        "unknown": [d.council for d in found if d.wait.days is None],
        "usual": sorted(usual.values(), key=lambda u: u.basis),
        "guidance": rules.GUIDANCE,
        "guidance_source": rules.GUIDANCE_SOURCE,
        "json": {"on": picture.today, "councils": [as_json(d) for d in found]},
    }


def _row(found: Due, longest: int) -> dict[str, Any]:
    wait = found.wait
    full = wait.last_full
    return {
        "council": found.council,
        "wait": wait,
        "start": full.letter.inspection_start if full else None,
        "grade": grades.of_area(full, grades.AREAS[0]),
        "bar": round(BAR * (wait.days or 0) / longest),
        "usual": round(BAR * wait.usual.median / longest) if wait.usual.median else None,
        "since": since(found),
    }


def since(found: Due) -> str:
    """What there was since the last full inspection: "2 focused visits, 1 monitoring visit"."""
    kinds = [visit.letter.kind for visit in found.wait.since]
    names = {"focused_visit": "focused visit", "monitoring_visit": "monitoring visit", "jtai": "joint inspection"}
    return ", ".join(count(kinds.count(kind), noun) for kind, noun in names.items() if kind in kinds)


def sentences(found: Due | None) -> list[str]:
    """A council's wait in words."""
    if found is None or found.wait.days is None or found.wait.last_full is None:
        return []
    return list(_sentences(found))


def _sentences(found: Due) -> Iterator[str]:
    wait, usual = found.wait, found.wait.usual
    began = day(wait.last_full.letter.inspection_start) if wait.last_full else ""
    place = "the longest wait" if wait.rank == 1 else f"number {wait.rank} in order of wait"
    waited = count(wait.days or 0, "day")
    yield f"{waited} since the last full inspection began on {began}: {place} of {count(wait.of, 'council')}."
    if usual.n:
        yield (
            f"Councils with the same grade whose wait has ended waited {usual.min:,} to {usual.max:,} days,"
            f" half of them up to {usual.median:,} ({count(usual.n, 'wait')})."
        )
    if said := since(found):
        yield f"Since then: {said}."
    if wait.after_inadequate:
        number = len(wait.after_inadequate.visits)
        yield f"Judged Inadequate: {count(number, 'monitoring visit')} with a published letter since."
