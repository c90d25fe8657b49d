"""Chooses the few sentences of a letter that a director would underline, verbatim, the most telling first.

They come from the whole letter: what inspectors sum up on the front pages, and each section's own findings. `telling`
weighs them and leaves out what cannot stand alone. Not all of the first few may be of the summing up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.letters.document import Document
from monitor.letters.places import Placed, placed
from monitor.letters.telling import weight
from monitor.model import Letter

MAX_CHARACTERS, MAX_SENTENCES = 600, 4
"""The size of a summary in a message that people read on a telephone."""
MAX_CHARACTERS_LONG_FORM, MAX_SENTENCES_LONG_FORM = 1800, 12
"""The size of the longer form, in an e-mail that people read at a desk."""
MAX_OF_VERDICT = 3
"""Of the first sentences as many may come from where inspectors sum up; the rest from the sections."""

_MIN_SENTENCE_CHARACTERS, _MAX_SENTENCE_CHARACTERS = 40, 420


def put_summary(letter: Letter, document: Document) -> None:
    """Fill in the summary (at most 600 characters) and the longer form (at most 1,800), both of whole sentences."""
    found = ranked(placed(document, letter.kind))
    letter.summary = [s.quote for s in _fitting(found, MAX_CHARACTERS, MAX_SENTENCES)]
    letter.findings = [s.quote for s in _fitting(found, MAX_CHARACTERS_LONG_FORM, MAX_SENTENCES_LONG_FORM)]


def ranked(sentences: Iterable[Placed]) -> list[Placed]:
    """The sentences that can stand alone, heaviest first, but of the first few at most some of the verdict."""
    weighed = sorted(_weighed(sentences), key=lambda pair: -pair[0])
    front: list[Placed] = []
    later: list[Placed] = []
    of_verdict = 0
    for _, sentence in weighed:
        summing_up = sentence.place == "verdict"
        if len(front) < MAX_SENTENCES and not (summing_up and of_verdict == MAX_OF_VERDICT):
            front.append(sentence)
            of_verdict += summing_up
        else:
            later.append(sentence)
    return [*front, *later]


def _weighed(sentences: Iterable[Placed]) -> Iterator[tuple[float, Placed]]:
    for sentence in sentences:
        if _MIN_SENTENCE_CHARACTERS <= len(sentence.quote.text) <= _MAX_SENTENCE_CHARACTERS:
            found = weight(sentence)
            if found is not None:
                yield found, sentence


def _fitting(ranked: Sequence[Placed], room: int, most: int) -> list[Placed]:
    """The first sentences that fit, each once."""
    kept: dict[str, Placed] = {}
    for sentence in ranked[: 2 * most]:
        text = sentence.quote.text
        if len(text) + 1 <= room and len(kept) < most and text not in kept:
            kept[text] = sentence
            room -= len(text) + 1
    return list(kept.values())
