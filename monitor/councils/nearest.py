"""What somebody meant who wrote a word that is none of those there are: "did you mean Devon?"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LIKE = 0.6
"""How much of two words has to be the same."""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like the word, whatever its capitals; else one that has the word within it; else None."""
    keys = {choice.casefold(): choice for choice in choices}
    key = word.casefold()
    found = get_close_matches(key, keys, 1, LIKE) or [one for one in keys if key and key in one]
    return keys[found[0]] if found else None


def did_you_mean(word: str, choices: Iterable[str], quote: str = "") -> str:
    """The end of an error line, `: did you mean Devon?`; "" where nothing is like the word."""
    best = nearest(word, choices)
    return f": did you mean {quote}{best}{quote}?" if best else ""
