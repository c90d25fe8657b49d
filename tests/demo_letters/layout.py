"""Sets running text on pages: wrapping, headings, bullets, numbered paragraphs, footnotes, ruled tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.demo_letters.pdf import A4, Font, Pdf

LEFT, RIGHT = 71.0, 524.0
TOP, BOTTOM = 742.0, 78.0
LEADING = 1.21
CELL = 6.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks: `before` is the space above it, `indent` moves its left edge."""

    size: float = 12
    font: Font = "Helvetica"
    before: float = 12
    indent: float = 0


BODY = Style()
TITLE = Style(26, before=0)
LABEL = Style(font="Helvetica-Bold")
HEADING = Style(14.5, "Helvetica-Bold", before=18)
SMALL = Style(9, before=0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    style: Style = BODY


class Flow:
    """Text that runs from page to page. `dress` draws what stands on every page before its text."""

    def __init__(self, dress: Callable[[Pdf], None]) -> None:
        self.pdf = Pdf()
        self._dress = dress
        self.new_page()

    def new_page(self) -> None:
        self.pdf.new_page()
        self.y, self._floor, self._fresh = TOP, BOTTOM, True
        self._dress(self.pdf)

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """The text broken into lines no wider than `width`; a line break in the text stays one."""
        return [line for part in text.split("\n") for line in self._wrapped(part, style, width)]

    def paragraph(self, text: str, style: Style = BODY, mark: str = "", hang: float = 0) -> None:
        """A paragraph; `mark` (a bullet, a number) stands at its edge and the text hangs beside it."""
        lines = self.wrap(text, style, RIGHT - LEFT - style.indent - hang)
        self._space(style.before, min(len(lines), 2) * style.size * LEADING)
        for number, line in enumerate(lines):
            self._line(line, style, LEFT + style.indent + hang, mark if number == 0 else "")

    def heading(self, text: str, style: Style = HEADING, note: str = "") -> None:
        """A heading, never left alone at the foot of a page; `note` is the raised number of a footnote."""
        self.keep(style.before + 5 * style.size)
        self.paragraph(text, style)
        if note:
            end = LEFT + self.pdf.width(text, style.font, style.size)
            self.pdf.text(end, self.y + 0.35 * style.size, note, style.font, 0.65 * style.size)

    def keep(self, height: float) -> None:
        """Goes to the next page if less than `height` is left on this one."""
        if self.y - height < self._floor:
            self.new_page()

    def bullet(self, text: str) -> None:
        self.paragraph(text, mark="■", hang=17)

    def numbered(self, number: int, text: str) -> None:
        self.paragraph(text, mark=f"{number}.", hang=28)

    def labelled(self, label: str, value: str) -> None:
        """A bold label and its value on one line, as in "Inspection dates: 11 to 22 May 2026"."""
        start = self.pdf.width(label + " ", "Helvetica-Bold", 12)
        lines = self.wrap(value, BODY, RIGHT - LEFT - start)
        self._space(BODY.before, BODY.size)
        self.y -= BODY.size * LEADING
        self.pdf.text(LEFT, self.y, label + " ", "Helvetica-Bold")
        self.pdf.text(LEFT + start, self.y, lines[0])
        for line in lines[1:]:
            self._line(line, BODY, LEFT + start)

    def footnote(self, text: str) -> None:
        """A note at the foot of this page, under a short rule; the text above ends earlier for it."""
        lines = self.wrap(text, SMALL, RIGHT - LEFT)
        top = self._floor + len(lines) * SMALL.size * LEADING
        self.pdf.line([(LEFT, top + 10), (LEFT + 144, top + 10)])
        for number, line in enumerate(lines, 1):
            self.pdf.text(LEFT, top - number * SMALL.size * LEADING, line, SMALL.font, SMALL.size)
        self._floor = top + 20

    def table(self, rows: Sequence[tuple[Cell, ...]], edges: tuple[float, ...], before: float = 12) -> None:
        """A ruled table: `edges` are the x of its vertical rules; a row of one cell spans it all."""
        self.y -= before
        for row in rows:
            self._row(row, edges if len(row) > 1 else (edges[0], edges[-1]))
        self._fresh = False

    def save(self) -> bytes:
        return self.pdf.finish()

    def _row(self, row: tuple[Cell, ...], edges: tuple[float, ...]) -> None:
        columns = list(zip(row, edges[:-1], edges[1:], strict=True))
        texts = [self.wrap(c.text, c.style, right - left - 2 * CELL) for c, left, right in columns]
        height = max(len(t) * c.style.size * LEADING for t, c in zip(texts, row, strict=True)) + 2.2 * CELL
        for (cell, left, right), lines in zip(columns, texts, strict=True):
            self._box(left, right, height)
            self._fill(lines, cell.style, left + CELL)
        self.y -= height

    def _box(self, left: float, right: float, height: float) -> None:
        top, low = self.y, self.y - height
        self.pdf.line([(left, top), (right, top)])
        self.pdf.line([(left, low), (right, low)])
        self.pdf.line([(left, top), (left, low)])
        self.pdf.line([(right, top), (right, low)])

    def _fill(self, lines: list[str], style: Style, x: float) -> None:
        for number, line in enumerate(lines, 1):
            self.pdf.text(x, self.y - CELL - number * style.size * LEADING + 2, line, style.font, style.size)

    def _wrapped(self, text: str, style: Style, width: float) -> list[str]:
        space = self.pdf.width(" ", style.font, style.size)
        lines: list[str] = []
        room = 0.0
        for word in text.split():
            length = self.pdf.width(word, style.font, style.size)
            if lines and length + space <= room:
                lines[-1] += f" {word}"
                room -= length + space
            else:
                lines.append(word)
                room = width - length
        return lines

    def _space(self, before: float, needed: float) -> None:
        if self.y - before - needed < self._floor:
            self.new_page()
        if not self._fresh:
            self.y -= before
        self._fresh = False

    def _line(self, line: str, style: Style, x: float, mark: str = "") -> None:
        if self.y - style.size * LEADING < self._floor:
            self.new_page()
            self._fresh = False
        self.y -= style.size * LEADING
        if mark:
            self.pdf.text(LEFT + style.indent, self.y, mark, "ZapfDingbats" if mark == "■" else style.font, style.size)
        self.pdf.text(x, self.y, line, style.font, style.size)


def footer(pdf: Pdf, lines: tuple[str, ...]) -> None:
    """A rule, what the document is, and the page's number."""
    pdf.line([(LEFT, 62), (RIGHT, 62)])
    for number, line in enumerate(lines):
        pdf.text(LEFT, 50 - 9.5 * number, line, size=8)
    page = str(pdf.pages)
    pdf.text(RIGHT - pdf.width(page, "Helvetica", 20), 43, page, size=20)


def wordmark(pdf: Pdf) -> None:
    """DEMO in drawn strokes where the inspectorate's logo would stand; it adds nothing to the text."""
    x, y = RIGHT - 74, A4[1] - 62
    strokes = (
        [(0, 0), (0, 22), (8, 22), (13, 16), (13, 6), (8, 0), (0, 0)],
        [(32, 0), (20, 0), (20, 22), (32, 22)],
        [(20, 11), (30, 11)],
        [(39, 0), (39, 22), (47, 8), (55, 22), (55, 0)],
        [(62, 6), (62, 16), (66, 22), (71, 22), (75, 16), (75, 6), (71, 0), (66, 0), (62, 6)],
    )
    for stroke in strokes:
        pdf.line([(x + dx, y + dy) for dx, dy in stroke], width=3, grey=90)
