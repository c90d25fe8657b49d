"""A letter as it was laid out: pages, lines with their type size, and the cells of ruled tables.

`pdf` makes these values. They are plain data; other modules decide what the words mean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from re import Match

from monitor.letters.words import flowing
from monitor.model import Quote

_NUMBER = re.compile(r"\d+")

FOOTNOTE_SIZE = 0.89
"""Type smaller than this share of the body's type is a footnote, a running footer or a letterhead."""

RAISED = 0.78
"""Type smaller than this share of the type beside it is a raised number."""

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
    """One page, numbered from 1, its lines in the order of the document. `unseen` are words in the file that the page
    does not show, `struck` those that it strikes out; no line and no cell has them."""

    number: int
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...] = ()
    unseen: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()

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

    def footnotes(self, page: Page) -> Iterator[Line]:
        """The lines from a page's first footnote down, without running footers."""
        notes_begin = self._notes_begin(page)
        below = (line for line in page.lines if line.y <= notes_begin and not line.text.isdigit())
        return (line for line in below if _without_numbers(line.text) not in self.repeated)

    def _without_furniture(self, page: Page) -> Iterator[Line]:
        small = self.body_size * FOOTNOTE_SIZE
        notes_begin = self._notes_begin(page)
        for line in page.lines:
            if line.size >= small and line.y > notes_begin and not self._numbers_page(line):
                yield line

    def _numbers_page(self, line: Line) -> bool:
        """Whether a line is a page number, alone or in a running footer ("10 to 14 July 2023 4")."""
        if not line.text.endswith(str(line.page)):
            return line.text.isdigit()
        return line.text.isdigit() or _without_numbers(line.text) in self.repeated

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The words of lines that stand on several pages, as running footers do, without their numbers."""
        on_pages = Counter(words for page in self.pages for words in {_without_numbers(x.text) for x in page.lines})
        return frozenset(words for words, pages in on_pages.items() if pages > 1)

    def _notes_begin(self, page: Page) -> float:
        """The height of the page's first footnote; 0 where it has none."""
        small = self.body_size * FOOTNOTE_SIZE
        opening = (line for line, below in pairwise([*page.lines, None]) if line and _opens_note(line, below, small))
        return max((line.y for line in opening), default=0.0)


def blocks(lines: Iterable[Line], goes_on: Callable[[Sequence[Line], Line], bool]) -> Iterator[list[Line]]:
    """The lines that stand together. `goes_on`: whether a line continues the block before it."""
    block: list[Line] = []
    for line in lines:
        if block and not goes_on(block, line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _opens_note(line: Line, below: Line | None, small: float) -> bool:
    """Whether a footnote begins here: with its raised number, which some files have on a line of its own."""
    if line.note or below is None or not line.text.isdigit():
        return line.note and line.size < small
    return below.size < small and line.size < below.size * RAISED and abs(line.y - below.y) < below.size


def _without_numbers(text: str) -> str:
    return _NUMBER.sub("", text).strip()
