"""The one normalisation of page text."""

from __future__ import annotations

import pytest

from monitor.letters.words import clean, garbled


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("well\x02considered plans ", "well-considered plans"),
        ("multi\ufffeagency", "multi-agency"),
        ("\uf06e The quality", "\u2022 The quality"),
        ("\uf02d a dash", "\u2013 a dash"),
        ("\x83 an old bullet", "\u2022 an old bullet"),
        ("bene\ufb01t o\ufb00er", "benefit offer"),
        ("no\u00a0break\u202fspace", "no break space"),
        ("\u202ehidden\u200b marks\ufeff", "hidden marks"),
        ("soft\u00adhyphen", "softhyphen"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("\u2018quotes\u2019 \u2013 stay", "\u2018quotes\u2019 \u2013 stay"),
        ("  a\t b  ", "a b"),
    ],
)
def test_a_typesetters_traces_are_undone(raw: str, expected: str) -> None:
    assert clean(raw) == expected
    assert clean(expected) == expected


PLAIN = "Inspectors found that the children of the county are seen, and that leaders know how well they are. "


@pytest.mark.parametrize(
    ("text", "is_garbled"),
    [
        (PLAIN * 3, False),
        (PLAIN.upper() * 3, False),
        ("".join(chr(ord(c) + 1) if c.isalpha() else c for c in PLAIN) * 3, True),
        ("\u0394\u0395\u0396 \u0397\u0398 " * 30, True),
        ("Jotqfdujpo pg Efwpo", False),
        ("2024 3 11 " * 60, False),
    ],
)
def test_a_text_of_other_letters_than_the_page_shows_is_garbled(text: str, is_garbled: bool) -> None:
    assert garbled(text) is is_garbled
