"""Tells which pages of a file are the letter: a council may put a cover before it, and bind more letters, or a plan of
its own, behind it.

A letter to a director ends with the page on which it is signed, and another begins where somebody is addressed or where
inspection dates head a page again. None of 509 letters has either after its second page, and none of 169 signed letters
on visits a page after the signature.
"""

from __future__ import annotations

import re
from dataclasses import replace

from monitor.letters.document import Document, Page
from monitor.model import Quote

_BEGINS = re.compile(r"Dear\s+\w|.{0,40}\b(?:inspection|visit|review) dates?\s*:", re.IGNORECASE)
_SIGNED = re.compile(r"Yours (?:sincerely|faithfully)\b")
_FRONT_PAGES = 2
_ENDS_SIGNED = ("focused_visit", "monitoring_visit")


def own_part(document: Document, kind: str, opening: Quote | None) -> Document:
    """The pages of a letter of this kind, from the one with its opening; all pages where there is none."""
    if opening is None:
        return document
    pages = [page for page in document.pages if page.number >= opening.page]
    ends = [n for n, page in enumerate(pages) if n >= _FRONT_PAGES and _begins(page)]
    if kind in _ENDS_SIGNED:
        ends += [n + 1 for n, page in enumerate(pages) if _SIGNED.search(page.flow)]
    return replace(document, pages=tuple(pages[: min(ends, default=len(pages))]))


def bound_behind(document: Document, own: Document) -> list[str]:
    """In words, that a file goes on after its letter."""
    last = own.pages[-1].number
    if last == document.pages[-1].number:
        return []
    return [f"the letter ends on page {last}; what is bound behind it was not read as a part of it"]


def _begins(page: Page) -> bool:
    return any(_BEGINS.match(line.text) for line in page.lines)
