"""Reads ILACS reports: inspections of local authority children's services, since January 2018."""

from __future__ import annotations

from monitor.letters import areas, tables
from monitor.letters.document import Document
from monitor.letters.headings import graded, headings
from monitor.letters.inspectors import put_lead_inspector
from monitor.letters.readings import judge
from monitor.letters.table_text import of_tables
from monitor.letters.when import after_label, other_dates, put_dates, variant
from monitor.model import Letter

FRONT_PAGES = 2
"""The table of judgements stands on page 1; a long title could push it to page 2."""


def read_ilacs(letter: Letter, document: Document) -> None:
    """Fill in dates, inspector and judgements. The first period on site tells a short one from a standard one."""
    if span := put_dates(letter, after_label(document.pages[0])):
        letter.variant, letter.evidence["variant"] = variant(span), letter.evidence["inspection_start"]
        letter.problems += other_dates(span, document)
    put_lead_inspector(letter, document, expected=True)
    put_judgements(letter, document)


def put_judgements(letter: Letter, document: Document) -> None:
    """Fill in the judgements from the ruled table, the same table as text, and the headings of the sections."""
    front = document.pages[:FRONT_PAGES]
    repeated = graded(list(headings(document, document.body)), areas.ILACS)
    judge(letter, [*of_tables(front, areas.ILACS), *repeated])
    letter.problems += tables.doubtful_rows(front, areas.ILACS)
    if not letter.judgements:
        letter.problems.append("no judgements were found")
