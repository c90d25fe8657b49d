"""Tells what a page lacks that its reader expects, with the first words of what came."""

from __future__ import annotations

from spiders.http.errors import PageError, where

SHOWN = 200
"""Characters of an unexpected page that a message shows."""


def refused(url: str, expected: str, text: str) -> PageError:
    """Make the error for a page that lacks what is expected of it. `expected` completes "… shows no"."""
    began = " ".join(text[: 4 * SHOWN].split())[:SHOWN]
    return PageError("invalid", f'{where(url)} shows no {expected}; it begins "{began}"')
