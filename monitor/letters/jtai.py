"""Reads joint targeted area inspections (Ofsted, CQC, HMICFRS; probation in some), since January 2016. They give no
grades.

2016-20: "Between 16 and 20 October 2017, Ofsted … undertook a joint inspection of the multi-agency response to … in X";
since 2021: "This inspection took place from 23 to 27 May 2022."
"""

from __future__ import annotations

import re

from monitor.letters.document import Document
from monitor.letters.when import put_dates_of_opening
from monitor.model import Letter

_OPENINGS = (
    re.compile(r"inspection took place (?:from|between|on)\b", re.IGNORECASE),
    re.compile(r"\b(?:Between|From|On)\b(?=\s+(?:the\s+)?(?:\w+day,?\s+)?\d{1,2}\b[^.]{0,60}?,?\s*Ofsted)"),
    re.compile(r"\b(?:Between|From)\b(?=\s+(?:\w+day,?\s+)?\d{1,2}\b)"),
)


def read_jtai(letter: Letter, document: Document) -> None:
    """Fill in the dates of the inspection and of the letter."""
    put_dates_of_opening(letter, document, _OPENINGS)
