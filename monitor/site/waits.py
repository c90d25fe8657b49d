"""The page of waits: how long each council has waited since its last full inspection began. Facts, never a forecast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from monitor.inspections import waits as rules
from monitor.site import grades
from monitor.site.page import Page
from monitor.site.picture import Picture
from monitor.views import due_words
from monitor.views.due import Due, as_json
from monitor.wording.text import count

BAR = 100
"""Units of the longest bar."""
ELSEWHERE = ("Judged then", "Guidance", "Usual: no wait")
"""How the sentences begin that a council's page need not have: grades stand above, the rest is on the page of waits."""


def pages(picture: Picture) -> Iterator[Page]:
    """The one page."""
    waits = [as_json(one) for one in picture.waits.values()]
    yield Page(
        ("due",), "due.html.j2", "How long councils have waited", (picture.today, waits), partial(_content, picture)
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
    """A council's wait in whole sentences; none where no full inspection is known."""
    if found is None or found.wait.days is None:
        return []
    return [line for line in due_words.sentences(found) if not line.startswith(ELSEWHERE)]
