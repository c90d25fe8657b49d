"""The sheets as a workbook for Excel and LibreOffice: typed cells, links, widths, filters, colours of grades.

Whatever came from a page or a letter is written as text, also where it begins with an equals sign: no formula.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from monitor.views.sheet import Cell, Column, Sheet, Shown
from monitor.wording.colours import GRADES
from monitor.wording.text import printable, safe_url

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_CELL_CHARACTERS = 32_767
"""Excel opens no cell with more."""
MAX_LINK_CHARACTERS = 2_079
LINE_HEIGHT = 15
"""Points. LibreOffice does not make a row higher by itself, so each row of wrapped text is given its height."""
HEADING_LINES = 3
WIDER = 10
"""So many more characters of a text than digits fit a column, whose width is counted in digits."""
EVERY_CELL = "A1:XFD1048576"


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of the workbook, by how a column is shown and, for grades, by grade."""

    heading: Format
    plain: Format
    shown: Mapping[Shown, Format]
    grades: Mapping[str, Format]

    def of(self, shown: Shown, text: str) -> Format:
        """How a text is shown in such a column; a day or an address that is none is plain."""
        if shown is Shown.GRADE:
            return self.grades.get(text, self.plain)
        return self.shown[shown] if shown is Shown.TEXT else self.plain


def workbook(sheets: Sequence[Sheet], notes: Sequence[str]) -> bytes:
    """The sheets, and a last one that says what each has, with `notes` below."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as book:
        book.set_properties({"title": "Ofsted's inspections of children's services", "author": "ofsted-watch"})
        looks = _looks(book.add_format)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, looks)
        _write_about(book.add_worksheet("about"), sheets, notes, looks)
    return out.getvalue()


def _looks(made: Callable[[dict[str, object]], Format]) -> Looks:
    top: dict[str, object] = {"valign": "top"}
    shown: dict[Shown, dict[str, object]] = {
        Shown.DAY: {"num_format": "d mmm yyyy", "align": "left"},
        Shown.NUMBER: {"num_format": "#,##0_)_)"},
        Shown.LINK: {"font_color": "#0b4f8a", "underline": 1},
        Shown.TEXT: {"text_wrap": True},
    }
    return Looks(
        heading=made({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#e3e4e5", "bottom": 1}),
        plain=made(top),
        shown={kind: made(top | how) for kind, how in shown.items()},
        grades={g: made(top | {"bg_color": fill, "font_color": ink}) for g, (fill, ink) in GRADES.items()},
    )


def _write(page: Worksheet, sheet: Sheet, looks: Looks) -> None:
    _lay_out(page, sheet)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.heading, looks.heading)
    for number, row in enumerate(sheet.rows, 1):
        wrapped = [str(c) for column, c in zip(sheet.columns, row, strict=True) if column.shown is Shown.TEXT]
        page.set_row(number, LINE_HEIGHT * max(map(_lines, wrapped), default=1))
        for at, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            if cell is not None:
                _write_cell(page, number, at, column, cell, looks)


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    """What a person needs to read a long table: its heading and first columns in sight, filters, a page to print."""
    page.freeze_panes(1, sheet.fixed)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_row(0, HEADING_LINES * LINE_HEIGHT)
    page.repeat_rows(0)
    _set_paper(page)
    page.ignore_errors({"number_stored_as_text": EVERY_CELL})


def _set_paper(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")


def _lines(text: str) -> int:
    """How many lines a wrapped text takes."""
    return len(textwrap.wrap(text, Shown.TEXT.value + WIDER)) or 1


def _write_cell(page: Worksheet, row: int, at: int, column: Column, cell: Cell, looks: Looks) -> None:
    shown = column.shown
    if isinstance(cell, int):
        page.write_number(row, at, cell, looks.shown[Shown.NUMBER])
        return
    text = printable(str(cell))[:MAX_CELL_CHARACTERS]
    if shown is Shown.DAY and (day := _day(text)):
        page.write_datetime(row, at, day, looks.shown[Shown.DAY])
    elif shown is Shown.LINK and (address := safe_url(text)) and len(address) <= MAX_LINK_CHARACTERS:
        page.write_url(row, at, address, looks.shown[Shown.LINK], string=text)
    else:
        page.write_string(row, at, text, looks.of(shown, text))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _write_about(page: Worksheet, sheets: Sequence[Sheet], notes: Sequence[str], looks: Looks) -> None:
    page.set_column(0, 0, Shown.WORD.value)
    page.set_column(1, 1, Shown.TEXT.value)
    _set_paper(page)
    for row, sheet in enumerate(sheets):
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", looks.shown[Shown.LINK], string=sheet.name)
    for row, note in enumerate([*(sheet.about for sheet in sheets), "", *notes]):
        page.set_row(row, LINE_HEIGHT * _lines(note))
        page.write_string(row, 1, printable(note), looks.shown[Shown.TEXT])
