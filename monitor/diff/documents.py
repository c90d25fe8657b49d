"""What differs between two versions of one document: paragraphs that went, came or changed. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from monitor.model import Quote
from monitor.model.english_dates import FULL_MONTH, ORDINAL

ALIKE = 0.6
"""From which likeness on a paragraph changed rather than went and another came."""
MAX_PARAGRAPHS = 2_000
"""Paragraphs that are put beside each other in their order; no report has a tenth of it. Of more only what one version
has and the other has not is said, because the time to order them grows with their square."""
MAX_PAIRED = 100
"""Paragraphs of one changed stretch for which the most alike is looked for."""
MOST_WORDS = 400
"""Words by which two paragraphs are held to be alike; few paragraphs have as many."""
GRADE = re.compile(r"\b(?:outstanding|good|requires? improvement|inadequate|adequate|not judged)\b", re.IGNORECASE)
DATE = re.compile(
    rf"\b\d{{1,2}}{ORDINAL}\s+(?:{FULL_MONTH})\b(?:\s+\d{{4}})?|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b", re.IGNORECASE
)

Touched = Literal["grade", "date"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph before and after (None: it came, or went), and whether a grade or a date in it changed."""

    before: Quote | None
    after: Quote | None
    touches: tuple[Touched, ...] = ()


def compare(before: Sequence[Quote], after: Sequence[Quote]) -> list[Difference]:
    """The differing paragraphs, in the document's order. One that only moved to another page is no difference."""
    if max(len(before), len(after)) > MAX_PARAGRAPHS:
        return [*_lacking(before, after)]
    old, new = [q.text for q in before], [q.text for q in after]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Difference] = []
    for tag, i, j, m, n in matcher.get_opcodes():
        if tag != "equal":
            found += _pair(before[i:j], after[m:n])
    return found


def _lacking(before: Sequence[Quote], after: Sequence[Quote]) -> Iterator[Difference]:
    """What one version has and the other has not, whatever the order."""
    yield from (_difference(quote, None) for quote in _beyond(before, after))
    yield from (_difference(None, quote) for quote in _beyond(after, before))


def _beyond(these: Sequence[Quote], others: Sequence[Quote]) -> Iterator[Quote]:
    left = Counter(q.text for q in others)
    for quote in these:
        if left[quote.text] == 0:
            yield quote
        else:
            left[quote.text] -= 1


def _pair(gone: Sequence[Quote], come: Sequence[Quote]) -> list[Difference]:
    """Within a changed stretch: each new paragraph beside the unmatched old one that it is most like."""
    if max(len(gone), len(come)) > MAX_PAIRED:
        return [*_lacking(gone, come)]
    left, found = list(gone), []
    for new in come:
        old = max(left, key=lambda q: _likeness(q, new), default=None)
        if old is not None and _likeness(old, new) >= ALIKE:
            left.remove(old)
            found.append(_difference(old, new))
        else:
            found.append(_difference(None, new))
    return [_difference(old, None) for old in left] + found


def _likeness(one: Quote, other: Quote) -> float:
    first, second = (quote.text.split(maxsplit=MOST_WORDS)[:MOST_WORDS] for quote in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _difference(before: Quote | None, after: Quote | None) -> Difference:
    old, new = before.text if before else "", after.text if after else ""
    touched: list[Touched] = []
    if _found(GRADE, old) != _found(GRADE, new):
        touched.append("grade")
    if _found(DATE, old) != _found(DATE, new):
        touched.append("date")
    return Difference(before, after, tuple(touched))


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [" ".join(m.lower().split()) for m in pattern.findall(text)]
