"""The one way in which looking at something fails, carrying what the poll has to say about it."""

from __future__ import annotations

from urllib.parse import urlsplit

from monitor.model import Outcome

UNMEASURED = "unmeasured"
"""A flag of answers that did not say how long they are, so that they may have been cut."""


class PageError(Exception):
    """A page or file could not be had or is not what it should be. `reason` is a plain sentence; `gone` is the
    site's own "not found"; `not_before` (ISO 8601) is a time that the host asked us to wait for."""

    def __init__(self, outcome: Outcome, reason: str, *, gone: bool = False, not_before: str | None = None) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.gone = gone
        self.not_before = not_before

    def at(self, place: str) -> PageError:
        """The same failure, with the place in front of its reason unless it is named there already."""
        reason = self.reason if self.reason.startswith(place) else f"{place}: {self.reason}"
        return PageError(self.outcome, reason, gone=self.gone, not_before=self.not_before)


def where(url: str) -> str:
    """The part of an address that a person needs to find the page: its path."""
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return url[:200]


BEGINNING = 200
"""Characters of an unexpected answer that a message shows."""


def beginning(text: str) -> str:
    """The first words of what came instead of what was expected, for a message: "it begins "…""."""
    words = " ".join(text[: 4 * BEGINNING].split())[:BEGINNING]
    return f'it begins "{words}"' if words else "it is empty"
