"""How alike two sentences of a letter are: how many of the words that say what they are about they share.

Words count by their beginning, so that "assessed" and "assessment" are one.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z]+")
_SHORTEST_WORD, _STEM_CHARACTERS = 4, 6
_EVERYWHERE = frozenset(
    re.findall(
        "[a-z]+",
        "about also been child childr could does famili from have inspec into last local many more most need needs"
        " other people same servic should since social some such than that their there these they this those very"
        " well were what when where which while will with young author",
    )
)
"""What letters about children's services say in every second sentence, and words that carry no matter."""

Stems = frozenset[str]


def stems(text: str) -> Stems:
    """The beginnings of the words of a text that say what it is about."""
    words = (word[:_STEM_CHARACTERS] for word in _WORD.findall(text.lower()) if len(word) >= _SHORTEST_WORD)
    return frozenset(words) - _EVERYWHERE


def likeness(one: Stems, other: Stems) -> float:
    """From 0 (no word in common) to 1 (one has all the words of the other)."""
    return len(one & other) / max(1, min(len(one), len(other)))
