"""Reads what only minutes and agenda items have: resolutions, actions, the author of a report, attached papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.coverage.passages import Passage
from monitor.coverage.words import compiled
from monitor.model import Fact, Voice

PAGE_KIND = compiled(
    r"(?:agenda item|minutes|decision|decisions|agenda|press release|news release|media release"
    r"|news|improvement notice|statutory direction)\s*:?"
)
_RESOLVED = compiled(
    r"\b(?:it\s+was\s+|be\s+it\s+)?(?:RESOLVED|RECOMMENDED|AGREED)\b\s*(?:unanimously)?\s*[:,\u2013-]*\s*(?P<rest>.*)$"
)
_OPENS = re.compile(
    r"^(?:[^a-z]*\b)?(?:It was |The (?:Committee|Panel|Board|Cabinet) )?(?:RESOLVED|RECOMMENDED"
    r"|AGREED|Resolved|Agreed)\b|\bRESOLVED\b|\b(?:RESOLVED|AGREED)[:\s-]*$"
)
_WHO = (
    r"(?:It\s+was|(?:The\s+)?(?:[A-Z][\w\u2019'-]*\s+(?:and\s+)?){0,5}?"
    r"(?:Committee|Panel|Board|Cabinet|Forum|Commission))\s+(?:unanimously\s+|therefore\s+)?"
)
_LOUD = r"(?:RESOLVED|RECOMMENDED|AGREED)"
_DECIDES = re.compile(
    rf"^(?:{_WHO}(?:agreed|resolved|recommended|NOTED|{_LOUD})|{_LOUD})\s*(?P<rest>(?:[:\u2013-]\s*[Tt]hat|that)\b[^.]*?"
    r"(?<!to )(?<!should )(?<!must )(?<!would )(?<!could )\bbe\s+\w+(?:ed|en)\b(?:.*[^:])?"
    r"|[:\u2013-]?\s*[Tt]o\s+.*[^:])$"
)
"""A decision told in a sentence: "It was agreed that the update be noted", "Cabinet RESOLVED to note the report"."""
_HEADING = re.compile(r"(?:Decisions?|DECISIONS?)\s*:?")
_THAT = re.compile(r"That\s+[^.]*\bbe\b|To\s+\w+\s")
"""How a resolution begins that stands below the word RESOLVED."""
_ITEM = re.compile(r"^\s*\(?(?P<mark>[a-z]|[ivx]{1,4}|\d{1,2})[).]\s+(?P<words>.+)$", re.DOTALL)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_REPORT_OF = re.compile(
    r"^(?:(?:To\s+(?:consider|receive)\s+(?:a|the)\s+)|The\s+Committee\s+(?:considered|received"
    r"|noted)\s+(?:a|the)\s+)?(?:[Jj]oint\s+)?[Rr]eport\s+(?:of|by|from)\s+(?:the\s+)?(?P<role>[^.;]{5,140}?)\s+(?:on"
    r"|about|regarding|concerning|which|presenting|providing|,)\s"
)
_SPECIAL = compiled(
    r"\b(?P<kind>(?:special|extraordinary|additional|urgent)\s+meeting)\b(?:[^.;]{0,30}?\b(?P<by>called\s+by\s+(?:the\s+)?[A-Z]\w+))?"
)
_ATTACHED = compiled(r"\b(?:attached|appended|appendix|annexed|enclosed)\b")
_LETTER = compiled(
    r"\b(?P<what>(?:Ofsted\s+|ILACS\s+|JTAI\s+|SEND\s+|focused\s+|monitoring\s+|joint\s+targeted\s+area\s+"
    r"|area\s+|inspection\s+|visit\s+)+(?:letter|report|notice)|(?:letter|report)\s+from\s+Ofsted)\b"
)
_COMMITTEE = re.compile(
    r"\b(?P<name>(?:(?:[A-Z][\w\u2019'&]+|and|&|for|of),?\s+){1,8}(?:Scrutiny|Select|Overview"
    r"|Parenting)\s+(?:and\s+Scrutiny\s+)?(?:Committee|Panel|Board|Commission|Sub-Committee))\b"
)
_DOCUMENTS = compiled(r"(?:supporting|accompanying|additional|linked|background)\s+(?:documents?|papers?)\s*:?")
_DOCUMENT = compiled(r".{4,200}?\s*(?:\.pdf|\.docx?|,?\s*PDF\s+[\d.]+\s*[KM]B)\W*")


def facts(said: Sequence[Passage], where: Voice) -> Iterator[Fact]:
    """Find all of these facts, in the order of the page."""
    yield from _simple(said)
    yield from resolutions(said)
    if where in (Voice.ITEM, Voice.MINUTES, Voice.PAGE):
        yield from documents(said)


def _simple(said: Sequence[Passage]) -> Iterator[Fact]:
    special = False
    for n, p in enumerate(said):
        if n == 0 and PAGE_KIND.fullmatch(p.plain):
            yield Fact("page_kind", p.plain.rstrip(" :"), p.text)
        if found := _REPORT_OF.match(p.plain):
            yield Fact("report_author_role", found["role"], p.text)
        if not special and (found := _SPECIAL.search(p.plain)):
            special = True
            yield Fact("meeting_kind", " ".join(filter(None, (found["kind"], found["by"]))), p.text)
        if found := _COMMITTEE.search(p.plain):
            yield Fact("committee_name", found["name"].removeprefix("The "), p.text)
        if _ATTACHED.search(p.plain) and (letter := _LETTER.search(p.plain)):
            yield Fact("attachment_stated", letter["what"], p.text)


def resolutions(said: Sequence[Passage]) -> Iterator[Fact]:
    """Find resolutions by their letters, and the actions under them by their Roman numbers. A single resolution in a
    sentence of its own has the field "resolution"."""
    found = _Resolutions()
    for p in said:
        yield from found.read(p)


class _Resolutions:
    """Reads passages in their order: whether a list of resolutions is `open`, and the `last` letter or number in it."""

    def __init__(self) -> None:
        self.open, self.last = False, ""

    def read(self, p: Passage) -> Iterator[Fact]:
        """The resolutions of one passage."""
        if told := _DECIDES.match(p.plain):
            self.open = False
            yield Fact("resolution", _tidy(told["rest"].lstrip(":\u2013- ")), p.text)
        elif _HEADING.fullmatch(p.plain):
            self.open, self.last = True, ""
        elif opened := _OPENS.search(p.plain) and _RESOLVED.search(p.plain):
            yield from self._begun(opened["rest"], p.text)
        elif self.open:
            yield from self._listed(p)

    def _begun(self, rest: str, quote: str) -> Iterator[Fact]:
        """What follows "RESOLVED" on its own line: the only resolution, or the first of a list."""
        self.open, self.last = not rest.lower().startswith("that"), ""
        if not self.open:
            yield Fact("resolution", _tidy(rest), quote)
        elif item := _ITEM.match(rest):
            yield self._item(item, quote)

    def _listed(self, p: Passage) -> Iterator[Fact]:
        if not self.last and _THAT.match(p.plain):
            yield Fact("resolution", _tidy(p.plain), p.text)
        elif item := _ITEM.match(p.text):
            yield self._item(item, p.text)
        elif self.last:
            self.open = False

    def _item(self, item: re.Match[str], quote: str) -> Fact:
        field, self.last = _field(item["mark"], self.last)
        return Fact(field, _tidy(" ".join(item["words"].split())), quote)


def _field(mark: str, last: str) -> tuple[str, str]:
    """The field and number of a mark. "(i)" after "(h)" is the ninth letter; elsewhere it is the first action."""
    is_letter = len(mark) == 1 and mark.isalpha() and ord(mark) == ord(last or "`") + 1
    if mark in _ROMAN and not is_letter:
        return f"action.{mark}", last
    return f"resolution.{mark}", mark if len(mark) == 1 else last


def _tidy(words: str) -> str:
    return re.sub(r"[\s;.,]*(?:\band\b)?[\s;.,]*$", "", words)


def documents(said: Sequence[Passage]) -> Iterator[Fact]:
    """Find the titles under "Supporting documents:", and lines that end like the name of a file."""
    listing = False
    for p in said:
        if _DOCUMENTS.fullmatch(p.plain):
            listing = True
        elif _DOCUMENT.fullmatch(p.plain) or (listing and len(p.plain) < 200):
            field = "supporting_documents" if listing else "linked_documents"
            yield Fact(field, re.sub(r",?\s*PDF\s+[\d.]+\s*[KM]B\W*$", "", p.plain).strip(" \u00b7\u2022-"), p.text)
