"""Names the place of a letter that a heading opens: where inspectors sum up, what must get better, each judgement's own
section, and what is no finding (who inspected, case studies, the review of the safeguarding board).

The headings are Ofsted's, 2009 to 2026, of every kind of letter. A heading that is not known is a sub-heading and
belongs to the open place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from monitor.letters.areas import ILACS, SIF
from monitor.letters.document import Document
from monitor.letters.paragraphs import of_document
from monitor.letters.sections import role_of
from monitor.letters.sentences import split
from monitor.letters.words import MARKER
from monitor.model import Paragraph, Quote

Place = Literal["verdict", "to get better", "effective", "leaders", "help", "care", "findings", "asked", "no finding"]

_PLACES: tuple[tuple[Place, str], ...] = (
    (
        "no finding",
        r"(?:case|practice) stud|next steps|contents|information about|about this inspection|summary for children"
        r"|inspection team|local area partnership details|service information|the inspection judgements? and what"
        r"|what the inspection|context|the local authority\b|children living in this area|child protection in this"
        r"|children looked after in this area|other |record of main|previous ofsted|local leadership"
        r"|capacity to improve|key judgement|responsible body|ofsted care quality|inspection outcome$"
        r"|h(?:is|er) majesty|.*chief inspector|.*national director",
    ),
    (
        "asked",
        r"what needs to improve|areas? (?:for|of) (?:immediate )?priority|(?:priority and )?immediate|recommendations"
        r"|what does the (?:local authority|inspect)|priorities for|within (?:three|six) months",
    ),
    (
        "to get better",
        r"what does the .{0,20}area partnership need|areas? (?:for|of) development|.*\bweaknesses",
    ),
    ("effective", r"what is the .{0,20}area partnership doing|(?:key )?strengths"),
    (
        "verdict",
        r"headline findings|overview|executive summary|summary of|judge?ments? grade|overall effectiveness"
        r"|what is it like|this local authority|.*\bbecause\W*$|children.s services in",
    ),
    ("leaders", r".*impact of leaders|.*\bleadership"),
    ("help", r".*need(?:ing)? (?:of )?help and protection"),
    ("care", r".*in care|.*looked after|.*adoption|.*care leavers"),
    ("findings", "(?:main )?findings(?! \u2013)|findings and evaluation"),
)
_PATTERNS = tuple((place, re.compile(words, re.IGNORECASE)) for place, words in _PLACES)
_AREAS_FOR_IMPROVEMENT = re.compile(r"areas? (?:for|of) improvement", re.IGNORECASE)
"""In joint inspections a part with findings, elsewhere a list of requests."""
_INTRODUCES = re.compile(
    r"Between \d|This (?:letter|inspection)\b|It was carried out|The inspectorates recognise|The Secretaries of State"
    r"|The joint targeted area inspection"
)
"""How the paragraphs begin with which a joint inspection's letter introduces itself, below its title."""
_NUMBERED = re.compile(r"\d+\.\s*")
_FRONT_PAGES = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence and where it stands: its place, the judgement whose section it is in, how many sentences of the place
    come before it, whether it is of the place's first paragraph, opens its paragraph, or stands on a front page."""

    quote: Quote
    place: Place
    area: str | None
    number: int
    first_paragraph: bool
    opens: bool


def placed(document: Document, kind: str) -> Iterator[Placed]:
    """The whole sentences of a letter that may be findings, in its order."""
    opened: Place = "verdict" if kind == "ilacs" else "no finding"
    area, number, first = None, 0, True
    for paragraph in _before_board(of_document(document, notes=False)):
        if paragraph.text == paragraph.heading:
            opened, changed = _opened(paragraph, opened, kind)
            area = _area(paragraph.text, kind) if changed else area
            number, first = (0, True) if changed else (number, first)
        elif opened not in ("no finding", "asked") and not (kind == "jtai" and _INTRODUCES.match(paragraph.text)):
            for n, text in enumerate(_sentences(paragraph.text)):
                yield Placed(Quote(text, paragraph.page), opened, area, number, first, n == 0)
                number += 1
            first = first and number == 0


def _before_board(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """What a report says before its review of the safeguarding board, which is another body."""
    for paragraph in paragraphs:
        titled = paragraph.text == paragraph.heading and paragraph.page > _FRONT_PAGES
        if titled and role_of(paragraph.text) == "board":
            return
        yield paragraph


def _opened(title: Paragraph, before: Place, kind: str) -> tuple[Place, bool]:
    """The place that a heading opens, and whether it is another part of the letter than before."""
    words = _NUMBERED.sub("", title.text, count=1)
    found = next((place for place, pattern in _PATTERNS if pattern.match(words)), None)
    if kind == "jtai":
        return _opened_jointly(title.page, words, found, before)
    if _AREAS_FOR_IMPROVEMENT.match(words):
        found = "asked"
    if found is None:
        return ("findings", True) if before in ("no finding", "asked") else (before, False)
    return found, True


def _opened_jointly(page: int, words: str, found: Place | None, before: Place) -> tuple[Place, bool]:
    """The place in a joint inspection's letter: it sums up below its title until the first part that has a name, and
    its strengths and areas for improvement have sub-headings by service."""
    if _AREAS_FOR_IMPROVEMENT.match(words):
        return "to get better", True
    if before in ("effective", "to get better") and found in (None, "leaders", "help", "care"):
        return before, False
    if found is None and before in ("no finding", "asked"):
        return ("verdict" if page <= _FRONT_PAGES and before == "no finding" else "findings"), True
    return found or before, found is not None


def _area(heading: str, kind: str) -> str | None:
    """The judgement whose own section the heading opens."""
    areas = {"ilacs": ILACS, "sif": SIF}.get(kind)
    return areas.named(heading) if areas else None


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph that begin like one."""
    marker = MARKER.match(text)
    found = split(text[marker.end() :] if marker else text)
    return (one for one in found if one[0].isupper() or one[0] in "\u2018\u201c")
