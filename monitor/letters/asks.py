"""What a letter lists: areas for priority action, what needs to improve, and strengths, each as its own item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.letters.boxes import tabled
from monitor.letters.document import Document
from monitor.letters.items import items, paragraphs
from monitor.letters.sections import Role, Section
from monitor.model import Letter, Quote

_FRONT = 2


def put_asks(letter: Letter, document: Document, parts: Sequence[Section]) -> None:
    """From the lists under the headings, or the tables of area SEND reports. What the single inspection
    framework asks of the safeguarding board, which is not the council, is left out."""
    own = list(_before_board(parts))
    boxed = letter.kind == "area_send"
    letter.priority_actions = (boxed and tabled(document, "priority")) or _listed(own, "priority")
    letter.improvements = (boxed and tabled(document, "improvement")) or _listed(own, "improvement")
    letter.strengths = _listed(own, "strengths")


def _before_board(parts: Iterable[Section]) -> Iterable[Section]:
    """The parts of the report up to the review of the board, which the first page only announces."""
    for part in parts:
        if part.role == "board" and part.page > _FRONT:
            return
        yield part


def _listed(parts: Iterable[Section], role: Role) -> list[Quote]:
    found: list[Quote] = []
    for part in parts:
        if part.role == role:
            found += items(part.lines) or paragraphs(part.lines)
    return found
