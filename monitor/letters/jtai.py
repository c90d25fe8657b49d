"""Reads joint targeted area inspections (Ofsted, CQC, HMICFRS; probation in some), since January 2016. They give no
grades.

2016-20: "Between 16 and 20 October 2017, Ofsted … undertook a joint inspection of the multi-agency response to … in X";
since 2021: "This inspection took place from 23 to 27 May 2022."
"""

from __future__ import annotations

import re

from monitor.letters.document import Document
from monitor.letters.when import after, put_dates, put_letter_date, too_late
from monitor.model import Letter

_OPENINGS = (
    re.compile(r"inspection took place (?:from|between|on)\b", re.IGNORECASE),
    re.compile(r"\b(?:Between|From|On)\b(?=\s+(?:the\s+)?(?:\w+day,?\s+)?\d{1,2}\b[^.]{0,60}?,?\s*Ofsted)"),
    re.compile(r"\b(?:Between|From)\b(?=\s+(?:\w+day,?\s+)?\d{1,2}\b)"),
)


def read_jtai(letter: Letter, document: Document) -> None:
    """Fill in the dates of the inspection and of the letter."""
    put_letter_date(letter, document)
    front = document.pages[:2]
    readings = (after(page, opening, letter.letter_date) for opening in _OPENINGS for page in front)
    found = next(filter(None, readings), None)
    span = put_dates(letter, found)
    letter.problems += too_late(letter, span.end if span else None)
