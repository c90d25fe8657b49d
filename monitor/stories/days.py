"""Days that a page states without their year, worked out from the day on which it came out. Pure.

Only to find out which letter a page means; what it says is shown as it says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

Visit = tuple[str, str]
LEAP = 8
"""Years among which one has a 29 February, also around 1900 and 2100."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHOLE = re.compile(r"\d{4}-\d\d-\d\d")
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_SHORT = re.compile(rf"{_DAY}(?:\s*(?:and|to|-|\u2013)\s*{_DAY})?\s+(?:of\s+)?([a-z]{{3}})", re.I)


def visit_of(value: Any, published: str | None) -> Visit | None:
    """First and last day of a stated visit: ["2022-02-02", "2022-02-03"], or ["12 and 13 October"] of a page that
    came out in that year or soon after. None where it cannot be told."""
    words = [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]
    whole = [w for w in words if _WHOLE.fullmatch(w)]
    if whole:
        return min(whole), max(whole)
    days = [day for w in words for day in _short(w, published)]
    return (min(days), max(days)) if days else None


def day_of(value: Any, published: str | None) -> str | None:
    """The day of a letter or a publication, stated whole or without its year."""
    found = visit_of(value, published)
    return found[0] if found else None


def _short(words: str, published: str | None) -> Iterator[str]:
    """Both ends of "12 and 13 October", in the last year in which it had been when the page came out."""
    found = _SHORT.search(words)
    if found is None or not published or found[3].casefold() not in MONTHS:
        return
    month = MONTHS.index(found[3].casefold()) + 1
    for day in filter(None, (found[1], found[2])):
        when = _last_before(int(day), month, published[:10])
        if when:
            yield when


def _last_before(day: int, month: int, published: str) -> str | None:
    """The last time that a day had been; 29 February is not in each year."""
    try:
        year = int(published[:4])
    except ValueError:
        return None
    found = (_iso(year - n, month, day) for n in range(LEAP + 1))
    return next((when for when in found if when and when <= published), None)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
