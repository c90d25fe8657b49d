"""Reads reports of the single inspection framework, November 2013 to August 2018, and its re-inspections.

The overall judgement is a sentence above the table: "The overall judgement is …" until early 2015, then "Children's
services in X require improvement to be good". The review of the Local Safeguarding Children Board has a grade of its
own, on page 1 in 2014 and in its own part of the report later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from monitor.letters import areas
from monitor.letters.document import Document, Page
from monitor.letters.grades import GRADE, canonical
from monitor.letters.headings import Heading, graded, headings
from monitor.letters.inspectors import put_lead_inspector
from monitor.letters.readings import Reading, Way, judge
from monitor.letters.table_text import of_tables
from monitor.letters.when import after_label, other_dates, put_dates, put_letter_date
from monitor.model import Letter, Quote

FRONT_PAGES = 2
_SUMMARY_PAGES = 6
_OVERALL = re.compile(
    rf"overall judgement is (?:that )?(?:children.s services )?(?:are |is )?(?:judged )?(?P<grade>{GRADE})\b"
    rf"|children.s services (?:in|for) [^.:;]{{3,60}}? (?:are |is |(?=require))(?:judged )?(?P<named>{GRADE})\b"
    r"(?! (?:at|enough|in (?:some|many|most)|with|practice|examples?|partners?)\b)",
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"(?<!\bAn )(?<!\bA )\b(?:(?:Local )?Safeguarding Children Board|LSCB)(?: \(\w+\))? "
    rf"(?:is |are )?(?:judged )?(?:to be |as )?(?P<grade>{GRADE})\b(?! if\b)"
    r"(?:(?<=improvement)|(?<=to be good)|(?=\W*$|\W*[.,;:)|]|\s+(?:because|overall|and)\b|\s+(?-i:[A-Z(\d])))",
    re.IGNORECASE,
)
"""A board "is good at" something without being good, and "LSCB good practice" is no grade."""
_PUBLISHED = re.compile(r"report published:?", re.IGNORECASE)
_RE_INSPECTION = re.compile(r"\bre-?\s?inspection of services|this re-?inspection", re.IGNORECASE)
_REVIEW_ONLY = re.compile(r"inspection of services for children", re.IGNORECASE)


def read_sif(letter: Letter, document: Document) -> None:
    """Fill in dates, inspector and judgements, and whether it is a re-inspection or only a review of the board."""
    if span := put_dates(letter, after_label(document.pages[0])):
        letter.problems += other_dates(span, document)
    letter.variant = _variant(document)
    put_letter_date(letter, document, _PUBLISHED)
    put_lead_inspector(letter, document, expected=True)
    front = document.pages[:FRONT_PAGES]
    found = list(headings(document, document.body))
    table = of_tables(front, areas.SIF)
    judge(letter, [*_overall(document), *table, *graded(found, areas.SIF), *_board(document, found)])


def _variant(document: Document) -> str:
    """Tell a re-inspection. Some re-inspections of 2017-18 drop "Re-" from the title, but their text names them so."""
    first = document.pages[0].flow
    if not _REVIEW_ONLY.search(first):
        return "board review"
    if _RE_INSPECTION.search(first) or any(_RE_INSPECTION.search(page.flow) for page in document.pages[1:]):
        return "re-inspection"
    return "standard"


def _overall(document: Document) -> Iterator[Reading]:
    """The sentence in its box on page 1, the same sentence in the text, and its first repetition in the summary."""
    first, area = document.pages[0], "overall_effectiveness"
    boxes = ((cell.text, 1) for cell in first.cells)
    yield from _first(boxes, _OVERALL, area, "table")
    yield from _first([(first.flow, 1)], _OVERALL, area, "text")
    yield from _first(_flows(document.pages[1:_SUMMARY_PAGES]), _OVERALL, area, "prose")


def _board(document: Document, found: list[Heading]) -> Iterator[Reading]:
    """The sentence on page 1 (2014), the heading of the board's own part, and the sentence that repeats it."""
    headed = [(heading.text, heading.page) for heading in found if heading.page > 1]
    stated = {heading.text for heading in found}
    yield from _first([(document.pages[0].flow, 1)], _BOARD, "lscb", "text")
    yield from _first(headed, _BOARD, "lscb", "prose")
    elsewhere = ((_without(flow, stated), page) for flow, page in _flows(document.pages[1:]))
    yield from _first(elsewhere, _BOARD, "lscb", "prose")


def _flows(pages: Iterable[Page]) -> Iterator[tuple[str, int]]:
    return ((page.flow, page.number) for page in pages)


def _without(flow: str, headings_of_page: set[str]) -> str:
    """A page's words without its headings, so that the reader does not read a heading twice."""
    for words in headings_of_page:
        flow = flow.replace(words, " | ")
    return flow


def _first(places: Iterable[tuple[str, int]], sentence: re.Pattern[str], area: str, way: Way) -> Iterator[Reading]:
    """The judgement in the first of these places that states it."""
    for words, page in places:
        if match := sentence.search(words):
            stated = next(filter(None, match.groupdict().values()))
            yield Reading(area, canonical(stated), way, Quote(match[0].strip(), page))
            return
