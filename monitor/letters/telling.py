"""Weighs a sentence as an editor would who may underline three of two hundred for a director of children's services.

What weighs: where it stands; harm and what is out of the ordinary; change since the last inspection; how many children
a weakness concerns and how far it reaches; the best that is said. What does not: history, what leaders plan, the grade
once more. The weights were fitted on 52 letters in which two readers had underlined three sentences each, then rounded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from monitor.letters.abbreviations import unexplained
from monitor.letters.dangling import dangles
from monitor.letters.denied import plain, without_denied
from monitor.letters.phrases import (
    AT_RISK,
    AVOIDED,
    BARE_GRADE,
    BEST,
    GOOD,
    IN_HARM,
    OUT_OF_ORDINARY,
    PROCEDURE,
    WEAK,
    WEIGHED,
    Words,
)
from monitor.letters.places import Place, Placed

PLACES: dict[Place, float] = {"verdict": 2.5, "to get better": 2.0, "effective": 0.5, "care": -0.5}
"""What a place weighs; others nothing."""
FRONT_PAGE, FIRST, NEXT_TWO, FIRST_PARAGRAPH, OPENS, LATE = 1.0, 1.0, 0.5, 0.5, 0.5, -1.5
LATE_SENTENCES = 7
"""After so many sentences a verdict goes into detail."""
SHORT_CHARACTERS, LONG_CHARACTERS = 70, 260
TOO_SHORT, TOO_LONG, PRAISE_IN_DETAIL = -1.5, -1.0, -1.0
WEAK_VERDICT, BEST_ANYWHERE, BEST_VERDICT = 1.0, 1.5, 0.5
EXTRAORDINARY, HARM, PRAISED = 4.5, 3.0, 1.0
"""`PRAISED` where the sentence only praises how it is avoided."""
UNEXPLAINED = -2.0
"""What it takes away that a reader has to guess an abbreviation."""

_CONCEDING = ("While ", "Whilst ", "Although ", "Though ", "Despite ")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Finds which of some words a sentence has, by the first word of each phrase."""

    by_first: dict[str, list[tuple[Words, str, re.Pattern[str] | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def of(cls, every: Iterable[Words]) -> Lexicon:
        lexicon = cls()
        for words in every:
            for phrase in words.phrases:
                any_word = re.compile(rf" {phrase} ".replace("*", r"\S+")) if "*" in phrase else None
                lexicon.by_first[phrase.split()[0]].append((words, f" {phrase} ", any_word))
        return lexicon

    def found(self, said: list[str]) -> frozenset[str]:
        """What the words of a sentence are, by the `why` of each."""
        text = f" {without_denied(' '.join(said))} "
        return frozenset(self._found(said, text))

    def _found(self, said: list[str], text: str) -> Iterator[str]:
        for word in self.by_first.keys() & said:
            for words, phrase, any_word in self.by_first[word]:
                if any_word.search(text) if any_word else phrase in text:
                    yield words.why


_LEXICON = Lexicon.of((WEAK, GOOD, BEST, OUT_OF_ORDINARY, AT_RISK, IN_HARM, AVOIDED, *WEIGHED, PROCEDURE))


def weight(sentence: Placed) -> float | None:
    """How much a sentence weighs; None if it cannot stand alone."""
    said = _said(sentence.quote.text)
    if dangles(said) or BARE_GRADE.fullmatch(f" {' '.join(said)} "):
        return None
    found = _found(sentence.quote.text)
    if PROCEDURE.why in found:
        return None
    return (
        sum(words.weight for words in (*WEIGHED, AVOIDED) if words.why in found)
        + _tone(found, sentence)
        + _position(sentence)
        + UNEXPLAINED * unexplained(sentence.quote.text)
    )


def criticises(sentence: Placed) -> bool:
    """Whether a sentence says what is not as it should be."""
    found = _found(_main_clause(sentence.quote.text))
    return WEAK.why in found or (not found.isdisjoint((OUT_OF_ORDINARY.why, IN_HARM.why)) and not _praises(found))


def _main_clause(text: str) -> str:
    """What a sentence says after what it concedes ("Although …, …")."""
    return text.partition(", ")[2] or text if text.startswith(_CONCEDING) else text


@lru_cache(maxsize=1024)
def _found(text: str) -> frozenset[str]:
    return _LEXICON.found(_said(text))


def _said(text: str) -> list[str]:
    return plain(text).split()


def _praises(found: frozenset[str]) -> bool:
    """Whether a sentence says that all is well, or how something bad is avoided."""
    return (GOOD.why in found and WEAK.why not in found) or AVOIDED.why in found


def _tone(found: frozenset[str], sentence: Placed) -> float:
    """The weight of praise and criticism: both tell most in the verdict; ordinary praise in detail tells little."""
    verdict = sentence.place == "verdict"
    weak, good, best = (words.why in found for words in (WEAK, GOOD, BEST))
    told = WEAK_VERDICT * (weak and verdict) + (BEST_ANYWHERE + BEST_VERDICT * verdict) * best
    told += (PRAISED if _praises(found) else EXTRAORDINARY) * (OUT_OF_ORDINARY.why in found)
    return told + _harm(found) + PRAISE_IN_DETAIL * (good and not (weak or best or verdict))


def _harm(found: frozenset[str]) -> float:
    """The weight of harm. Children "at risk" may be those who are helped: without a word of criticism it is no harm."""
    harmed = IN_HARM.why in found or (AT_RISK.why in found and WEAK.why in found)
    if harmed and not _praises(found):
        return HARM
    return PRAISED * (harmed or AT_RISK.why in found)


def _position(sentence: Placed) -> float:
    """The weight of the place: summing up tells most, and tells it first."""
    verdict, length = sentence.place == "verdict", len(sentence.quote.text)
    first = FIRST if sentence.number == 0 else NEXT_TWO if sentence.number < 3 else 0.0
    return (
        PLACES.get(sentence.place, 0.0)
        + first
        + FRONT_PAGE * (verdict and sentence.front)
        + LATE * (verdict and sentence.number >= LATE_SENTENCES)
        + FIRST_PARAGRAPH * sentence.first_paragraph
        + OPENS * sentence.opens
        + TOO_SHORT * (length < SHORT_CHARACTERS)
        + TOO_LONG * (length > LONG_CHARACTERS)
    )
