"""Finds the title as printed: the large lines of a report above its dates, the bold line of a letter after "Dear …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from monitor.letters.document import Document, Line
from monitor.letters.headings import Heading, headings
from monitor.letters.words import flowing
from monitor.model import Quote

_BELOW_TITLE = re.compile(
    r"(?:inspection|visit|review) dates?:|dates? of (?:previous )?inspection|lead inspectors?:|report published"
    r"|published:|age group:|reporting inspector|judgement grade|this letter|dear ",
    re.IGNORECASE,
)
_OF_A_LETTER = re.compile(
    r"(?:focused|assurance|monitoring) visit|joint targeted area inspection|joint (?:local )?area|area send",
    re.IGNORECASE,
)
_MAX_TITLE_CHARACTERS = 400


def title_of_report(document: Document) -> Quote | None:
    """The lines of page 1 above the dates and the inspector's name, without running head and page number."""
    upright = (line for line in document.pages[0].lines if not line.text.isdigit())
    lines = takewhile(lambda line: not _BELOW_TITLE.match(line.text), upright)
    return _quote([line for line in lines if line.size >= document.body_size])


def title_of_letter(document: Document) -> Quote | None:
    """The heading that names the visit."""
    found = headings(document, document.pages[0].lines)
    named = next((heading for heading in found if _OF_A_LETTER.search(heading.text)), None)
    return _quote(named.lines) if named else None


def largest(document: Document) -> Quote | None:
    """The largest heading of the first page: the title of a document of unknown kind."""
    found: list[Heading] = list(headings(document, document.pages[0].lines))
    best = max(found, key=lambda heading: heading.lines[0].size, default=None)
    return _quote(best.lines) if best else _quote(document.pages[0].lines[:1])


def _quote(lines: Sequence[Line]) -> Quote | None:
    words = flowing(line.text for line in lines)[:_MAX_TITLE_CHARACTERS]
    return Quote(words, lines[0].page) if words else None
