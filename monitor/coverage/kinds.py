"""Tells the kind of inspection that a page is about, and the number of the visit in its series. The page's own kind
counts before kinds that it recalls. "Inspection" alone is no kind, but a grade given now makes it a full inspection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.coverage.passages import Passage
from monitor.coverage.words import NUMBERS, SEND_OUTCOME, compiled
from monitor.model import Fact

_CHILD = r"child\w*\W?\w?"
_KINDS = {
    "jtai": r"\bJTAI\b|joint\s+targeted\s+area\s+inspection|joint\s+inspection\b[^.]{0,60}\bprotect\w*\s+children",
    "area_send": r"\barea\s+SEND\b|\bSEND\s+(?:area\s+)?(?:inspection|revisit)|local\s+area\s+partnership"
    rf"|(?:inspection|inspected|inspectors)\b[^.]{{0,60}}\b(?:SEND|special\s+educational\s+needs)\b|{SEND_OUTCOME}",
    "monitoring_visit": r"(?<!\bSEND )monitoring\s+(?:visit|inspection)\b(?!s)",
    "focused_visit": r"(?:focus(?:s?ed)?|assurance)\s+visit\b(?!s)",
    "ilacs": r"\bILACS\b|inspections?\s+of\s+(?:[^.;:]{0,60}?\s)?local\s+authority\s+" + _CHILD + r"\s+services"
    r"|inspecting\s+local\s+authority\s+" + _CHILD + r"\s+services",
    "sif": r"\bsingle\s+inspection(?:\s+framework)?\b"
    r"|services\s+for\s+children\s+in\s+need\s+of\s+help\s+and\s+protection",
}
WORDS = {
    "jtai": "joint targeted area inspection",
    "area_send": "area SEND inspection",
    "monitoring_visit": "monitoring visit",
    "focused_visit": "focused visit",
    "ilacs": "inspection of local authority children's services",
    "sif": "single inspection",
}
"""The name of each kind in a fact."""
_PATTERNS = {kind: compiled(words) for kind, words in _KINDS.items()}
_BEFORE = compiled(
    r"\b(?:since|followed|previous|earlier|last|subsequent|preceding|prior)\b[^.;,]{0,50}$"
    r"|\b(?:last|previous)\s+(?:\w+\s+){0,3}$"
)
"""Words before the kind of an earlier visit: "since the last monitoring visit", "It followed a …"."""
_AFTER_IT = compiled(r"\b(?:after|following)\s+(?:an?|the|its|this|that)\s+(?:\w+\s+){0,2}$")
"""Words before the kind that may introduce the page's own visit: "Following a monitoring visit in May"."""
_YEAR = re.compile(r"\b20\d\d\b")
_NAMED_AFTER = compiled(r"^\s+(?:letter|report|outcome)")
_NUMBER = compiled(
    rf"\b(?P<number>{'|'.join(NUMBERS)})\s+(?:ofsted\s+)?(?:monitoring|focused)\s+(?:visit|inspection)\b"
    rf"|\b(?P<of>{'|'.join(NUMBERS)})\s+(?:in|of)\s+(?:a|the)\s+series\s+of\s+(?:ofsted\s+)?monitoring\s+visits\b"
)
_GRADED = compiled(
    r"\bno\s+overall\s+(?:grade|judgement|effectiveness)|\boverall\s+effectiveness\b|\binspectors\s+made\s+these\s+judgements"
    r"|\bjudgements\s+(?:were|are)\s+as\s+follows|\bOfsted\s+inspection\s+report\b"
)
CHANGE_OVER = "2018"
"""ILACS began in January of this year; the last inspections of the single inspection framework were in its summer."""


def kind_of(title: str, said: Sequence[Passage], published: str | None) -> str | None:
    """Return the first kind that the page names and does not recall; the title counts before the text. If there is
    none, return the kind after "after" or "following", unless its year is an earlier one."""
    pages = (title, *(p.plain for p in said))
    certain = (min(found)[1] for words in pages if (found := [(at, kind) for kind, at in _mentions(words)]))
    of_now = (w for w in pages if not any(not published or year < published[:4] for year in _YEAR.findall(w)))
    perhaps = (kind for words in of_now for kind, _ in _mentions(words, _AFTER_IT))
    return next(certain, None) or next(perhaps, None)


def full_inspection(title: str, said: Sequence[Passage], graded: bool, published: str | None) -> str | None:
    """The kind, by its year, of an inspection without a name that gives grades, or whose report a committee has."""
    if not graded and not any(_GRADED.search(words) for words in (title, *(p.plain for p in said))):
        return None
    if published and published[:4] == CHANGE_OVER:
        return None
    return "ilacs" if not published or published[:4] > CHANGE_OVER else "sif"


def facts(kind: str | None, said: Sequence[Passage]) -> Iterator[Fact]:
    """Find the sentence that names the kind, and the sentence with the number of the visit."""
    if kind in WORDS:
        ways = (None, _AFTER_IT)
        named = (p for after in ways for p in said if any(k == kind for k, _ in _mentions(p.plain, after)))
        if first := next(named, None):
            yield Fact("inspection_type", WORDS[kind], first.text)
    for p in said:
        if number := _NUMBER.search(p.plain):
            yield Fact("visit_number", NUMBERS[(number["number"] or number["of"]).lower()], p.text)
            return


def _mentions(words: str, after: re.Pattern[str] | None = None) -> Iterator[tuple[str, int]]:
    """(kind, place) of each kind that the text names and does not recall; with `after`, only behind such words."""
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(words):
            behind = _AFTER_IT.search(words[: match.start()])
            recalled = _BEFORE.search(words[: match.start()]) and not _NAMED_AFTER.match(words[match.end() :])
            if not recalled and bool(behind) == bool(after):
                yield kind, match.start()
                break
