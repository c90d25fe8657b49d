"""Chooses the few sentences of a letter that a director would underline, verbatim, the most telling first.

They come from the whole letter: what inspectors sum up on the front pages, and each section's own findings. `telling`
weighs them and leaves out what cannot stand alone. Not all of the first few may be of the summing up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.letters import telling
from monitor.letters.document import Document
from monitor.letters.places import Placed, placed
from monitor.model import Letter, Quote

MAX_CHARACTERS, MAX_SENTENCES = 600, 4
"""The size of a summary in a message that people read on a telephone."""
MAX_CHARACTERS_LONG_FORM, MAX_SENTENCES_LONG_FORM = 1800, 12
"""The size of the longer form, in an e-mail that people read at a desk."""
MAX_OF_VERDICT = 3
"""Of the first sentences as many may come from where inspectors sum up; the rest from the sections."""
FITS_GRADE = 3.0
"""What it weighs that a sentence of a judgement's section has the tone of its grade."""
BEGINS = 1.5
"""And that it is among the section's first, which sum it up."""
BELOW_GOOD = ("inadequate", "requires improvement", "adequate")

Weighed = tuple[float, Placed]

_MIN_SENTENCE_CHARACTERS, _MAX_SENTENCE_CHARACTERS = 40, 420


def put_summary(letter: Letter, document: Document) -> None:
    """Fill in the summary (at most 600 characters), the longer form (at most 1,800), both of whole sentences, and the
    sentence of each judgement's own section."""
    weighed = list(weigh(placed(document, letter.kind)))
    found = ranked(weighed)
    letter.by_judgement = {area: told for area in letter.judgements if (told := _of_section(area, letter, weighed))}
    letter.summary = [s.quote for s in _fitting(found, MAX_CHARACTERS, MAX_SENTENCES)]
    letter.findings = [s.quote for s in _fitting(found, MAX_CHARACTERS_LONG_FORM, MAX_SENTENCES_LONG_FORM)]


def ranked(weighed: Iterable[Weighed]) -> list[Placed]:
    """The sentences, heaviest first, but of the first few at most some of the verdict."""
    front: list[Placed] = []
    later: list[Placed] = []
    of_verdict = 0
    for _, sentence in sorted(weighed, key=lambda pair: -pair[0]):
        summing_up = sentence.place == "verdict"
        if len(front) < MAX_SENTENCES and not (summing_up and of_verdict == MAX_OF_VERDICT):
            front.append(sentence)
            of_verdict += summing_up
        else:
            later.append(sentence)
    return [*front, *later]


def _of_section(area: str, letter: Letter, weighed: Iterable[Weighed]) -> Quote | None:
    """The heaviest sentence of a judgement's own section that fits its grade: criticism below good, else praise."""
    criticised = letter.judgements[area] in BELOW_GOOD
    own = [
        (found + FITS_GRADE * (telling.criticises(sentence) == criticised) + BEGINS * (sentence.number < 3), sentence)
        for found, sentence in weighed
        if sentence.area == area
    ]
    return max(own, key=lambda pair: pair[0])[1].quote if own else None


def weigh(sentences: Iterable[Placed]) -> Iterator[Weighed]:
    """The sentences that can stand alone, each with its weight."""
    for sentence in sentences:
        if _MIN_SENTENCE_CHARACTERS <= len(sentence.quote.text) <= _MAX_SENTENCE_CHARACTERS:
            found = telling.weight(sentence)
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
