"""What an answer rests on, in one line: how much was looked at, from when to when, and what could not be. Pure."""

from __future__ import annotations

from monitor.wording.dates import day, year
from monitor.wording.text import count


def looked_at(did: str, what: str, councils: int, first: str | None, last: str | None, unread: int) -> str:
    """ "Searched: 509 letters of 153 councils, 2013 to 26 November 2026; 12 could not be read". `did` says what was
    done with what; `first` and `last` are days of publication."""
    span = f", {_span(first, last)}" if first and last else ""
    unable = f"; {count(unread, 'letter')} could not be read" if unread else ""
    return f"{did}: {what} of {count(councils, 'council')}{span}{unable}"


def _span(first: str, last: str) -> str:
    return day(last) if first == last else f"{year(first)} to {day(last)}"
