"""Tells what a page lacks that its reader expects, with the first words of what came."""

from __future__ import annotations

from spiders.http.errors import PageError, beginning, where


def refused(url: str, expected: str, text: str) -> PageError:
    """Make the error for a page that lacks what is expected of it. `expected` completes "… shows no"."""
    return PageError("invalid", f"{where(url)} shows no {expected}; {beginning(text)}")
