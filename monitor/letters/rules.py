"""Finds the straight lines that a page draws: the rules of its tables, and strokes through its words.

Word draws the borders of a cell as thin filled rectangles or as strokes, one for each side of each cell. Both come as
path objects with a bounding box that is long one way and thin the other. So does a line through words that are struck
out; a hand draws a slanted one; and a reader of PDFs leaves a note of the kind StrikeOut.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

MAX_WIDTH_POINTS = 3.0
MIN_LENGTH_POINTS = 6.0
MAX_RULES = 600
"""A page with more rules than this is a drawing, not a table."""
_SHARE_STRUCK = 0.7
"""A line over so much of a word strikes it out."""
_SHARE_OF_EDGE = 0.2
"""Of a word's height: what lies nearer to its foot underlines it. The rules of tables are further away from words."""
_PALE = 200
"""Of 255 in each of red, green and blue: what is paler is no line on white paper."""
_NOT_SHOWN = 0x02 | 0x20
"""The flags of a note that is hidden, or not for the screen."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line at one coordinate, from `start` to `end` along the other; points from the bottom left."""

    at: float
    start: float
    end: float

    def spans(self, place: float) -> bool:
        """Return True if the line passes this place."""
        return self.start - 1 <= place <= self.end + 1


@dataclass(frozen=True, slots=True)
class Rules:
    """A page's level and upright lines."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from one point to another that lies further right."""

    left: float
    left_y: float
    right: float
    right_y: float

    def strikes(self, left: float, right: float, bottom: float, top: float) -> bool:
        """Whether the line goes through a word in this box, from side to side and near its middle."""
        start, end = max(left, self.left), min(right, self.right)
        if end - start <= _SHARE_STRUCK * (right - left):
            return False
        edge = _SHARE_OF_EDGE * (top - bottom)
        within = (bottom - edge <= self._y(x) <= top + edge for x in (start, end))
        return bottom + edge <= self._y((start + end) / 2) <= top - edge and all(within)

    def _y(self, x: float) -> float:
        return self.left_y + (self.right_y - self.left_y) * (x - self.left) / (self.right - self.left)


def rules(page: Any) -> Rules | None:
    """Return the rules of a page, or None if there are too few for a table."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for drawn in _paths(page):
        _sort(_box(drawn), level, upright)
    if len(level) < 2 or len(upright) < 2 or len(level) + len(upright) > MAX_RULES:
        return None
    return Rules(tuple(level), tuple(upright))


def strokes(page: Any) -> list[Stroke]:
    """Return the lines of a page that may strike words out: level and slanted ones, and what its notes strike. None of
    a page that is a drawing."""
    lines = [stroke for drawn in _paths(page) if (stroke := _stroke(drawn))]
    return [*(lines if len(lines) <= MAX_RULES else ()), *_noted(page)]


def _paths(page: Any) -> Iterator[Any]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_PATH:
            yield drawn


def _stroke(drawn: Any) -> Stroke | None:
    """The line that a path is, where it is one that people see."""
    left, bottom, right, top = _box(drawn)
    if right - left < MIN_LENGTH_POINTS or not _is_thin_and_dark(drawn):
        return None
    if top - bottom <= MAX_WIDTH_POINTS:
        return Stroke(left, (bottom + top) / 2, right, (bottom + top) / 2)
    if pdfium.FPDFPath_CountSegments(drawn) != 2:
        return None
    return Stroke(*min(ends := list(_ends(drawn))), *max(ends))


def _ends(line: Any) -> Iterator[tuple[float, float]]:
    """The two points of a line, on the page."""
    matrix, x, y = pdfium.FS_MATRIX(), c_float(), c_float()
    pdfium.FPDFPageObj_GetMatrix(line, byref(matrix))
    for index in (0, 1):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(line, index), byref(x), byref(y))
        yield matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f


def _is_thin_and_dark(drawn: Any) -> bool:
    """Whether people see it as a line: it is drawn at all, not pale, and no bar that covers what it lies on."""
    fill, stroke, width = c_int(), c_int(), c_float()
    pdfium.FPDFPath_GetDrawMode(drawn, byref(fill), byref(stroke))
    pdfium.FPDFPageObj_GetStrokeWidth(drawn, byref(width))
    if not (fill.value or stroke.value) or (stroke.value and width.value > MAX_WIDTH_POINTS):
        return False
    colour = [c_uint() for _ in range(4)]
    get = pdfium.FPDFPageObj_GetStrokeColor if stroke.value else pdfium.FPDFPageObj_GetFillColor
    known = get(drawn, *map(byref, colour))
    *tones, opaque = (tone.value for tone in colour)
    return not known or (opaque > 0 and min(tones) < _PALE)


def _noted(page: Any) -> Iterator[Stroke]:
    """The lines of the notes that strike words out."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_STRIKEOUT:
            yield from _strokes_of(note)
        pdfium.FPDFPage_CloseAnnot(note)


def _strokes_of(note: Any) -> Iterator[Stroke]:
    """A line for each box of words that a note strikes out; none if it is not shown."""
    quad = pdfium.FS_QUADPOINTSF()
    shown = not pdfium.FPDFAnnot_GetFlags(note) & _NOT_SHOWN
    for index in range(pdfium.FPDFAnnot_CountAttachmentPoints(note) if shown else 0):
        pdfium.FPDFAnnot_GetAttachmentPoints(note, index, byref(quad))
        across, high = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
        middle = (min(high) + max(high)) / 2
        if min(across) < max(across):
            yield Stroke(min(across), middle, max(across), middle)


def _box(drawn: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium.FPDFPageObj_GetBounds(drawn, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


def _sort(box: tuple[float, float, float, float], level: list[Rule], upright: list[Rule]) -> None:
    left, bottom, right, top = box
    wide, high = right - left, top - bottom
    if high <= MAX_WIDTH_POINTS and wide >= MIN_LENGTH_POINTS:
        level.append(Rule((bottom + top) / 2, left, right))
    elif wide <= MAX_WIDTH_POINTS and high >= MIN_LENGTH_POINTS:
        upright.append(Rule((left + right) / 2, bottom, top))
