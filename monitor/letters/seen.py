"""Tells the words that a page shows from those that only stand in its file.

A file may hold words that nobody sees: in white on white (in six of five hundred letters, as a form's "Insert LA
Address"), in a layer that is switched off, beside the page, under a box that blacks them out. The document does not say
them. No single property tells them all, so a page is drawn, small and grey: a word is seen if its place there is not of
one tone. What a scanner read under the picture of a page is seen in the picture.

Drawing a page takes as long as reading its words. So from the third page on, which no table of judgements reaches, a
page is drawn only if it has what can hide words (`covers`); layers and words beside the page are not looked for there.

Words that a line strikes out are seen, and the document does not say them either.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from ctypes import byref, c_double, c_int, string_at
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from monitor.letters.covers import hides
from monitor.letters.rules import Stroke, strokes

MAX_DRAWN_PAGES = 60
"""Words on later pages count as seen. Ofsted's longest report has 58; a council's pack of 300 scanned pages would take
longer to draw than a document may."""
_ALWAYS_DRAWN = 2
_MIN_TONES = 16
"""Of 255: what differs less on paper nobody can read. No word that is seen in five hundred letters comes near."""
_MAX_PIXELS = 4_000_000
"""A page is drawn with a pixel for a point, where that is no more. An A4 page has half a million."""
_FINE = 1000
_BAND = 0.5
"""Points above and below a line: PDFium finds no words in a box without a height."""
_WORD = re.compile(r"(?<!\S)[^\w\s]*\w\S*")

Box = tuple[float, float, float, float]
"""Left, right, bottom, top; points from the bottom left."""


def only_seen(page: Any, text: Any, raw: str, number: int) -> tuple[str, tuple[str, ...]]:
    """The characters `raw` of the page with this number, at the same indexes, with spaces for every word that is not
    seen; and those words. Where no word is left nothing is: bullets and rules of dots say nothing."""
    drawing = _drawn(page) if _WORD.search(raw) and _may_hide(page, text, number) else None
    if drawing is None:
        return raw, ()
    boxes = _Boxes(text)
    return _without(raw, [found for found in _WORD.finditer(raw) if not _is_seen(drawing, boxes, found.span())])


def not_struck(page: Any, text: Any, raw: str) -> tuple[str, tuple[str, ...]]:
    """The characters of the page as `only_seen` gives them, with spaces for every word that is struck out; and those
    words."""
    lines = [line for line in strokes(page) if _is_beside_words(line, text)]
    if not lines:
        return raw, ()
    boxes = _Boxes(text)
    return _without(raw, [found for found in _WORD.finditer(raw) if _is_struck(lines, boxes, found.span())])


def _without(raw: str, words: Sequence[re.Match[str]]) -> tuple[str, tuple[str, ...]]:
    left = raw
    for found in words:
        left = left[: found.start()] + " " * len(found[0]) + left[found.end() :]
    return left if _WORD.search(left) else " " * len(raw), tuple(found[0] for found in words)


def _is_beside_words(line: Stroke, text: Any) -> bool:
    """Whether a line is drawn where words are. Those of most tables run between them, which costs one call to tell."""
    top, bottom = max(line.left_y, line.right_y) + _BAND, min(line.left_y, line.right_y) - _BAND
    return bool(pdfium.FPDFText_GetBoundedText(text, line.left, top, line.right, bottom, None, 0))


def _is_struck(lines: Sequence[Stroke], boxes: _Boxes, word: tuple[int, int]) -> bool:
    left, right, bottom, top = zip(*(boxes.at(index) for index in range(*word)), strict=True)
    return any(line.strikes(min(left), max(right), min(bottom), max(top)) for line in lines)


def _may_hide(page: Any, text: Any, number: int) -> bool:
    return number <= _ALWAYS_DRAWN or (number <= MAX_DRAWN_PAGES and hides(page, text))


def _is_seen(drawing: _Drawing, boxes: _Boxes, word: tuple[int, int]) -> bool:
    """Whether half of a word's characters are seen. Mostly the middle one tells; those at the ends may stand beside the
    edge of a box that covers the word."""
    if drawing.shows(boxes.at(sum(word) // 2)):
        return True
    seen = [drawing.shows(boxes.at(index)) for index in range(*word)]
    return 2 * sum(seen) >= len(seen)


class _Boxes:
    """The boxes around a page's characters."""

    def __init__(self, text: Any) -> None:
        self._text, self._sides = text, [c_double() for _ in range(4)]
        self._references = [byref(side) for side in self._sides]

    def at(self, index: int) -> Box:
        """The box of a character."""
        pdfium.FPDFText_GetCharBox(self._text, index, *self._references)
        left, right, bottom, top = self._sides
        return left.value, right.value, bottom.value, top.value


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A page in grey, a byte a pixel, row by row from the top; `placed` leads from points to pixels."""

    pixels: bytes
    wide: int
    high: int
    stride: int
    placed: tuple[float, float, float, float, float, float]

    def shows(self, box: Box) -> bool:
        """Whether more than one tone is in the box and on its edges. A row through its middle tells it of most."""
        left, right, top, bottom = self._on_pixels(box)
        middle, darkest, lightest = (top + bottom) // 2, 255, 0
        for row in (*range(middle, bottom + 1), *range(top, middle)):
            if tones := self.pixels[row * self.stride + left : row * self.stride + right + 1]:
                darkest, lightest = min(darkest, *tones), max(lightest, *tones)
                if lightest - darkest >= _MIN_TONES:
                    return True
        return False

    def _on_pixels(self, box: Box) -> tuple[int, int, int, int]:
        """Left, right, top, bottom, as far as they are on the page."""
        a, b, c, d, e, f = self.placed
        x, other_x, y, other_y = box
        left, right = a * x + c * y + e, a * other_x + c * other_y + e
        top, bottom = b * other_x + d * other_y + f, b * x + d * y + f
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
        across = max(int(left) - 1, 0), min(int(right) + 1, self.wide - 1)
        return *across, max(int(top) - 1, 0), min(int(bottom) + 1, self.high - 1)


def _drawn(page: Any) -> _Drawing | None:
    """The page as it is printed, with its notes and stamps; None for one without a size, or too large to be drawn."""
    wide, high = (math.ceil(side) for side in (pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)))
    if not 0 < wide * high <= _MAX_PIXELS:
        return None
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return None
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return _Drawing(pixels, wide, high, stride, _placed(page, wide, high))


def _placed(page: Any, wide: int, high: int) -> tuple[float, float, float, float, float, float]:
    """How points become pixels, as a matrix. A page may be turned, and may not begin at zero."""
    (e, f), (ax, bx), (cx, dx) = (_at(page, wide, high, x, y) for x, y in ((0, 0), (_FINE, 0), (0, _FINE)))
    return (ax - e) / _FINE, (bx - f) / _FINE, (cx - e) / _FINE, (dx - f) / _FINE, e, f


def _at(page: Any, wide: int, high: int, x: float, y: float) -> tuple[float, float]:
    """A point in pixels. PDFium rounds to whole ones, so it is asked for a larger drawing."""
    across, down = c_int(), c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, wide * _FINE, high * _FINE, 0, x, y, byref(across), byref(down))
    return across.value / _FINE, down.value / _FINE
