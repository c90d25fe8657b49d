"""The rows of ModernGov's XML: texts, days, ids and flags of an element, and a list of which one row may be bad."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from monitor.model.english_dates import iso
from spiders.committees.word_text import plain_title
from spiders.http.errors import PageError
from spiders.http.xml import words

T = TypeVar("T")

UK_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def readable(rows: Iterable[Any], read: Callable[[Any], T], what: str) -> tuple[list[T], tuple[str, ...]]:
    """The rows that can be read, and one remark that counts the others and says why the first cannot."""
    good: list[T] = []
    bad: list[PageError] = []
    for row in rows:
        try:
            good.append(read(row))
        except PageError as failed:
            bad.append(failed)
    return good, (f"left out {len(bad)} of the {what}: {bad[0].reason}",) if bad else ()


def identity(row: Any, name: str) -> str:
    """An id. Raises PageError where there is none, for nothing can be remembered of what has no identity."""
    if key := words(row, name):
        return key
    raise PageError("invalid", f"it has no {name}")


def title(element: Any, name: str) -> str:
    """The text of a title element, decoded once more than XML does."""
    return plain_title(words(element, name))


def uk_day(text: str, of: str) -> str:
    """dd/mm/yyyy as ISO 8601. Raises PageError that says whose date it is (`of`)."""
    day = day_or_none(text)
    if day is None:
        raise PageError("invalid", f'the date of {of} reads "{text[:40]}", not dd/mm/yyyy')
    return day


def day_or_none(text: str) -> str | None:
    """dd/mm/yyyy anywhere in a text as ISO 8601; None if there is no such day."""
    found = UK_DAY.search(text)
    return iso(*found.groups()) if found else None


def yes(element: Any, name: str) -> bool:
    """Whether a flag is set; booleans are written "True" and "False"."""
    return words(element, name).lower() in ("true", "1", "yes")
