"""Chooses the few sentences of a letter that a director would underline, verbatim, the most telling first.

They come from the whole letter: what inspectors sum up on the front pages, and each section's own findings. `telling`
weighs them and leaves out what cannot stand alone; what says as a finding what the letter asks to improve weighs more.
Not all of the first few may be of the summing up, and what repeats a sentence that is chosen already comes later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set

from monitor.letters import telling
from monitor.letters.document import Document
from monitor.letters.likeness import Stems, likeness, stems
from monitor.letters.places import Placed, placed
from monitor.model import Letter, Quote

MAX_CHARACTERS, MAX_SENTENCES = 600, 4
"""The size of a summary in a message that people read on a telephone."""
MAX_CHARACTERS_LONG_FORM, MAX_SENTENCES_LONG_FORM = 1800, 12
"""The size of the longer form, in an e-mail that people read at a desk."""
MAX_OF_VERDICT = 3
"""Of the first `MAX_SENTENCES` so many may come from where inspectors sum up; the others are of the sections."""
MAX_OF_PRAISE = 2
"""Of the first so many may praise: who reads four sentences of a good letter has to see its weakness, too."""
FITS_GRADE = 3.0
"""Points for a sentence of a judgement's section that has the tone of its grade."""
BEGINS = 1.5
"""Points for a sentence among the section's first ones, which sum it up."""
ASKED = 2.0
"""Points at most for a sentence that says what the letter asks to improve."""
REPEATED = 2.0
"""Points at most that are taken from a sentence for repeating one that is chosen already."""
SAID_AGAIN = 0.6
"""How alike two sentences may be. A sentence that is more like a chosen one than this is not shown."""
BELOW_GOOD = ("inadequate", "requires improvement", "adequate")

Weighed = tuple[float, Placed]
Quota = tuple[int, Set[Placed]]
"""How many of the first sentences may be of a group."""

_MIN_SENTENCE_CHARACTERS, _MAX_SENTENCE_CHARACTERS = 40, 420
_MAX_TRIED, _MAX_CHOSEN = 60, 2 * MAX_SENTENCES_LONG_FORM
"""How many of the heaviest sentences are looked at closely, and how many of those are put in order; 12 are shown."""


def put_summary(letter: Letter, document: Document) -> None:
    """Fill in the summary (at most 600 characters), the longer form (at most 1,800), both of whole sentences, and the
    sentence of each judgement's own section."""
    weighed = list(weigh(placed(document, letter.kind)))
    asked = [stems(item.text) for item in (*letter.priority_actions, *letter.improvements)]
    likely = sorted(weighed, key=lambda pair: -pair[0])[:_MAX_TRIED]
    found = ranked((found + ASKED * _most(stems(said.quote.text), asked), said) for found, said in likely)
    letter.summary = [s.quote for s in _fitting(found, MAX_CHARACTERS, MAX_SENTENCES)]
    letter.findings = [s.quote for s in _fitting(found, MAX_CHARACTERS_LONG_FORM, MAX_SENTENCES_LONG_FORM)]
    fresh = [(found, said) for found, said in weighed if not _says_again(said, letter.summary)]
    letter.by_judgement = {area: told for area in letter.judgements if (told := _of_section(area, letter, fresh))}


def _most(said: Stems, others: Iterable[Stems]) -> float:
    return max((likeness(said, other) for other in others), default=0.0)


def _says_again(said: Placed, summary: Sequence[Quote]) -> bool:
    """Whether it says in other words what the summary says. What stands there itself is shown once anyway."""
    again = _most(stems(said.quote.text), [stems(quote.text) for quote in summary]) > SAID_AGAIN
    return again and said.quote not in summary


def ranked(weighed: Iterable[Weighed]) -> list[Placed]:
    """The sentences that may be shown, the most telling first: each time the heaviest of those left, less for what it
    repeats; of the first few at most some of the verdict, and at most some of praise."""
    left = {sentence: found for found, sentence in sorted(weighed, key=lambda pair: -pair[0])}
    said = {sentence: stems(sentence.quote.text) for sentence in left}
    quotas = (
        (MAX_OF_PRAISE, {sentence for sentence in left if not telling.criticises(sentence)}),
        (MAX_OF_VERDICT, {sentence for sentence in left if sentence.place == "verdict"}),
    )
    repeats = dict.fromkeys(left, 0.0)
    chosen: list[Placed] = []
    while left and len(chosen) < _MAX_CHOSEN:
        may = _within(quotas, left, chosen) if len(chosen) < MAX_SENTENCES else left
        best = max(may, key=lambda s: left[s] - REPEATED * repeats[s])
        chosen.append(best)
        del left[best]
        for sentence in list(left):
            repeats[sentence] = max(repeats[sentence], likeness(said[sentence], said[best]))
            if repeats[sentence] > SAID_AGAIN:
                del left[sentence]
    return chosen


def _within(quotas: Iterable[Quota], left: Collection[Placed], chosen: Iterable[Placed]) -> Collection[Placed]:
    """Of those left what no quota shuts out; where that is nothing the quota yields."""
    for most, group in quotas:
        if sum(sentence in group for sentence in chosen) >= most:
            left = [sentence for sentence in left if sentence not in group] or left
    return left


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
