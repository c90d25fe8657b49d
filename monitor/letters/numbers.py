"""Which subject a number of a text belongs to: the closest one in its clause. For letters and for other pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

Named = TypeVar("Named")

POSSIBLE_CASELOADS = range(8, 61)
"""How many children a social worker can have; other numbers beside the word mean something else."""


@dataclass(frozen=True, slots=True)
class Clause:
    """How far a clause reaches in a kind of text: so many `characters` from a number to its subject, not past `end`."""

    characters: int
    end: re.Pattern[str]

    def closest(
        self, text: str, number: re.Match[str], subjects: Iterable[tuple[re.Match[str], Named]]
    ) -> Named | None:
        """Return the subject of a number, if one is close enough. `subjects` are all of the text, each with the words
        that name it. Where one lies within the other they do not belong together."""
        near = ((self._distance(text, number, words), subject) for words, subject in subjects)
        found = [(distance, subject) for distance, subject in near if distance is not None]
        return min(found, key=lambda one: one[0], default=(0, None))[1]

    def _distance(self, text: str, number: re.Match[str], words: re.Match[str]) -> int | None:
        first, last = sorted((number.span(), words.span()))
        apart = last[0] - first[1]
        return apart if 0 <= apart < self.characters and not self.end.search(text, first[1], last[0]) else None
