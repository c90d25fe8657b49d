"""Gives a document's whole text as paragraphs, each with its page, the heading above it, and whether it is a request.

Search looks in them, and two versions of a document are compared by them. A paragraph stands on one page: where a page
break cuts one, both halves are paragraphs, so that each stands on its page word for word. A heading, an item of a list
and the footnotes of a page are paragraphs too. Page numbers, running footers, letterheads and imprints are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.letters import send
from monitor.letters.asks import put_asks
from monitor.letters.document import Document, Line, blocks
from monitor.letters.extent import own_part
from monitor.letters.kinds import kind_of
from monitor.letters.pdf import UnreadableError, open_letter
from monitor.letters.sections import sections
from monitor.letters.sentences import stand_together
from monitor.letters.words import MARKER, flowing, unmarked
from monitor.model import Letter, Paragraph, Quote

_MIN_ASKED_CHARACTERS = 12
"""Fewer characters ("children", "and") may stand in a request by chance."""


def paragraphs(data: bytes) -> list[Paragraph]:
    """Every paragraph of a PDF in the order of its text; none where the document cannot be read."""
    try:
        document = open_letter(data)
    except UnreadableError:
        return []
    return list(of_document(document, requests(document)))


def of_document(document: Document, asked: Sequence[Quote] = (), *, notes: bool = True) -> Iterator[Paragraph]:
    """Every paragraph of an opened document. `asked` are the items that it asks to improve; `notes`: also footnotes."""
    heading = ""
    for block in _blocks(document, notes=notes):
        text, page = flowing(line.text for line in block), block[0].page
        titled = document.is_heading(block[0]) and document.is_heading(block[-1])
        heading = text if titled else heading
        yield Paragraph(page, heading, text, not titled and any(_within(text, page, item) for item in asked))


def requests(document: Document) -> list[Quote]:
    """What the document asks for: areas for priority action and what needs to improve."""
    kind, opening = kind_of(document)
    document = own_part(document, kind.name, opening)
    letter = Letter(kind.name, "", document.total)
    put_asks(letter, document, sections(document, kind.name))
    if kind.framework == send.UNTIL_2022:
        send.put_statement(letter, document)
    return [*letter.priority_actions, *letter.improvements]


def _within(text: str, page: int, item: Quote) -> bool:
    """Whether a paragraph is the item, a part of it, or has it within. An item ends on its page or on the next."""
    if not item.page <= page <= item.page + 1:
        return False
    words = unmarked(text)
    return (len(words) >= _MIN_ASKED_CHARACTERS and words in item.text) or item.text in text


def _blocks(document: Document, *, notes: bool) -> Iterator[list[Line]]:
    """Lines that stand together: running text, then with `notes` the footnotes of its page."""
    places = {id(line): place for place, line in enumerate(document.lines())}

    def goes_on(block: Sequence[Line], line: Line) -> bool:
        return places[id(line)] == places[id(block[-1])] + 1 and _goes_on(document, block, line)

    return blocks(_lines(document) if notes else document.body, goes_on)


def _goes_on(document: Document, block: Sequence[Line], line: Line) -> bool:
    """Whether a line continues the block. A heading does not go on in running text, unless it was only a paragraph's
    first words, in bold type."""
    above = block[-1]
    if MARKER.match(line.text) or line.note or not stand_together(above, line):
        return False
    same = document.is_heading(above) == document.is_heading(line)
    return same or (document.is_heading(above) and line.text[:1].islower()) or not document.is_heading(block[0])


def _lines(document: Document) -> Iterator[Line]:
    """The lines of the running text, page by page, each page's footnotes after them."""
    kept = {id(line) for line in document.body}
    for page in document.pages:
        yield from (line for line in page.lines if id(line) in kept)
        yield from document.footnotes(page)
