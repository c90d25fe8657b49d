"""Reads a line of words into a `Query`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.query.tokens import tokens

MAX_CHARACTERS = 400
MAX_TERMS = 40
_PART = re.compile(
    r"""(?P<unwanted>[-\u2212\u2013]*)
        (?:["\u201c\u201d\u201e](?P<phrase>[^"\u201c\u201d\u201e]*)(?:["\u201c\u201d\u201e]|$)(?P<star>\*?)
          |(?P<word>[^\s"\u201c\u201d\u201e]+))""",
    re.VERBOSE,
)
"""A phrase or a word, perhaps with a minus before it. Telephones put curly quotes and dashes for straight ones."""
_OR, _AND, _NOT = ("OR", "|", "||"), ("AND", "&", "&&"), ("NOT", "!")


class QueryError(ValueError):
    """A line of words that looks for nothing, or for too much. Its text says so to the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side; `beginning`: the last one is only the beginning of a word."""

    words: tuple[str, ...]
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """What must all be in a text, and what must not."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A text is found if one of the alternatives is true of it. `text` is what the person wrote."""

    text: str
    alternatives: tuple[Alternative, ...]


def parse(text: str) -> Query:
    """Read what somebody looks for. Raises QueryError where it looks for nothing (no word at all, or only words that
    must not be there), or is longer than MAX_CHARACTERS or MAX_TERMS."""
    if len(text) > MAX_CHARACTERS:
        raise QueryError(f"that is too long to search for: at most {MAX_CHARACTERS} characters")
    found = [a for part in _alternatives(text) if (a := _alternative(part)).wanted or a.unwanted]
    if sum(len(a.wanted) + len(a.unwanted) for a in found) > MAX_TERMS:
        raise QueryError(f"that is too much to search for: at most {MAX_TERMS} words and phrases")
    if not found:
        raise QueryError("there is no word to search for")
    if not all(a.wanted for a in found):
        raise QueryError("say what to search for, besides what must not be there")
    return Query(" ".join(text.split()), tuple(found))


_Part = tuple[bool, Term]


def _alternatives(text: str) -> Iterator[list[_Part]]:
    """The parts of each alternative; a part is a term and whether it is unwanted."""
    held: list[_Part] = []
    negated = False
    for match in _PART.finditer(text):
        word = match["word"]
        if word in _OR and not match["unwanted"]:
            yield held
            held = []
        elif word in _NOT and not match["unwanted"]:
            negated = True
        elif word not in _AND:
            held += [(negated or bool(match["unwanted"]), term) for term in _terms(match)]
            negated = False
    yield held


def _terms(match: re.Match[str]) -> Iterator[Term]:
    """The term of a part; none where it holds no letter and no digit."""
    word = match["word"]
    words = tuple(tokens(match["phrase"] if word is None else word))
    starred = match["star"] == "*" or (word or match["phrase"] or "").endswith("*")
    if words:
        yield Term(words, starred)


def _alternative(parts: list[_Part]) -> Alternative:
    wanted = (term for unwanted, term in parts if not unwanted)
    return Alternative(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(t for unwanted, t in parts if unwanted)))
