"""Reads area SEND inspections by Ofsted and the CQC.

Since January 2023 they are reports with one of three outcomes: (1) arrangements typically lead to positive experiences
and outcomes, (2) inconsistent, (3) widespread and/or systemic failings. Monitoring inspections in between have no
outcome. From 2016 to 2022 they are letters. Such a letter may require a written statement of action, and lists the
areas of significant weakness that the statement must tackle.
"""

from __future__ import annotations

import re

from monitor.letters.document import Document
from monitor.letters.inspectors import put_lead_inspector
from monitor.letters.items import items
from monitor.letters.when import after, after_label, other_dates, put_dates, put_letter_date
from monitor.model import Letter, Previous

SINCE_2023, UNTIL_2022 = "Area SEND 2023", "Area SEND 2016"
_OUTCOMES = (
    (1, re.compile(r"[^.]*?\btypically lead to positive experiences and outcomes\b", re.IGNORECASE)),
    (2, re.compile(r"[^.]*?\blead to inconsistent experiences and outcomes\b", re.IGNORECASE)),
    (3, re.compile(r"[^.]*?\bwidespread and/?\s?or systemic failings\b", re.IGNORECASE)),
)
_BOX = re.compile(r"inspection outcome", re.IGNORECASE)
_PREVIOUS = re.compile(r"dates? of (?:the )?previous inspections?:", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:Between|From|On)\b(?=\s+\d{1,2}\b)")
_STATEMENT = re.compile(r"[^.]*\bwritten statement of action (?:is|was) required\b[^.]*\.", re.IGNORECASE)
_TACKLE = re.compile(r"following areas? of significant weakness", re.IGNORECASE)
_VARIANTS = (
    ("monitoring", re.compile(r"SEND monitoring inspection", re.IGNORECASE)),
    ("revisit", re.compile(r"SEND (?:re-?visit|re-?inspection)", re.IGNORECASE)),
)


def read_send(letter: Letter, document: Document) -> None:
    """Fill in dates, outcome, Ofsted's lead inspector, and the date of the area's inspection before."""
    first = document.pages[0]
    put_letter_date(letter, document)
    if span := put_dates(letter, after_label(first) or after(first, _BETWEEN, letter.letter_date)):
        letter.problems += other_dates(span, document)
    put_lead_inspector(letter, document, expected=False)
    _put_variant(letter, document)
    _put_previous(letter, document)
    if letter.framework == SINCE_2023:
        _put_outcome(letter, document)


def put_statement(letter: Letter, document: Document) -> None:
    """Before 2023: fill in whether a written statement of action is required, and the weaknesses it must tackle."""
    for page in document.pages[:2]:
        if required := _STATEMENT.search(page.flow):
            letter.variant = "written statement of action"
            letter.evidence["variant"] = page.quote(required)
            break
    lines = list(document.body)
    begins = next((n for n, line in enumerate(lines) if _TACKLE.search(line.text)), None)
    if begins is not None:
        letter.priority_actions = items(lines[begins + 1 :])


def _put_variant(letter: Letter, document: Document) -> None:
    for name, words in _VARIANTS:
        if found := words.search(document.pages[0].flow):
            letter.variant, letter.evidence["variant"] = name, document.pages[0].quote(found)
            return


def _put_outcome(letter: Letter, document: Document) -> None:
    """Fill in the outcome from the one sentence in the box of page 1. If two different sentences stand there, report
    the contradiction and fill in no outcome."""
    first = document.pages[0]
    box = _BOX.search(first.flow)
    found = [(number, match) for number, words in _OUTCOMES if box and (match := words.search(first.flow, box.end()))]
    if len(found) == 1:
        letter.outcome, match = found[0]
        letter.evidence["outcome"] = first.quote(match)
    elif found:
        letter.problems.append("the outcome box states more than one outcome")
    elif letter.variant != "monitoring":
        letter.problems.append("no outcome was found")


def _put_previous(letter: Letter, document: Document) -> None:
    if found := after(document.pages[0], _PREVIOUS):
        span, quote = found
        letter.previous.append(Previous(span.start.isoformat(), None))
        letter.evidence["previous"] = quote
