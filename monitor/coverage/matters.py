"""Reads the other facts about an inspection: document, focus, earlier visits, interventions, help from others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.councils.names import plain as plain_names
from monitor.councils.registry import Council, Registry
from monitor.coverage.committee import PAGE_KIND
from monitor.coverage.days import months_in
from monitor.coverage.passages import Passage
from monitor.coverage.words import compiled
from monitor.model import Fact

_DOCUMENT = compiled(
    r"\bOfsted\b[^.]{0,60}?\b(?P<a>report|letter)\b|\b(?P<b>report|letter|findings)\b[^.]{0,40}?\b(?:by"
    r"|from|,)\s*Ofsted\b|\b(?P<c>improvement\s+notice|statutory\s+direction)\b"
)
_FOCUS = compiled(
    r"\b(?:visit|inspection|inspectors|which|that|review|JTAI|it)\b[^.]{0,40}?\b(?:focus(?:ed"
    r"|ing|sed)?|centred|concentrated)\s+on\s+(?P<a>[^,.;:]{4,160})"
    r"|\bfocus\s+of\s+(?:the|this)\s+(?:\w+\s+)?(?:visit|inspection)\s+was\s+(?P<b>[^.;:]{4,200})"
    r"|\bareas\s+covered\s+by\s+the\s+(?:visit|inspection)\s+(?:were|included):?\s+(?P<d>[^.;:]{8,260})"
    r"|\binspectors\s+(?:also\s+)?(?:looked\s+at|reviewed|considered|evaluated)\s+(?P<c>[^.;:]{8,260})"
)
_FOCUS_LIST = compiled(
    r"\b(?:areas?\s+(?:covered|of\s+(?:concern|focus))|focus(?:ed|sed)?\s+on|looked\s+at|considered)\b"
)
_KIND = compiled(
    r"\b(?P<kind>monitoring\s+(?:visit|inspection)|focus(?:s)?ed\s+visit|assurance\s+visit|ILACS(?:\s+inspection)?"
    r"|(?:full\s+|short\s+|graded\s+)?inspection|JTAI)\b"
)
_EARLIER = compiled(r"\b(?:follow(?:ed|s|ing)|previous|earlier|subsequent|preced\w+|last|since|before|after|prior)\b")
_TITLE_END = re.compile(r"[.!?:;]$")
_INTERVENTION = compiled(
    r"(?:\b(?:government|appointed|children\W?s(?:\s+services)?|DfE|the|an?)[\s-]+(?:[\w-]+\s+){0,2}?)"
    r"(?<!crime )(?<!crime and )commissioner\b(?!\s+role)"
    r"|\b(?:government|minister)\W?s\s+commissioner\b|\b(?:services?|control)\b[^.]{0,30}\b(?:removed"
    r"|taken)\b[^.]{0,40}\b(?:council|control|trust)\b|\b(?:improvement\s+notice|statutory\s+direction)\b"
    r"|\bchildren\W?s\s+trust\b[^.]{0,40}\b(?:set\s+up|take\s+over|run)|\b(?:government|DfE|Department\s+for\s+Education"
    r"|minister\w*)\b[^.]{0,50}\b(?:interven\w+|appoint\w+|direct\w+)\b|\bDfE\s+adviser\b"
)
_AND = re.compile(r",\s+(?:and|but)\s+|;\s+")
_HELPED = compiled(
    r"\b(?:team|support|help|advice|staff|peers?|improvement\s+partners?,?|helped|supported|assisted"
    r"|mentored|partner(?:ed|ing)?|buddied)\s+(?:\w+\s+){0,2}?(?:from|by|with|is|are|of)?\s*(?:the\s+)?$"
    r"|\bimprovement\s+partner\b.{0,30}$"
)
_HELPING = compiled(
    r"^\W*(?:(?:county|city|borough|metropolitan)\s+)*(?:council)?,?\s*(?:(?:who|which|that)\s+)?(?:is"
    r"|are|has\s+been|have\s+been|will|to|as)\s+(?:\w+\s+){0,4}?(?:help|support|improvement\s+partner"
    r"|assist|advis)"
)
_AIDED = compiled(r"\b(?:help\w*|support\w*|assist\w*|improvement|improving|advis\w+|mentor\w*|buddied)\b")
_COUNCIL_AFTER = re.compile(r"^(?:\s+(?:County|City|Borough|Metropolitan|District|Council))+")
_NOUNS = compiled(r"\b(?P<what>(?:forthcoming\s+|upcoming\s+|planned\s+|further\s+|next\s+)+[^,;.]{4,110}?)\s+in\s*$")


def facts(title: str | None, said: Sequence[Passage], about: Sequence[Council], registry: Registry) -> Iterator[Fact]:
    """All of these, in the order of their kinds."""
    yield from _title(title, said)
    yield from _document(said)
    yield from _focus(said)
    for p in said:
        yield from _earlier_visits(p)
        yield from _intervention(p)
        yield from _partners(p, about, registry)
        yield from _forthcoming(p)


def _title(title: str | None, said: Sequence[Passage]) -> Iterator[Fact]:
    """The title, if the text repeats it. A first line without a full stop is one."""
    first = next(iter(said), None)
    if first is None:
        return
    same = next((p for p in said[:3] if title and p.plain == " ".join(title.split())), None)
    if same and title and not PAGE_KIND.fullmatch(title.strip()):
        yield Fact("title", same.plain, same.text)
    elif (
        not title
        and not first.item
        and not PAGE_KIND.fullmatch(first.plain)
        and 3 <= len(first.plain.split()) <= 20
        and not _TITLE_END.search(first.plain)
        and "\u201c" not in first.plain
    ):
        yield Fact("title", first.plain, first.text)


def _document(said: Sequence[Passage]) -> Iterator[Fact]:
    for p in said:
        if found := _DOCUMENT.search(p.plain):
            noun = (found["a"] or found["b"] or found["c"]).lower()
            yield Fact("document_kind", noun if found["c"] else f"Ofsted {noun}", p.text)
            return


def _focus(said: Sequence[Passage]) -> Iterator[Fact]:
    listing = False
    for p in said:
        if listing and p.item:
            yield Fact("focus", p.plain.strip(" .;\u00b7\u2022-"), p.text)
            continue
        listing = p.plain.endswith(":") and bool(_FOCUS_LIST.search(p.plain)) and not p.spoken
        found = None if listing or p.spoken else _FOCUS.search(p.plain)
        if found:
            yield Fact("focus", re.sub(r"^(?:around|on)\s+", "", next(w for w in found.groups() if w).strip()), p.text)


def _earlier_visits(p: Passage) -> Iterator[Fact]:
    """ "It followed a monitoring visit in September 2020, and a subsequent focused visit in May 2021"."""
    if not _EARLIER.search(p.plain):
        return
    for month, at in months_in(p.plain):
        kinds = list(_KIND.finditer(p.plain[:at]))
        near = kinds[-1] if kinds and at - kinds[-1].end() < 50 else None
        between = p.plain[near.end() : at] if near else ""
        if (
            near
            and not re.search(r"\b(?:judged|rated|and\s+a|[;,.])", between)
            and _EARLIER.search(p.plain[: near.start()])
        ):
            yield Fact("earlier_visit", {"kind": near["kind"].lower(), "date": month}, p.text)


def _intervention(p: Passage) -> Iterator[Fact]:
    if not p.spoken and _INTERVENTION.search(p.plain):
        clause = next((c for c in _AND.split(p.plain) if _INTERVENTION.search(c)), p.plain)
        yield Fact("intervention", clause.strip(" ."), p.text)


def _partners(p: Passage, about: Sequence[Council], registry: Registry) -> Iterator[Fact]:
    words = plain_names(p.plain)
    for start, end, councils in registry.mentions_in(words):
        other = not set(councils) & set(about)
        if other and _AIDED.search(words) and (_HELPED.search(words[:start]) or _HELPING.match(words[end:])):
            more = _COUNCIL_AFTER.match(words[end:])
            yield Fact("improvement_partner", words[start : end + (more.end() if more else 0)], p.text)


def _forthcoming(p: Passage) -> Iterator[Fact]:
    """What is announced, with its month."""
    for month, at in months_in(p.plain):
        before = p.plain[:at]
        if found := _NOUNS.search(before):
            yield Fact("forthcoming", {"what": found["what"], "date": month}, p.text)
