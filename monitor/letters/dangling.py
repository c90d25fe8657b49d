"""Tells a sentence that points to another one ("also", "these challenges"), so that nobody understands it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_OPENINGS = frozenset(
    re.findall(
        "[a-z]+",
        "they he she it their his her its such here both each other others another furthermore consequently similarly"
        " additionally therefore once also instead conversely nor equally likewise subsequent subsequently"
        " accordingly thus hence meanwhile otherwise other",
    )
)
"""First words, with or without "however" before them."""
_CONCESSIONS = frozenset(("however", "nevertheless", "despite", "while", "although", "whilst"))
_BEFORE_PRONOUN = frozenset(("if", "when", "where", "as", "because", "since", "for", "in", "at", "to", "with"))
_PRONOUNS = frozenset(("they", "their", "it", "its", "them", "he", "she", "his", "her"))
_EXPLETIVES = (["it", "is", "impressive"], ["it", "is", "clear"])
_PHRASES = [
    phrase.split()
    for phrase in (
        *("since then", "for others", "for other", "many other", "some other", "in fact", "as a result", "in addition"),
        *("at times", "by contrast", "in contrast", "as a consequence", "since that", "that said", "for example"),
        *("for instance", "in particular"),
    )
]
_CLEAR_NOUNS = frozenset(("inspection", "visit", "focused", "focus", "authority", "council", "area", "year"))
"""What "this" may stand before: the reader knows which one is meant."""
_REFERRED = frozenset(
    re.findall(
        "[a-z]+",
        "children young families carers areas cases improvements weaknesses challenges issues plans arrangements"
        " shortfalls concerns meetings assessments changes services developments provisions settings homes teams"
        " measures reviews visits delays deficits failings",
    )
)
"""What "those" points back with, unless it goes on ("those areas that …"). "Those who" points to nobody."""
_BACK = frozenset((("since", "then"), ("this", "should"), ("at", "that")))
"""Pairs that point back wherever they stand."""
_SEEN = ("found", "identified", "saw")
"""What "inspectors also" did before a finding that can stand alone."""
_DONE = frozenset(("work", "figure", "initiative", "activity", "approach", "support"))
_OTHER_CLAUSE = frozenset(("and", "but", "although", "while", "whilst", "as", "which", "that", "despite"))
_QUALIFIED = frozenset(
    ("requiring", "of", "that", "which", "who", "where", "needing", "identified", "in", "with", "whose")
)
_STEM_CHARACTERS = 5
"""Letters that a word has in common with its plural: "child", "children"."""
_WORDS_OF_A_CLAUSE = 8
"""After so many words "this" points to the sentence's own beginning."""


def dangles(said: Sequence[str]) -> bool:
    """Whether the words of a sentence, in lower case, need another sentence before them."""
    words = list(said[1:] if said and said[0] in _CONCESSIONS else said)
    if not words or any(words[: len(phrase)] == phrase for phrase in _PHRASES):
        return True
    if words[0] in _OPENINGS and words[:3] not in _EXPLETIVES:
        return True
    if words[0] in _BEFORE_PRONOUN and len(words) > 1 and words[1] in _PRONOUNS:
        return True
    if not _BACK.isdisjoint(pairwise(words)) or (len(words) == len(said) and _ends_in_another(words)):
        return True
    return _adds(words) or any(_points_back(words, n) for n, word in enumerate(words) if word in _POINTERS)


_POINTERS = frozenset(("this", "these", "those"))


def _adds(words: Sequence[str]) -> bool:
    """ "Also", but not "not only … but also" and not "inspectors also found"."""
    pairs = set(pairwise(words))
    return "also" in words and ("but", "also") not in pairs and not any(("also", seen) in pairs for seen in _SEEN)


def _ends_in_another(words: Sequence[str]) -> bool:
    """Whether a sentence of one clause ends in what another one names ("… the impact of this work")."""
    at = next((n for n, pair in enumerate(pairwise(words)) if pair[0] == "this" and pair[1] in _DONE), 0)
    return at > 0 and _OTHER_CLAUSE.isdisjoint(words[:at]) and words[at + 1] not in words[:at]


def _points_back(words: Sequence[str], at: int) -> bool:
    """Whether "this", "these" or "those" at this place has nothing before it in the sentence to point to."""
    pointer, noun = words[at], words[at + 1] if at + 1 < len(words) else ""
    if pointer == "this":
        return at < _WORDS_OF_A_CLAUSE and noun not in _CLEAR_NOUNS
    if pointer == "those" and (noun not in _REFERRED or not _QUALIFIED.isdisjoint(words[at + 2 : at + 4])):
        return False
    named = any(word.startswith(noun[:_STEM_CHARACTERS]) for word in words[:at])
    return not named and (at < _WORDS_OF_A_CLAUSE or noun in _REFERRED)
