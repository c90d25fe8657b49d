"""Reads a letter's lists: areas for priority action, what needs to improve, and strengths, each as its own item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.letters.boxes import tabled
from monitor.letters.document import Document
from monitor.letters.items import items, paragraphs
from monitor.letters.sections import Role, Section
from monitor.model import Letter, Quote

_FRONT_PAGES = 2


def put_asks(letter: Letter, document: Document, parts: Sequence[Section]) -> None:
    """Fill in the lists from the parts with such a heading, or from the tables of area SEND reports. Leave out what the
    single inspection framework recommends to the safeguarding board, which is not the council."""
    own = list(_before_board(parts))
    boxed = letter.kind == "area_send"
    letter.priority_actions = (boxed and tabled(document, "priority")) or _listed(own, "priority")
    letter.improvements = (boxed and tabled(document, "improvement")) or _listed(own, "improvement")
    letter.strengths = _listed(own, "strengths")


def _before_board(parts: Iterable[Section]) -> Iterable[Section]:
    """The parts of the report before the review of the board. The first page only announces that review."""
    for part in parts:
        if part.role == "board" and part.page > _FRONT_PAGES:
            return
        yield part


def _listed(parts: Iterable[Section], role: Role) -> list[Quote]:
    found: list[Quote] = []
    for part in parts:
        if part.role == role:
            found += items(part.lines) or paragraphs(part.lines)
    return found
