"""Finds the theme of a visit or a joint inspection, in the letter's own words.

Visits: "Inspectors looked at the local authority's arrangements for care leavers aged 18 to 25, with a particular focus
on:" and, if a list follows, its items. Monitoring visits (2022 on): "The focus of the monitoring visit was …". Joint
inspections of 2016 to 2020 name theirs in the title: "the multi-agency response to … in X".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.letters.document import Document, Line, Page
from monitor.letters.items import items
from monitor.model import Letter, Quote

_FRONT_PAGES = 2
_SENTENCE = re.compile(
    r"\b(?:(?:Her Majesty\W?s |His Majesty\W?s )?Inspectors (?:looked at|considered|reviewed|evaluated|focused on"
    r"|also looked at)\b[^.:]{10,500}[.:]"
    r"|The (?:focus|scope) of (?:the|this) (?:monitoring |focused )?visit (?:was|included)\b[^.:]{5,400}[.:]"
    r"|The visit (?:focused on|looked at)\b[^.:]{10,400}[.:])"
)
_JOINT = re.compile(r"multi-agency response to (?P<theme>[^.:]{5,160}?) in\b", re.IGNORECASE)


def put_themes(letter: Letter, document: Document) -> None:
    """Fill in the themes of a letter that names any."""
    front = document.pages[:_FRONT_PAGES]
    if letter.kind in ("focused_visit", "monitoring_visit"):
        letter.themes = next((found for page in front if (found := _of_visit(document, page))), [])
    elif letter.kind == "jtai":
        letter.themes = [page.quote(m, "theme") for page in front[:1] if (m := _JOINT.search(page.flow))]


def _of_visit(document: Document, page: Page) -> list[Quote]:
    match = _SENTENCE.search(page.flow)
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
