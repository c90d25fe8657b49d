"""Reads the table of judgements in the order of the page's text, without its rules: label, then grade, row after row.

A second reading beside that of `tables`, and the only one where no rules are drawn. It says nothing where the text does
not tell which grade belongs to which label: rows with two grades (one of an earlier inspection), tables whose grades
stand before the labels, a judgement with one grade here and another one there. A label and a grade alone are no table:
so a chart is read, or a sentence. All 251 letters with a table have rows that follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from monitor.letters import tables
from monitor.letters.areas import Areas
from monitor.letters.document import Page
from monitor.letters.grades import PRINTED, canonical
from monitor.letters.readings import Reading
from monitor.model import Quote

_MAX_CHARACTERS_BETWEEN_ROWS = 60
_LEAST_ROWS = 2
_AFTER_LABEL = re.compile(rf"[^:;!?]{{0,75}}?(?<!\w)({PRINTED})(?!\w)")
_SECOND = re.compile(rf"\s+({PRINTED})(?=\s+[A-Z\d(]|\s*\Z)")
"""A grade right behind a grade, that does not begin a sentence ("Good leadership has …")."""
_BEFORE_LABEL = re.compile(rf"(?<!\w)(?:{PRINTED})\s+(?:[A-Z][\w\s]{{0,60}})?\Z")


@dataclass(frozen=True, slots=True)
class _Row:
    """A label with its grade; `words` are both as they stand on the page."""

    area: str
    grade: str
    words: str
    page: int


def of_tables(pages: Sequence[Page], areas: Areas) -> Iterator[Reading]:
    """What tables say by their rules, then by the order of their text. Where the rules tell two tables apart that
    contradict each other, the order of the text settles nothing."""
    yield from tables.ruled(pages, areas)
    doubtful = tables.contradicted(pages, areas)
    yield from (reading for reading in in_text_order(pages, areas) if reading.area not in doubtful)


def in_text_order(pages: Sequence[Page], areas: Areas) -> Iterator[Reading]:
    """Find the judgements as label, then grade, with nothing between but the label's own words, row after row."""
    chains = [chain for page in pages for chain in _chains(page, areas)]
    longest = (max((c for c in chains if c[0].page == page.number), key=len, default=[]) for page in pages)
    seen: set[str] = set()
    for row in (row for chain in longest for row in chain):
        grades = {other.grade for chain in chains for other in chain if other.area == row.area}
        if row.area not in seen and len(grades) == 1:
            seen.add(row.area)
            yield Reading(row.area, row.grade, "text", Quote(row.words, row.page))


def _chains(page: Page, areas: Areas) -> Iterator[list[_Row]]:
    """Labels with grades that directly follow one another, as the rows of a table do and sentences do not."""
    text, chain, end = page.flow, list[_Row](), 0
    matches = list(re.finditer(areas.pattern(), text, re.IGNORECASE))
    grade_first = False
    for match, following in zip_longest(matches, matches[1:]):
        if match.start() - end > _MAX_CHARACTERS_BETWEEN_ROWS:
            if len(chain) >= _LEAST_ROWS and not grade_first:
                yield chain
            chain, grade_first = [], _BEFORE_LABEL.search(text, end, match.start()) is not None
        until = following.start() if following else len(text)
        found = _AFTER_LABEL.match(text, match.end(), until)
        if found and match.lastgroup:
            second = _SECOND.match(text, found.end(), until)
            end = (second or found).end()
            if second is None or canonical(second[1]) == canonical(found[1]):
                chain.append(_Row(match.lastgroup, canonical(found[1]), text[match.start() : found.end()], page.number))
    if len(chain) >= _LEAST_ROWS and not grade_first:
        yield chain
