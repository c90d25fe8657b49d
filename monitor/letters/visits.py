"""Reads letters about visits: focused visits (2018 on), assurance visits (September 2020 to August 2021), which open
with a paragraph on the pandemic, and monitoring visits to councils judged inadequate (2016 on).

Only passages of monitoring letters were available, no whole letter. So a text that is nearly such a letter counts as
one, and the problems name every heading that none of the known letters has. No visit gives grades.
"""

from __future__ import annotations

import re

from monitor.letters.document import Document
from monitor.letters.headings import headings
from monitor.letters.when import put_dates_of_opening
from monitor.model import Letter

_OPENING = re.compile(
    r"summari[sz]es the findings of (?:the|a|an|our) [^.]{0,30}?visit (?:to|of|at|in) [^.]*?\b(?:on|between|from)\b"
    r"(?=\s+(?:the\s+)?(?:\w+day,?\s+)?\d)",
    re.IGNORECASE,
)
_ANY_OPENING = re.compile(r"summari[sz]es the findings of|\bvisit (?:to|of) [^.]{3,80}? on\b", re.IGNORECASE)
_ASSURANCE = re.compile(r"Ofsted\W?s work into how England\W?s social care system has delivered|assurance visit to")
_NUMBER = re.compile(
    r"this (?:was|is) the (?P<number>\w+) monitoring visit since [^.]*?\bjudged (?:to be )?\w+[^.]*", re.IGNORECASE
)
_KNOWN = re.compile(
    r"monitoring visit|areas covered by the visit|headline findings|overview|summary|main findings|findings"
    r"|findings and evaluation of progress|evaluation of progress|what needs to improve"
    r"|areas? for (?:priority|improvement)|(?:his|her) majesty|dear |\W*$",
    re.IGNORECASE,
)


def read_visit(letter: Letter, document: Document) -> None:
    """Fill in the dates of the first sentence and of the letter, and the number of the visit."""
    put_dates_of_opening(letter, document, (_OPENING, _ANY_OPENING))
    if letter.kind == "monitoring_visit":
        _put_number(letter, document)
        unknown = (h for h in headings(document, document.body) if not _KNOWN.match(h.text))
        letter.problems += [f'page {h.page}: unknown heading "{h.text}"' for h in unknown]
    elif found := _ASSURANCE.search(document.pages[0].flow):
        letter.variant, letter.evidence["variant"] = "assurance", document.pages[0].quote(found)


def _put_number(letter: Letter, document: Document) -> None:
    """Fill in the visit's number since the judgement. Ofsted publishes no letter of the first visit, but counts it."""
    for page in document.pages[:2]:
        if found := _NUMBER.search(page.flow):
            letter.variant, letter.evidence["variant"] = found["number"].lower(), page.quote(found)
            return
