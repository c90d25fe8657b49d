"""A council's full inspections in order, each once. Pure.

A full inspection is one that grades children's services: SIF (2013 to 2018) and ILACS (since 2018). Visits, joint and
area SEND inspections are none, and the reviews of safeguarding boards alone are of another body.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monitor.model.letter import Inspection


def full_inspections(history: Iterable[Inspection], until: str = "9999") -> list[Inspection]:
    """The full inspections published by a day (ISO 8601), oldest first.

    A report that was issued again is one inspection: the last document counts, on the day on which the first one was
    published. Two reports are of one inspection if it began on the same day.
    """
    found: dict[str, Inspection] = {}
    graded = (x for x in history if x.graded and x.published <= until)
    for report in sorted(graded, key=lambda x: (x.published, x.key)):
        name = report.letter.inspection_start or report.key
        first = found.get(name)
        found[name] = replace(report, published=first.published) if first else report
    return list(found.values())
