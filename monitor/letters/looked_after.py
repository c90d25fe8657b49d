"""Reads inspections of services for looked-after children, 2012-13: outstanding, good, adequate, inadequate."""

from __future__ import annotations

import re

from monitor.letters import areas
from monitor.letters.document import Document
from monitor.letters.headings import graded, headings
from monitor.letters.inspectors import put_lead_inspector
from monitor.letters.readings import judge
from monitor.letters.table_text import of_tables
from monitor.letters.when import after_label, put_dates, put_letter_date
from monitor.model import Letter

_RECORD = re.compile(r"record of main findings", re.IGNORECASE)
_PUBLISHED = re.compile(r"published:?", re.IGNORECASE)


def read_looked_after(letter: Letter, document: Document) -> None:
    """Fill in the judgements: in a table on the last page, and as "Grade 3 (Adequate)" under each heading."""
    put_dates(letter, after_label(document.pages[0]))
    put_letter_date(letter, document, _PUBLISHED)
    put_lead_inspector(letter, document, expected=True)
    record = [page for page in document.pages[3:] if _RECORD.search(page.flow)]
    repeated = graded(list(headings(document, document.body)), areas.LOOKED_AFTER)
    judge(letter, [*of_tables(record, areas.LOOKED_AFTER), *repeated])
