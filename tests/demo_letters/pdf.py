"""Writes small PDF files: text in the standard fonts, ruled lines, pages, and the same bytes every time.

Drawing goes through PDFium's own interface, so the files have a text layer and path objects like those
that a word processor makes. Lengths are points (1/72 inch), y counts from the bottom of the page.
PDFium is not made for threads: write from one thread at a time.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from typing import Any, Literal

import pypdfium2.raw as pdfium

from tests.demo_letters.fonts import describe_fonts

Font = Literal["Helvetica", "Helvetica-Bold", "ZapfDingbats"]
Grey = int

APOSTROPHE = "\u2019"
A4 = (595.0, 842.0)
_STAMP = b"D:20000101000000+00'00'"
_UNITS = 1000.0

_widths: dict[tuple[Font, str], float] = {}
"""Words measured so far, for type of one point: letters use the same words over and over."""


class Pdf:
    """A document being written. Pages are added at the end and drawn on one after the other."""

    def __init__(self) -> None:
        self._document: Any = pdfium.FPDF_CreateNewDocument()
        self._fonts: dict[Font, Any] = {}
        self._page: Any = None
        self.pages = 0

    def new_page(self) -> None:
        """Closes the page being drawn and starts the next."""
        self._finish_page()
        self._page = pdfium.FPDFPage_New(self._document, self.pages, *A4)
        self.pages += 1

    def width(self, text: str, font: Font, size: float) -> float:
        """How wide a line of text will be."""
        if (font, text) not in _widths:
            _widths[font, text] = sum(self._glyph(font, char) for char in typeset(text)) / _UNITS
        return _widths[font, text] * size

    def text(self, x: float, y: float, text: str, font: Font = "Helvetica", size: float = 12, grey: Grey = 0) -> None:
        """One line of text whose baseline starts at (x, y)."""
        item = pdfium.FPDFPageObj_CreateTextObj(self._document, self._font(font), size)
        pdfium.FPDFText_SetText(item, _utf16(typeset(text)))
        pdfium.FPDFPageObj_SetFillColor(item, grey, grey, grey, 255)
        pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, y)
        pdfium.FPDFPage_InsertObject(self._page, item)

    def line(self, points: list[tuple[float, float]], width: float = 0.5, grey: Grey = 0) -> None:
        """A stroked line through the points."""
        path = pdfium.FPDFPageObj_CreateNewPath(*points[0])
        for x, y in points[1:]:
            pdfium.FPDFPath_LineTo(path, x, y)
        pdfium.FPDFPageObj_SetStrokeColor(path, grey, grey, grey, 255)
        pdfium.FPDFPageObj_SetStrokeWidth(path, width)
        pdfium.FPDFPath_SetDrawMode(path, pdfium.FPDF_FILLMODE_NONE, True)
        pdfium.FPDFPage_InsertObject(self._page, path)

    def finish(self) -> bytes:
        """The file. The document is closed and can be drawn on no longer."""
        self._finish_page()
        data = _saved(self._document)
        for font in self._fonts.values():
            pdfium.FPDFFont_Close(font)
        pdfium.FPDF_CloseDocument(self._document)
        return _settled(describe_fonts(data))

    def _finish_page(self) -> None:
        if self._page is not None:
            pdfium.FPDFPage_GenerateContent(self._page)
            pdfium.FPDF_ClosePage(self._page)
            self._page = None

    def _font(self, font: Font) -> Any:
        if font not in self._fonts:
            self._fonts[font] = pdfium.FPDFText_LoadStandardFont(self._document, font.encode())
        return self._fonts[font]

    def _glyph(self, font: Font, char: str) -> float:
        found = ctypes.c_float()
        pdfium.FPDFFont_GetGlyphWidth(self._font(font), ord(char), _UNITS, found)
        return found.value


def typeset(text: str) -> str:
    """The text as it is printed: with a typographic apostrophe, as in every letter since 2014."""
    return text.replace("'", APOSTROPHE)


def _utf16(text: str) -> Any:
    raw = (text + "\0").encode("utf-16-le")
    return (ctypes.c_ushort * (len(raw) // 2)).from_buffer_copy(raw)


def _saved(document: Any) -> bytes:
    """What PDFium hands over, block by block, when it saves."""
    blocks: list[bytes] = []

    def keep(_self: Any, data: Any, size: int) -> int:
        blocks.append(ctypes.string_at(data, size))
        return 1

    target = pdfium.FPDF_FILEWRITE(version=1)
    target.WriteBlock = type(target.WriteBlock)(keep)
    if not pdfium.FPDF_SaveAsCopy(document, target, pdfium.FPDF_NO_INCREMENTAL):
        raise OSError("PDFium could not write the document")
    return b"".join(blocks)


def _settled(data: bytes) -> bytes:
    """The file with a fixed creation time and an id made from its content, in place of the moment's.

    Documents are known by their hash, so the same letter has to be the same bytes. Lengths stay as they
    are, because the cross-reference table counts bytes.
    """
    data = re.sub(rb"D:\d{14}[+-]\d\d'\d\d'", _STAMP, data, count=1)
    body = re.sub(rb"/ID\[<[0-9A-F]+><[0-9A-F]+>\]", b"", data)
    name = hashlib.sha256(body).hexdigest()[:32].upper().encode()
    return re.sub(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]", b"/ID[<" + name + b"><" + name + b">]", data)
