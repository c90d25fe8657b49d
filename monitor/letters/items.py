"""Finds the items of a list. Each item is whole: over line ends and page breaks, with the lists inside it.

An item opens with a bullet or a number and goes on while its lines are indented under it. A line back at the margin is
the next item, or a sub-heading that belongs to no item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.letters.document import Line, blocks
from monitor.letters.words import MARKER, flowing
from monitor.model import Quote

_INDENT = 5.0
_APART = 1.75
_NONE = re.compile(
    r"(?:\d{1,3}\. )?(?:there (?:are|were) no\b|the inspection (?:did not|has not) (?:find|identif(?:y|ied)) any\b)",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(r"\b(?:take|address) the following [^.]{0,60}[.:]?$", re.IGNORECASE)
_UNFINISHED = re.compile(r"[:;,]$|\b(?:to|that|by|includ(?:e|es|ing)|and|of|for|in)$", re.IGNORECASE)


@dataclass(slots=True)
class _Item:
    """An item while its lines come in. `margin` is its marker's place; `leads_on`: it has a list inside it."""

    margin: float
    marker: str
    lines: list[Line]
    leads_on: bool = False

    @property
    def text(self) -> str:
        first, *rest = (line.text for line in self.lines)
        return flowing([first.removeprefix(self.marker).strip(), *rest]).strip()


def items(lines: Iterable[Line]) -> list[Quote]:
    """Return the items of the lists in a part of a letter, with the page on which each begins."""
    return [Quote(item.text, item.lines[0].page) for item in _items(lines) if _is_said(item.text)]


def paragraphs(lines: Iterable[Line]) -> list[Quote]:
    """Return the items of a part without a list: each paragraph is an item. Introductions are left out."""
    found = blocks(lines, lambda block, line: _goes_on(block[-1], line))
    texts = ((flowing(line.text for line in block), block[0].page) for block in found)
    return [Quote(text, page) for text, page in texts if _is_said(text) and not text.endswith(":")]


def _is_said(text: str) -> bool:
    return any(map(str.isalpha, text)) and not _NONE.match(text)


def _items(lines: Iterable[Line]) -> Iterator[_Item]:
    item: _Item | None = None
    for line in lines:
        marker = MARKER.match(line.text)
        further_in = item is not None and line.x > item.margin + _INDENT
        if item and marker and further_in:
            item.leads_on = item.leads_on or _leads_on(item.text)
        if item and (item.leads_on and further_in if marker else _belongs(line, item)):
            item.lines.append(line)
            continue
        if item and not (marker and further_in) and not _INTRODUCTION.search(item.text):
            yield item
        item = _Item(line.x, marker[0], [line]) if marker else None
    if item:
        yield item


def _leads_on(text: str) -> bool:
    """Return True if the list further in belongs to these words ("Improve planning by:"). It does not if they are a
    mere title, or say "take the following action": then each item of the list stands for itself."""
    return not _INTRODUCTION.search(text) if text.endswith(".") else bool(_UNFINISHED.search(text))


def _belongs(line: Line, item: _Item) -> bool:
    """Return True if a line without a marker continues the item. A bold line is a sub-heading."""
    if line.bold and not item.lines[0].bold:
        return False
    if line.x > item.margin + _INDENT:
        return True
    return not item.text.endswith((".", ";", "!", "?")) and _goes_on(item.lines[-1], line)


def _goes_on(above: Line, line: Line) -> bool:
    """Return True if two lines belong together: no gap on the page, or a sentence that a page break cuts."""
    if line.page != above.page:
        return not above.text.endswith((".", "!", "?", ":"))
    return abs(above.y - line.y) < above.size * _APART
