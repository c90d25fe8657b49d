"""Finds the theme of a visit or a joint inspection, in the letter's own words.

Visits: "Inspectors looked at the local authority's arrangements for care leavers aged 18 to 25, with a particular focus
on:" and, if a list follows, its items. Monitoring visits (2022 on): "The focus of the monitoring visit was …". Joint
inspections name theirs in the title or the first paragraph: "the multi-agency response to … in X". Assurance visits of
2020-21 mostly looked at everything; their theme is the work that all of them name, on care during the pandemic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.letters.document import Document, Line, Page
from monitor.letters.items import items
from monitor.model import Letter, Quote
from monitor.model.letter import LOOKED_AT

_FRONT_PAGES = 2
_SENTENCE = re.compile(
    rf"\b(?:(?:(?:Her|His) Majesty\W?s )?[Ii]nspectors (?:also )?{LOOKED_AT}\b[^.:]{{10,500}}[.:]"
    r"|The (?:focus|scope) of (?:the|this) (?:monitoring |focused )?visit (?:was|included)\b[^.:]{5,400}[.:]"
    rf"|(?:The|This) (?:focused |monitoring )?visit (?:was )?{LOOKED_AT}\b[^.:]{{10,400}}[.:])"
)
_EVIDENCE = re.compile(
    rf"^.{{0,40}}?{LOOKED_AT} (?:case (?:records|files|discussions)|an? (?:\w+ )?(?:range|variety) of|evidence"
    r"|documents|(?:the )?local authority(?:\W?s)? (?:own )?(?:performance|quality|audit)"
    r"|children\W?s (?:case |electronic )?(?:records|files))"
)
"""What inspectors read is not what they looked into."""
_PANDEMIC = re.compile(
    r"how England\W?s social care system has delivered child-centred practice and care within the context of"
    r" [^.]{0,80}\(?[Cc]oronavirus\)?[^.]{0,20}pandemic"
)
"""Most assurance visits of 2020 and 2021 have no theme but this one, which all of them name."""
_JOINT = re.compile(
    r"multi-agency (?:responses? to )?(?P<theme>(?:identification (?:and|of) )?[^.:]{5,220}?)"
    r"(?= in (?:the )?[A-Z]| in\b[^.]{0,40} local authority|\.| Between \d| This inspection)"
)


def put_themes(letter: Letter, document: Document) -> None:
    """Fill in the themes of a letter that names any."""
    front = document.pages[:_FRONT_PAGES]
    if letter.kind in ("focused_visit", "monitoring_visit"):
        letter.themes = next((found for page in front if (found := _of_visit(document, page))), [])
        letter.themes = letter.themes or [page.quote(m) for page in front[:1] if (m := _PANDEMIC.search(page.flow))]
    elif letter.kind == "jtai":
        letter.themes = [page.quote(m, "theme") for page in front[:1] if (m := _JOINT.search(page.flow))]


def _of_visit(document: Document, page: Page) -> list[Quote]:
    named = (match for match in _SENTENCE.finditer(page.flow) if not _EVIDENCE.match(match[0]))
    match = next(named, None)
    if match is None:
        return []
    quote = page.quote(match)
    return [quote, *items(_list_after(document, quote))] if quote.text.endswith(":") else [quote]


def _list_after(document: Document, lead: Quote) -> Iterator[Line]:
    """The lines from the end of the lead-in to the next heading."""
    last = lead.text.split()[-1]
    begun = False
    for line in document.body:
        if line.page < lead.page:
            continue
        if begun and document.is_heading(line):
            return
        if begun:
            yield line
        begun = begun or (line.text.rstrip().endswith(last) and line.text.split()[-1:] == [last])
