"""Works out the year of days that a page states without one, from the day on which the page came out. Pure.

The result only helps to find the letter that a page means. The page's words are always shown as they stand.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from monitor.model.date_spans import first_span
from monitor.model.days import day

Visit = tuple[str, str]
_WHOLE = re.compile(r"\d{4}-\d\d-\d\d")


def visit_of(value: Any, published: str | None) -> Visit | None:
    """Return first and last day of a stated visit: ["2022-02-02", "2022-02-03"], or ["12 and 13 October"] of a page
    from that year or soon after. None if the year is not certain."""
    words = [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]
    if whole := [w for w in words if _WHOLE.fullmatch(w)]:
        return min(whole), max(whole)
    came_out = day(published)
    before = came_out + timedelta(days=1) if came_out else None  # on the day itself counts, too
    spans = [span for w in words if (span := first_span(w, before))]
    return (min(s.start for s in spans).isoformat(), max(s.end for s in spans).isoformat()) if spans else None


def day_of(value: Any, published: str | None) -> str | None:
    """Return the day of a letter or a publication, stated with its year or without."""
    found = visit_of(value, published)
    return found[0] if found else None
