"""Finds the words that two publications share: passages word for word, and people. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.stories.item import StoryItem

Shingle = tuple[str, ...]
SHINGLE = 8
"""Two texts quote the same passage if they share so many words in a row."""
STOCK = (
    "the impact of leaders on social work practice with children and families",
    "the experiences and progress of children who need help and protection",
    "the experiences and progress of children in care and care leavers",
    "the experiences and progress of care leavers",
    "inspection of local authority childrens services",
)
"""Words of every report: the names of the judgements."""


def shared_words(one: StoryItem, other: StoryItem) -> Iterator[tuple[int, str]]:
    """Points for passages that both have word for word, and for people whom both name."""
    theirs = shingles(other.passages)
    shared = [q for q in one.passages if theirs and (shingles((q,)) & theirs) - shingles(STOCK)]
    if shared:
        yield min(50, 25 * len(shared)), f"word for word: “{_short(shared[0])}”"
    if people := surnames(one) & surnames(other):
        inspector = one.letter or other.letter
        yield 30 if inspector else 10, f"both name {sorted(people)[0].title()}"


def surnames(piece: StoryItem) -> frozenset[str]:
    """The people that a piece names, as they are compared."""
    return frozenset(map(_surname, piece.people))


def _surname(person: str) -> str:
    """Surname and initial: "Andrew Leadbetter" and "A Leadbetter" are one person."""
    words = person.casefold().split()
    return f"{words[0][:1]} {words[-1]}" if len(words) > 1 else "".join(words)


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:80].rpartition(" ")[0] + " …"


@lru_cache(maxsize=2048)
def shingles(passages: tuple[str, ...]) -> frozenset[Shingle]:
    """Every run of `SHINGLE` words, whatever the quotation marks and capitals."""
    runs = (re.findall(r"[a-z0-9]+", re.sub("['\u2019]", "", p.casefold())) for p in passages)
    return frozenset(tuple(w[i : i + SHINGLE]) for w in runs for i in range(len(w) - SHINGLE + 1))
