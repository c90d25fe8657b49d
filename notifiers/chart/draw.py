"""Draws the table of judgements with Pillow, in its built-in typeface, at twice the size of the page. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw, ImageFont

from monitor.wording.colours import GRADES
from notifiers.chart.grid import Cell, Column, Grid

SCALE = 2
"""Pixels of the picture for one pixel of the page, so that it is sharp on a dense screen."""
WIDTH, EDGE, GAP = 600, 16, 4
LABELS, NARROWEST, WIDEST = (112, 152), 91, 132
ROW, HEAD, TITLE, FOOT = 44, 44, 34, 26
SUBTITLE, FOOTNOTE = "Ofsted's judgements over the years", "From Ofsted's reports, by month of publication"
BLENDS = 7
"""Steps of colour between a ground and the letters on it: enough for smooth edges, few enough for a small file."""

PAPER, INK, FAINT, RULE, HAIR = "#ffffff", "#0b0c0c", "#505a5f", "#b1b4b6", "#e3e4e5"
OTHER = ("#e3e4e5", "#0b0c0c")
"""A grade of another scale ("adequate")."""
NONE, BESIDE = ("#ffffff", "#505a5f"), ("#f3f2f1", "#505a5f")
"""Colours for "not judged", and for judgements that this table does not show."""


@dataclass(frozen=True, slots=True)
class Place:
    """The columns: the left edge of the first inspection, and the distance from one to the next."""

    left: int
    step: int
    columns: int


Draw = ImageDraw.ImageDraw
Box = tuple[float, float, float, float]


def png(table: Grid) -> tuple[bytes, tuple[int, int]]:
    """Return the picture, and its size in pixels."""
    place = _place(len(table.columns))
    width, height = place.left + place.step * place.columns + EDGE, TITLE + HEAD + ROW * len(table.areas) + FOOT + EDGE
    image = Image.new("RGB", (width * SCALE, height * SCALE), PAPER)
    _paint(ImageDraw.Draw(image), table, place, width, height)
    return _file(image), image.size


def _place(columns: int) -> Place:
    """Lay out the columns. Names of areas stand on one line if there is room, otherwise on two."""
    label = LABELS[1] if (WIDTH - 2 * EDGE - LABELS[1]) // columns >= NARROWEST + GAP else LABELS[0]
    step = min(WIDEST, (WIDTH - 2 * EDGE - label) // columns)
    return Place(EDGE + label, step, columns)


def _file(image: Image.Image) -> bytes:
    out = BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _palette() -> Image.Image:
    """The colours of the picture, and the blends between each ground and what stands on it."""
    grounds = [*GRADES.values(), OTHER, NONE, BESIDE, (PAPER, INK), (PAPER, RULE)]
    grounds += [(PAPER, fill) for fill, _ in GRADES.values()]
    steps = [tuple(zip(ImageColor.getrgb(a), ImageColor.getrgb(b), strict=True)) for a, b in grounds]
    colours = [round(x + (y - x) * n / BLENDS) for pair in steps for n in range(BLENDS + 1) for x, y in pair]
    found = Image.new("P", (1, 1))
    found.putpalette(colours)
    return found


def _paint(draw: Draw, table: Grid, place: Place, width: int, height: int) -> None:
    _frame(draw, (0.5, 0.5, width - 1, height - 1), 6, RULE, 1)
    name = _fit(table.council, width - 2 * EDGE, 16)
    _text(draw, (EDGE, 12), name, 16, bold=True)
    if (after := EDGE + _wide(name, 16) + 10) + _wide(SUBTITLE, 12) < width - EDGE:
        _text(draw, (after, 15), SUBTITLE, 12, FAINT)
    for index, column in enumerate(table.columns):
        _head(draw, place.left + index * place.step, place.step, column)
    for row, area in enumerate(table.areas):
        _label(draw, TITLE + HEAD + row * ROW, area, place, width, first=row == 0)
    for cell in table.cells:
        _cell(draw, cell, place)
    own = place.left + (place.columns - 1) * place.step
    _frame(draw, (own - 1, TITLE + 4, own + place.step - 1, TITLE + HEAD + ROW * len(table.areas) + 2), 6, INK, 2)
    _text(draw, (EDGE, height - FOOT - 4), FOOTNOTE, 11, FAINT)


def _head(draw: Draw, left: float, step: int, column: Column) -> None:
    middle = left + step / 2 - 1
    _centred(draw, middle, TITLE + 10, column.when, 13, INK, bold=column.own)
    note = f"{column.framework}, this report" if column.own else column.framework
    _centred(draw, middle, TITLE + 27, note if _wide(note, 11) < step - 10 else "this report", 11, FAINT)


def _label(draw: Draw, top: float, area: str, place: Place, width: int, *, first: bool) -> None:
    if not first:
        draw.line(_scaled((EDGE, top - 0.5, width - EDGE, top - 0.5)), HAIR, SCALE)
    lines = _wrapped(area, place.left - EDGE - 10, 14, 2)
    for number, line in enumerate(lines):
        _text(draw, (EDGE, top + ROW / 2 - len(lines) * 8.5 + number * 17), line, 14)


def _cell(draw: Draw, cell: Cell, place: Place) -> None:
    left, top = place.left + cell.column * place.step + GAP - 1, TITLE + HEAD + cell.row * ROW + 2
    right, bottom = left + place.step - 2 * GAP, top + cell.rows * ROW - 5
    fill, ink = GRADES.get(cell.grade, OTHER) if cell.grade else BESIDE if cell.beside else NONE
    draw.rounded_rectangle(_scaled((left, top, right, bottom)), 4 * SCALE, fill)
    if fill == PAPER:
        _frame(draw, (left, top, right, bottom), 4, RULE, 1)
    size = 13 if cell.grade else 12
    lines = _wrapped(cell.text, right - left - 3, size, 2 if cell.rows == 1 else 5)
    for number, line in enumerate(lines):
        _centred(draw, (left + right) / 2, (top + bottom) / 2 - len(lines) * 8 + number * 16, line, size, ink)
    if cell.way:
        _arrow(draw, right - 8, top + 8, ink, up=cell.way == "improved")


def _arrow(draw: Draw, x: float, y: float, ink: str, *, up: bool) -> None:
    tip, foot = (y - 4, y + 3) if up else (y + 4, y - 3)
    draw.polygon([(x * SCALE, tip * SCALE), ((x - 4) * SCALE, foot * SCALE), ((x + 4) * SCALE, foot * SCALE)], ink)


def _frame(draw: Draw, box: Box, radius: int, colour: str, thick: int) -> None:
    draw.rounded_rectangle(_scaled(box), radius * SCALE, outline=colour, width=thick * SCALE)


def _scaled(box: Box) -> Box:
    left, top, right, bottom = box
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE


def _centred(draw: Draw, x: float, y: float, text: str, size: int, ink: str, *, bold: bool = False) -> None:
    _text(draw, (x - _wide(text, size) / 2, y), text, size, ink, bold=bold)


def _text(draw: Draw, at: tuple[float, float], text: str, size: int, ink: str = INK, *, bold: bool = False) -> None:
    """Write text. The typeface has no bold, so a hair of outline makes one."""
    place = (at[0] * SCALE, at[1] * SCALE)
    draw.text(place, _drawable(text), ink, _font(size), stroke_width=0.6 if bold else 0)


def _wrapped(text: str, width: float, size: int, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        wider = f"{lines[-1]} {word}".strip()
        if lines[-1] and _wide(wider, size) > width:
            lines.append(word)
        else:
            lines[-1] = wider
    kept = lines[:most] if len(lines) <= most else [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [_fit(line, width, size) for line in kept]


def _fit(text: str, width: float, size: int) -> str:
    if _wide(text, size) <= width:
        return text
    while text and _wide(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _wide(text: str, size: int) -> float:
    return _font(size).getlength(_drawable(text)) / SCALE


def _drawable(text: str) -> str:
    """Replace letters that the typeface lacks: an accented one by its base, a foreign one by a question mark."""
    plain = unicodedata.normalize("NFKD", text.replace("…", "\0").replace("\u2019", "'"))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join("…" if c == "\0" else c if " " <= c <= "~" else "?" for c in kept)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own typeface, Aileron (public domain, CC0)."""
    found = ImageFont.load_default(size * SCALE)
    assert isinstance(found, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return found
