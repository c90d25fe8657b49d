"""Reads one document: bytes in, a `Letter` out. It uses no clock, no network and no store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from monitor.councils.registry import Registry
from monitor.letters import ilacs, jtai, looked_after, send, sif, visits
from monitor.letters.asks import put_asks
from monitor.letters.document import Document
from monitor.letters.earlier import put_previous
from monitor.letters.extent import bound_behind, own_part
from monitor.letters.kinds import kind_of
from monitor.letters.pdf import MAX_PAGES, UnreadableError, open_letter
from monitor.letters.providers import name_council
from monitor.letters.quantities import put_quantities
from monitor.letters.sections import sections
from monitor.letters.summary import put_summary
from monitor.letters.themes import put_themes
from monitor.letters.titles import largest, title_of_letter, title_of_report
from monitor.letters.words import flowing, garbled
from monitor.model import Letter, Quote
from monitor.model.letter import STRUCK, UNSEEN

_READERS: dict[str, tuple[Callable[[Document], Quote | None], Callable[[Letter, Document], None]]] = {
    "ilacs": (title_of_report, ilacs.read_ilacs),
    "sif": (title_of_report, sif.read_sif),
    "looked_after": (title_of_report, looked_after.read_looked_after),
    "area_send": (title_of_report, send.read_send),
    "focused_visit": (title_of_letter, visits.read_visit),
    "monitoring_visit": (title_of_letter, visits.read_visit),
    "jtai": (title_of_letter, jtai.read_jtai),
}
"""By kind: what finds the title, and what reads the rest that is of this kind alone."""
_MAX_WORDS_TOLD = 8


def read(data: bytes, registry: Registry, file: str | None = None) -> Letter:
    """Read a document into a `Letter`. Never raises for what is in the bytes: a file that cannot be read gives a letter
    of kind "unknown", with the reason in `problems`. `file` is only passed on."""
    digest = sha256(data).hexdigest()
    try:
        document = open_letter(data)
    except UnreadableError as unreadable:
        return Letter("unknown", digest, 0, file=file, problems=[str(unreadable)])
    return read_document(document, Letter("unknown", digest, document.total, file=file), registry)


def read_document(whole: Document, letter: Letter, registry: Registry) -> Letter:
    """Fill in what an opened document says."""
    kind, opening = kind_of(whole)
    document = own_part(whole, kind.name, opening)
    letter.problems += bound_behind(whole, document)
    letter.kind, letter.framework = kind.name, kind.framework
    if opening:
        letter.evidence["kind"] = opening
    _put_front(letter, document, registry)
    if kind.name in _READERS:
        _READERS[kind.name][1](letter, document)
        put_asks(letter, document, sections(document, letter.kind))
        put_previous(letter, document)
        put_summary(letter, document)
        put_themes(letter, document)
        put_quantities(letter, document)
        if kind.framework == send.UNTIL_2022:
            send.put_statement(letter, document)
    return letter


def _put_front(letter: Letter, document: Document, registry: Registry) -> None:
    """Fill in title and council, and problems with the file."""
    if document.total > MAX_PAGES:
        letter.problems.append(f"only the first {MAX_PAGES} of {document.total} pages were read")
    if letter.kind == "unknown":
        letter.problems.append(_why_unknown(document))
    title_of = _READERS[letter.kind][0] if letter.kind in _READERS else largest
    if title := title_of(document) or largest(document):
        letter.title, letter.evidence["title"] = title.text, title
    name_council(letter, document, title, registry)
    letter.problems += _left_out(UNSEEN, [(page.number, page.unseen) for page in document.pages])
    letter.problems += _left_out(STRUCK, [(page.number, page.struck) for page in document.pages])


def _why_unknown(document: Document) -> str:
    if garbled(flowing(page.flow for page in document.pages)):
        return "its words cannot be read, because the file does not say which letters its fonts draw"
    return "this is no kind of Ofsted letter that is known"


def _left_out(why: str, pages: Iterable[tuple[int, Sequence[str]]]) -> list[str]:
    """Words that the document does not say, by page: why, how many, and the first of them."""
    found = [(number, words) for number, words in pages if words]
    if not found:
        return []
    (number, first), total = found[0], sum(len(words) for _, words in found)
    shown = " ".join(first[:_MAX_WORDS_TOLD]) + (" \u2026" if total > _MAX_WORDS_TOLD else "")
    return [f'{why}; they were left out: {total}, from page {number} "{shown}"']
