"""Cuts a text into words as SQLite's full-text index does, so that both find the same.

The index is made with the tokenizer `unicode61 remove_diacritics 2`: a word is a run of letters and digits, in lower
case and without accents.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")


def tokens(text: str) -> list[str]:
    """The words of a text in order: "Children's homes" gives children, s, homes."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return _WORD.findall(text.lower())
