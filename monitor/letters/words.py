"""Normalises the text of a page, in one way for values, evidence and tests.

PDFium's text has traces of typesetting in it: U+0002 or U+FFFE for a hyphen at a line's end, bullets from symbol fonts
as private-use characters, no-break spaces, ligatures, marks of writing direction. This module removes them, and no
other does, so that every quote stands on its page letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.model.characters import LIGATURES, harmless

BULLETS = "\u2022\u25fc\u25aa\u25a0\u25cf\u25cb\u25e6\u2219\u00b7\u27a2\u27a4\u2b9a"
"""Characters that open an item of a list. U+F02D is a dash in symbol fonts and becomes U+2013."""

MARKER = re.compile(rf"(?:[{re.escape(BULLETS)}\u2013-]|\d{{1,3}}\.)\s*(?=\S|$)")
"""The beginning of a list item: a bullet, a dash or a number."""

_COMMON = frozenset(
    ("the", "of", "and", "to", "in", "a", "for", "is", "are", "that", "with", "on", "by", "was", "were", "not", "have",
     "has", "be", "as", "from", "at", "this")
)  # fmt: skip
_LEAST_COMMON = 0.08
"""Of a text's words so many are common ones. Of every letter's it is more than a quarter, of garbled text none."""
_LEAST_WORDS = 40
_HALVES = range(0xD800, 0xE000)
_SPACES = [0x09, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_LINE_END_HYPHENS = [0x02, 0xFFFE]
_SYMBOL_FONT = range(0xE000, 0xF900)
_CONTROLS = range(0x80, 0xA0)


def _table() -> dict[int, str]:
    """Maps a character to its replacement. The C1 controls and symbol fonts hold nothing but bullets."""
    table: dict[int, str] = dict.fromkeys([*_SYMBOL_FONT, *_CONTROLS], "\u2022")
    table |= dict.fromkeys(_HALVES, "") | dict.fromkeys(_SPACES, " ")
    table |= dict.fromkeys(_LINE_END_HYPHENS, "-") | {0xF02D: "\u2013"}
    return table | LIGATURES


_TABLE = _table()
_UNUSUAL = re.compile(r"[^ -~\u2018\u2019\u201c\u201d\u2013]")


def clean(raw: str) -> str:
    """Normalise one line of a page: single spaces, no traces of typesetting."""
    if _UNUSUAL.search(raw):
        raw = harmless(raw.translate(_TABLE))
    return " ".join(raw.split())


def garbled(text: str) -> bool:
    """Whether a text is no English. A font may leave out which letters it draws, and other letters come in their place:
    the page looks right, and its text says "Jotqfdujpo"."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) >= _LEAST_WORDS and sum(word in _COMMON for word in words) < _LEAST_COMMON * len(words)


def flowing(lines: Iterable[str]) -> str:
    """Lines as one run of text: a line break counts as a space."""
    return " ".join(lines)


def unmarked(text: str) -> str:
    """A paragraph's words without the bullet or number that opens it."""
    marker = MARKER.match(text)
    return text[marker.end() :] if marker else text
