"""Finds days in the words of Ofsted's pages: "12 July 2024", "12th JULY 2024", "12/07/2024". Pure functions of text."""

from __future__ import annotations

import re
from datetime import date

from monitor.model.english_dates import MONTH, ORDINAL, iso

DAY = (
    rf"(?:\d{{1,2}}\s?{ORDINAL}\s+(?:of\s+)?{MONTH}\.?,?\s+\d{{4}}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})"
)
"""A day as a site may write it, inside a longer pattern."""
ANY_DAY = re.compile(rf"(?<!\d){DAY}(?!\d)", re.I)
NAMED = re.compile(rf"(\d{{1,2}})\s?{ORDINAL}\s+(?:of\s+)?([a-z]+)\.?,?\s+(\d{{4}})", re.I)
NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
RANGE = re.compile(r"\d\s?(?:st|nd|rd|th)?(?:\s+[a-z]+)?(?:\s+\d{4})?\s*(?:to|and|until|[-\u2013\u2014])\s*$", re.I)
"""What stands before the last day of several: "10 to 14 June 2024"."""


def first_day(text: str) -> str | None:
    """Return the first day in a text as ISO; None if it has none, or if that is the end of a stretch of days."""
    found = ANY_DAY.search(text)
    return None if found is None or RANGE.search(text[: found.start()]) else exact(found[0])


def exact(words: str) -> str | None:
    """Return words that are a day, in any of the forms of `DAY`, as ISO; None where there is no such day."""
    if stated := NAMED.fullmatch(words) or NUMBERS.fullmatch(words):
        return iso(*stated.groups())
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return None
