"""Tells whether a page has anything that can hide its words: pale or invisible type, what is drawn over it, notes.

It is asked of most pages, so an object costs a call or two.
"""

from __future__ import annotations

from ctypes import byref, c_float, c_int, c_uint
from typing import Any

import pypdfium2.raw as pdfium

_PALE = 160
"""Of 255 in each of red, green and blue. Paler type may be white on white; grey type of letterheads is darker."""
_RULE_POINTS = 3.0
"""What is thinner is a rule, and covers nothing."""
_HARMLESS_NOTES = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)


def hides(page: Any, text: Any) -> bool:
    """Whether words of the page may not be seen. Layers, and words beside the page, are not looked for."""
    return _noted(page) or _Objects(page, text).hide()


def _noted(page: Any) -> bool:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        subtype = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if subtype not in _HARMLESS_NOTES:
            return True
    return False


class _Objects:
    """What a page draws, in order."""

    def __init__(self, page: Any, text: Any) -> None:
        self._page, self._text = page, text
        self._colour = [c_uint() for _ in range(4)]
        self._sides = [c_float() for _ in range(4)]
        self._colours, self._bounds = ([byref(one) for one in some] for some in (self._colour, self._sides))

    def hide(self) -> bool:
        """Whether any of them may hide words, or be words that are hidden."""
        written = False
        for index in range(pdfium.FPDFPage_CountObjects(self._page)):
            drawn = pdfium.FPDFPage_GetObject(self._page, index)
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if self._is_unseen_text(drawn) if kind == pdfium.FPDF_PAGEOBJ_TEXT else self._covers(drawn, kind, written):
                return True
            written = written or kind == pdfium.FPDF_PAGEOBJ_TEXT
        return False

    def _is_unseen_text(self, drawn: Any) -> bool:
        """Whether it is pale or invisible."""
        pdfium.FPDFPageObj_GetFillColor(drawn, *self._colours)
        red, green, blue, _ = self._colour
        pale = red.value >= _PALE and green.value >= _PALE and blue.value >= _PALE
        return pale or pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE

    def _covers(self, drawn: Any, kind: int, written: bool) -> bool:
        """Whether it lies on words. A form may hold words of its own; nothing covers what is written after it."""
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            return True
        if not written or (kind == pdfium.FPDF_PAGEOBJ_PATH and not _is_filled_or_thick(drawn)):
            return False
        left, bottom, right, top = self._place(drawn)
        if min(right - left, top - bottom) <= _RULE_POINTS:
            return False
        return bool(pdfium.FPDFText_GetBoundedText(self._text, left, top, right, bottom, None, 0))

    def _place(self, drawn: Any) -> tuple[float, float, float, float]:
        pdfium.FPDFPageObj_GetBounds(drawn, *self._bounds)
        left, bottom, right, top = self._sides
        return left.value, bottom.value, right.value, top.value


def _is_filled_or_thick(path: Any) -> bool:
    fill, stroke, width = c_int(), c_int(), c_float()
    pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    if fill.value:
        return True
    pdfium.FPDFPageObj_GetStrokeWidth(path, byref(width))
    return bool(stroke.value) and width.value > _RULE_POINTS
