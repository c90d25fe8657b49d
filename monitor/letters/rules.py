"""Finds the straight lines that a page draws: the rules of its tables.

Word draws the borders of a cell as thin filled rectangles or as strokes, one for each side of each cell. Both come as
path objects with a bounding box that is long one way and thin the other.
"""

from __future__ import annotations

from ctypes import byref, c_float
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

MAX_WIDTH_POINTS = 3.0
MIN_LENGTH_POINTS = 6.0
MAX_RULES = 600
"""A page with more rules than this is a drawing, not a table."""


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


def rules(page: Any) -> Rules | None:
    """Return the rules of a page, or None if there are too few for a table."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_PATH:
            _sort(_box(drawn), level, upright)
    if len(level) < 2 or len(upright) < 2 or len(level) + len(upright) > MAX_RULES:
        return None
    return Rules(tuple(level), tuple(upright))


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
