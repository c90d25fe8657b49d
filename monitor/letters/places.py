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
from monitor.letters.sentences import ENDED, begins_like_one, split
from monitor.letters.words import unmarked
from monitor.model import Paragraph, Quote

Place = Literal["verdict", "to get better", "effective", "leaders", "help", "care", "findings", "asked", "no finding"]

_PLACES: tuple[tuple[Place, str], ...] = (
    (
        "no finding",
        r"(?:case|practice) stud|next steps|contents|areas covered|information about|about this inspection"
        r"|summary for children|inspection team|local area partnership details|service information|context|other "
        r"|the inspection judgements? and what|what the inspection|the local authority\W*(?:\d|$)"
        r"|children living in this area|child protection in this|children looked after in this area|record of main"
        r"|previous ofsted|local leadership"
        r"|capacity to improve|key judgement|responsible body|ofsted care quality|inspection outcome$"
        r"|h(?:is|er) majesty|.*chief inspector|.*national director",
    ),
    (
        "asked",
        r"what needs to improve|areas? (?:for|of) (?:immediate )?priority|(?:priority and )?immediate|recommendations"
        r"|what does the (?:local authority|inspect)|priorities for|within (?:three|six) months",
    ),
    ("to get better", r"what does the .{0,20}area partnership need|areas? (?:for|of) development|.*\bweaknesses"),
    (
        "effective",
        r"what is the .{0,20}area partnership doing|(?:key )?strengths|the local authority has the following",
    ),
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
    r"Between \d[^.]*\bOfsted\b|This letter\b|This inspection (?:took|was|included)|It was carried out"
    r"|The inspectorates recognise|The Secretaries of State|The joint targeted area inspection|The methodology"
    r"|H(?:er|is) Majesty.s (?:Chief )?Inspector"
)
"""How the paragraphs begin with which a letter introduces itself, below its title."""
_OF_BOARD = re.compile(r"The (?:LSCB|Local Safeguarding Children Board)\b")
"""In a report on an authority, how a sentence begins that is about its safeguarding board."""
_NUMBERED = re.compile(r"\d+\.\s*")
_FRONT_PAGES = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence and where it stands: its place; the judgement whose section it is in (`area`); how many sentences of
    the place come before it (`number`); whether it is in the place's first paragraph, opens its own paragraph
    (`opens`), or stands on the page where the findings begin (`front`)."""

    quote: Quote
    place: Place
    area: str | None
    number: int
    first_paragraph: bool
    opens: bool
    front: bool


def placed(document: Document, kind: str) -> Iterator[Placed]:
    """The whole sentences of a letter that may be findings, in its order."""
    opened: Place = "verdict" if kind == "ilacs" else "no finding"
    area, number, first, front, before = None, 0, True, 0, None
    for paragraph in _before_board(of_document(document, notes=False)):
        if paragraph.text == paragraph.heading:
            opened, changed = _opened(paragraph, opened, kind)
            area = _area(paragraph.text, kind) if changed else area
            number, first = (0, True) if changed else (number, first)
        elif opened not in ("no finding", "asked") and not _INTRODUCES.match(paragraph.text):
            front = front or paragraph.page
            for n, text in enumerate(_sentences(paragraph, before)):
                quote = Quote(text, paragraph.page)
                yield Placed(quote, opened, area, number, first, n == 0, paragraph.page == front)
                number += 1
            first = first and number == 0
        before = paragraph


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
    if kind == "sif" and title.page == 1 and found != "verdict":
        return "no finding", True
    if kind == "jtai":
        return _opened_jointly(title.page, words, found, before)
    if _AREAS_FOR_IMPROVEMENT.match(words):
        found = "asked"
    if found is None:
        return ("findings", True) if before in ("no finding", "asked") else (before, False)
    return found, True


def _opened_jointly(page: int, words: str, found: Place | None, before: Place) -> tuple[Place, bool]:
    """The place in a joint inspection's letter: it sums up below its title until the first part that has a name, its
    strengths have sub-headings by service, and its areas for improvement are half of its findings, not a list."""
    if _AREAS_FOR_IMPROVEMENT.match(words):
        return "findings", True
    if before == "effective" and found in (None, "leaders", "help", "care"):
        return before, False
    if found is None and before in ("no finding", "asked"):
        return ("verdict" if page <= _FRONT_PAGES and before == "no finding" else "findings"), True
    return found or before, found is not None


def _area(heading: str, kind: str) -> str | None:
    """The judgement whose own section the heading opens."""
    areas = {"ilacs": ILACS, "sif": SIF}.get(kind)
    return areas.named(heading) if areas else None


def _sentences(paragraph: Paragraph, before: Paragraph | None) -> Iterator[str]:
    """The sentences of a paragraph that begin like one."""
    words = unmarked(paragraph.text)
    found = split(words)
    if before and words == paragraph.text and _runs_over(before, paragraph):
        next(found, None)
    return (one for one in found if begins_like_one(one) and not _OF_BOARD.match(one))


def _runs_over(above: Paragraph, below: Paragraph) -> bool:
    """Whether a page break cuts a sentence: the rest of it may begin with a name."""
    return below.page > above.page and above.text != above.heading and not ENDED.search(above.text)
