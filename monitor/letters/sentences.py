"""Cuts running text into sentences, each verbatim with its page. A sentence that a page break cuts is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.letters.document import Line, blocks
from monitor.letters.words import MARKER, flowing, unmarked
from monitor.model import Quote

_END = re.compile(
    r"[.!?](?<!\be\.g.)(?<!\bi\.e.)(?<!\bDr.)(?<!\bMr.)(?<!\bSt.)(?<!\bNo.)"  # looked at only where a sentence may end
    r"[)\u2019\u201d]?(?=\s+[\u2018\u201c(]?[A-Z\d]|$)"
)
ENDED = re.compile(r"[.!?:;][)\u2019\u201d]?$")
_MAX_LINE_SPACING, _MAX_GAP_WITHIN_SENTENCE = 1.55, 3.2
"""Times the size of type: from line to line of a paragraph, and where a table or a picture pushes its lines apart."""


def sentences(lines: Iterable[Line]) -> Iterator[Quote]:
    """The whole sentences of these lines, in order."""
    for block in blocks(lines, _goes_on):
        for text in split(unmarked(flowing(line.text for line in block))):
            if begins_like_one(text):
                yield Quote(text, block[0].page)


def begins_like_one(text: str) -> bool:
    """Whether a text begins as a sentence does, and not as the rest of one."""
    return text[0].isupper() or text[0] in "\u2018\u201c"


def split(text: str) -> Iterator[str]:
    """Cut a text at each full stop that a sentence follows. A rest without a full stop is dropped."""
    start = 0
    for end in _END.finditer(text):
        sentence = text[start : end.end()].strip()
        start = end.end()
        if sentence:
            yield sentence


def _goes_on(block: Sequence[Line], line: Line) -> bool:
    """Whether a line stands together with a block on one page; each item of a list stands alone."""
    return not MARKER.match(line.text) and stand_together(block[-1], line)


def stand_together(above: Line, line: Line) -> bool:
    """Whether two lines of a page are of one paragraph: close together, or further apart where a sentence goes on."""
    if line.page != above.page:
        return False
    gap = abs(above.y - line.y) / max(line.size, above.size)
    runs_on = line.text[:1].islower() and not ENDED.search(above.text)
    return gap <= _MAX_LINE_SPACING or (gap <= _MAX_GAP_WITHIN_SENTENCE and runs_on)
