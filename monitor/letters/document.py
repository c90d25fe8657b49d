"""A letter as it was laid out: pages, lines with their type size, and the cells of ruled tables.

`pdf` makes these values. They are plain data; other modules decide what the words mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from re import Match

from monitor.letters.words import flowing
from monitor.model import Quote

FOOTNOTE_SIZE = 0.89
"""Type smaller than this share of the body's type is a footnote, a running footer or a letterhead."""

HEADING_SIZE = 1.08
"""Type larger than this share of the body's type is a heading, even if it is not bold."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, with the place of its first letter (points, from the bottom left) and its type. `note` is True
    if the line opens with the raised number of a footnote; `text` does not contain that number."""

    text: str
    page: int
    x: float
    y: float
    size: float
    bold: bool
    note: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A box of a ruled table with the words in it; points from the bottom left."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


@dataclass(frozen=True)
class Page:
    """One page, numbered from 1, its lines in the order of the document."""

    number: int
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...] = ()

    @cached_property
    def flow(self) -> str:
        """The page's words as one text. Every quote of this page stands in it verbatim."""
        return flowing(line.text for line in self.lines)

    def quote(self, match: Match[str], group: int | str = 0) -> Quote:
        """Make a quote of a match in `flow`."""
        return Quote(match[group].strip(), self.number)

    def verbatim(self, *candidates: str) -> Quote | None:
        """Return a quote of the first of these wordings that stands on the page."""
        return next((Quote(words, self.number) for words in candidates if words and words in self.flow), None)


@dataclass(frozen=True)
class Document:
    """A letter's pages. `total` counts all pages of the file, also those after the last one that the reader reads."""

    pages: tuple[Page, ...]
    total: int

    @cached_property
    def body_size(self) -> float:
        """The size of type of most words."""
        sizes: Counter[float] = Counter()
        for line in self.lines():
            sizes[round(line.size, 1)] += len(line.text)
        return sizes.most_common(1)[0][0] if sizes else 12.0

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """The lines of the running text, without page numbers, running footers, letterheads and footnotes."""
        return tuple(line for page in self.pages for line in self._without_furniture(page))

    def lines(self) -> Iterator[Line]:
        """Every line of every page."""
        return (line for page in self.pages for line in page.lines)

    def is_heading(self, line: Line) -> bool:
        """Return True for bold or large type."""
        return line.bold or line.size > self.body_size * HEADING_SIZE

    def _without_furniture(self, page: Page) -> Iterator[Line]:
        small = self.body_size * FOOTNOTE_SIZE
        notes_begin = max((line.y for line in page.lines if line.note and line.size < small), default=0.0)
        for line in page.lines:
            if line.size >= small and line.y > notes_begin and not line.text.isdigit():
                yield line
