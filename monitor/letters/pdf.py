"""Opens a PDF with PDFium: text in document order, the type of each line, ruled tables.

The module uses PDFium's raw interface, because one call for each line tells type size and place at a tenth of the cost
of the text itself. PDFium is not thread-safe: a process reads one document at a time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from ctypes import POINTER, byref, c_double, c_ushort, cast, create_string_buffer
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium

from monitor.letters import failures
from monitor.letters.document import RAISED, Cell, Document, Line, Page
from monitor.letters.grid import Word, cells
from monitor.letters.rules import rules
from monitor.letters.seen import not_struck, only_seen
from monitor.letters.words import clean

MAX_PAGES = 300
"""The reader reads no page after this one. Ofsted's longest report has 58 pages."""

_BOLD = 600
_SCALED = 2.0
_DIGIT = re.compile("[0-9]")
_MARK = re.compile(r"(?<=[A-Za-z)\u2019\u201d.,;:?!])\d{1,2}(?!\d)")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_LEADING_NUMBER = re.compile(r"\s*(\d{1,2})\s*(?=[^\W\d_])")
_WORD = re.compile(r"\S+")
_TABLE = re.compile(r"judg(?:e)?ment|adoption performance|areas for|responsible body|main findings", re.IGNORECASE)
"""Words on a page with a table that matters. Finding the rules of a table costs a quarter of reading a page's text."""

_REASONS = {3: failures.BROKEN, 4: "the file is protected by a password"}


class UnreadableError(ValueError):
    """A document that cannot be read at all; the message is one plain sentence for people."""


@lru_cache(maxsize=1)
def open_letter(data: bytes) -> Document:
    """Return all pages of a PDF. Raises `UnreadableError` if the file is no PDF, or holds no text.

    The last one is kept, for a letter is read first and then taken apart into paragraphs.
    """
    _refuse_what_is_no_pdf(data)
    with _loaded(data) as handle:
        total = pdfium.FPDF_GetPageCount(handle)
        pages = tuple(_pages(handle, min(total, MAX_PAGES)))
    if not any(page.lines for page in pages):
        raise UnreadableError(_why_empty(pages))
    return Document(pages, total)


def _why_empty(pages: Sequence[Page]) -> str:
    if any(page.unseen or page.struck for page in pages):
        return "the file's pages show none of its words"
    return "the file holds no text, only pictures of pages" if pages else failures.NO_PAGES


def _refuse_what_is_no_pdf(data: bytes) -> None:
    if not data:
        raise UnreadableError(failures.EMPTY)
    if b"%PDF-" in data[:1024]:
        return
    if data.lstrip()[:1] == b"<":
        raise UnreadableError(failures.WEB_PAGE)
    raise UnreadableError(failures.OTHER)


@contextmanager
def _loaded(data: bytes) -> Iterator[Any]:
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        reason = _REASONS.get(pdfium.FPDF_GetLastError(), failures.CLOSED)
        raise UnreadableError(reason)
    try:
        yield handle
    finally:
        pdfium.FPDF_CloseDocument(handle)


def _pages(document: Any, count: int) -> Iterator[Page]:
    """The pages in order. A table may continue on the page after the one that names it."""
    tabled = False
    for number in range(1, count + 1):
        page = _page(document, number, tabled=tabled)
        tabled = bool(page.cells)
        yield page


def _page(document: Any, number: int, *, tabled: bool) -> Page:
    """One page; a damaged page has no lines. `tabled` is True if the page before has a table."""
    with ExitStack() as opened:
        if not (page := pdfium.FPDF_LoadPage(document, number - 1)):
            return Page(number, ())
        opened.callback(pdfium.FPDF_ClosePage, page)
        if not (text := pdfium.FPDFText_LoadPage(page)):
            return Page(number, ())
        opened.callback(pdfium.FPDFText_ClosePage, text)
        shown, unseen = only_seen(page, text, _raw_text(text), number)
        said, struck = not_struck(page, text, shown)
        typeset = _Typeset(text, said)
        ruled = _cells(page, typeset) if tabled or _TABLE.search(typeset.raw) else ()
        return Page(number, tuple(typeset.lines(number)), ruled, tuple(map(clean, unseen)), tuple(map(clean, struck)))


def _raw_text(text: Any) -> str:
    """The page's characters, at the same indexes as in PDFium."""
    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    buffer = create_string_buffer(2 * (count + 1))
    written = pdfium.FPDFText_GetText(text, 0, count, cast(buffer, POINTER(c_ushort)))
    units = buffer.raw[: 2 * max(written - 1, 0)]
    text_of_units = units.decode("utf-16-le", "replace")
    if len(text_of_units) == len(units) // 2:
        return text_of_units
    return "".join(chr(unit) for unit in memoryview(units).cast("H"))


def _cells(page: Any, typeset: _Typeset) -> tuple[Cell, ...]:
    drawn = rules(page)
    return cells(drawn, typeset.words()) if drawn else ()


_X, _Y = c_double(), c_double()
_AT_X, _AT_Y = byref(_X), byref(_Y)
_get_origin = pdfium.FPDFText_GetCharOrigin
_get_size = pdfium.FPDFText_GetFontSize
_get_weight = pdfium.FPDFText_GetFontWeight


@dataclass(slots=True)
class _Typeset:
    """A page's raw text, with the places and sizes of its characters."""

    text: Any
    raw: str

    def lines(self, number: int) -> Iterator[Line]:
        """The lines that hold words, without footnote marks."""
        start, above = 0, -1.0
        for raw in self.raw.split("\r\n"):
            line = self._line(raw, start, number, above) if raw and not raw.isspace() else None
            start += len(raw) + 2
            if line and line.text:
                above = line.y
                yield line

    def words(self) -> list[Word]:
        """Every run of characters between spaces, with the place of its first character."""
        return [Word(*self._origin(m.start()), clean(m[0])) for m in _WORD.finditer(self.raw)]

    def _line(self, raw: str, start: int, number: int, above: float) -> Line:
        letter = _FIRST_LETTER.search(raw)
        first = start + len(raw) - len(raw.lstrip())
        at = start + letter.start() if letter else first
        size = self._size(at)
        x, y = self._origin(at)
        if first != at:
            x, _ = self._origin(first)
        words, marked = self._without_marks(raw, start, size)
        bold = _get_weight(self.text, at) >= _BOLD
        return Line(clean(words), number, x, y, size, bold, note=marked and abs(y - above) > 1)

    def _without_marks(self, raw: str, start: int, size: float) -> tuple[str, bool]:
        """The line without its raised numbers, and True if it opened with one."""
        if not _DIGIT.search(raw):
            return raw, False
        leading = _LEADING_NUMBER.match(raw)
        if leading and self._raised(start + leading.start(1), size):
            return self._without_marks(" " * leading.end() + raw[leading.end() :], start, size)[0], True
        return _MARK.sub(lambda m: "" if self._raised(start + m.start(), size) else m[0], raw), False

    def _raised(self, index: int, size: float) -> bool:
        return self._size(index) < size * RAISED

    def _size(self, index: int) -> float:
        """The size of type on the page. Files made by Distiller (2016) give every font the size 1 and scale it."""
        size = float(_get_size(self.text, index))
        if size > _SCALED:
            return size
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text, index, byref(matrix))
        return size * math.hypot(matrix.c, matrix.d)

    def _origin(self, index: int) -> tuple[float, float]:
        _get_origin(self.text, index, _AT_X, _AT_Y)
        return _X.value, _Y.value
