"""Reads the findings of inspectors sentence by sentence, as positive or negative; their quotations; and the direction
of the service.

Promises of councillors, actions of a committee and hopes are not findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.coverage.claims import is_scale
from monitor.coverage.passages import Passage
from monitor.coverage.polarity import direction, sides
from monitor.coverage.words import compiled
from monitor.model import Fact

_OFSTED = compiled(
    r"\b(?:ofsted|inspectors?|inspection|the\s+(?:report|letter|visit|findings)|they\s+(?:also\s+)?(?:write"
    r"|wrote|found|said|say|noted?|noticed|added|saw)|report\s+(?:also\s+)?(?:said|says|found"
    r"|concluded))\b"
)
_PRACTICE = compiled(
    r"\b(?:child(?:ren)?\W?s?|young\s+people|social\s+work\w*|care\s+leavers|famil(?:y|ies)|leaders?"
    r"|leadership|manage(?:rs|ment)|supervision|assessments?|plan(?:s|ning)|practice|workforce"
    r"|staff|caseloads?|visits?|services?|permanence|support|partners?|independent\s+reviewing"
    r"|needs|recording|oversight|foster\w*|recruitment|retention|improvements?|carers|performance"
    r"|governance|progress|pace)\b"
)
_PROCEDURE = compiled(
    r"\b(?:members|committee|panel|board)\s+(?:asked|noted|commended|thanked|welcomed|considered"
    r"|heard|received|discussed|agreed|were)|\bmoved\b|\bseconded\b|\bresolved\b|\b(?:be\s+(?:noted"
    r"|thanked|welcomed|approved|supported|shared))\b|\bthe\s+meeting\b"
    r"|\bareas?\s+covered\b|\bwere\s+a\s+review\b|\breport\s+of\s+the\b|\battached\b|\bpublished\s+(?:today"
    r"|on)\b[^.]{0,40}$|^the\s+letter\s+(?:detailed|summari)|\bjudged\b|\brated\b|\bratings?\b"
    r"|\binspectors?\s+(?:looked\s+at|considered|reviewed|focused|visited|made\s+these)"
    r"|\b(?:cabinet\s+members?|portfolio\s+holder|leader|chair\w*|director|councillors?|cllr"
    r"|panel|executive|officers?)\b[^.]{0,80}\b(?:opened|thanked|advised|pointed|stated|recognised"
    r"|asked|echoed|praised|praise"
    r"|suggested|explained|commended|highlighted|questioned|gave|introduced|presented|summarised"
    r"|agreed|responded)\b|\baction\s+plan\s+(?:was|is|has)\b|\breports\s+(?:would|will)\b|\blast\s+inspected\b"
    r"|\bupgraded\b|\bdowngraded\b|\bthe\s+report\s+to\b|\bgave\s+praise\b|\bpeer\s+review\b"
    r"|\b(?:established|set\s+up)\s+as\b|\bwill\s+(?:be|now|continue|need)\b|\bambition\b|\bto\s+assess\s+the\b"
    r"|^inspectors\s+highlighted"
)
_REMARKED = compiled(
    r"it\s+was\s+(?:pointed|explained|noted|highlighted|clarified|suggested|agreed|commented)\b(?!.*\b(?:ofsted"
    r"|inspectors?)\b)"
)
_OPINION = compiled(
    r"\b(?:mixed\s+blessing|disaster|frustrat\w+|must\s+try|undoubtedly|babysitting|no\s+doubt"
    r"|damning|this\s+is\s+to\s+be\s+welcomed)\b"
)
_QUOTATION = re.compile(
    r"(?:\u201c|(?<![^\s(\u2013\u2014-])\"(?=\S))(?P<words>[^\u201c\u201d\"]{20,}?)(?:[,]?[\u201d\"]|$)"
)
"""A straight mark opens a quotation only where a word begins: what stands between two quotations is none."""
_SAID_SO = re.compile(r"[,.]?[\u201d\"]\s[^\u201c\"]{0,80}$")
_PERSON_SAID = compiled(
    r"\b(?:councillor|cllr|cabinet\s+member|director|leader|commissioner|he|she)\b[^\u201c\"]{0,120}\b(?:said"
    r"|says|added)\b|\b(?:said|says|added)\s+(?:councillor|cllr|the\s+(?:leader|director|cabinet)|he|she)\b"
)
_LOOKED_AT = compiled(
    r"\b(?:areas?\s+(?:covered|of\s+(?:concern|focus))|focus(?:ed|sed)?|looked\s+at|considered"
    r"|reviewed?|areas\s+for\s+improvement|scope|resolved|judge?ments?)\b"
)
_MAX_HEADING_WORDS = 4
"""A sentence with no more words is a heading, not a finding."""


def facts(said: Sequence[Passage]) -> Iterator[Fact]:
    """Find findings, quotations of Ofsted and direction, in the order of the page."""
    focus_list = False
    for p in said:
        focus_list = _in_focus_list(p, focus_list)
        if p.spoken or _PERSON_SAID.search(p.plain):
            continue
        yield from _quotations(said, p)
        if not focus_list and _is_finding(p):
            yield from _taken(p)


def _in_focus_list(p: Passage, inside: bool) -> bool:
    """Whether a list item stands under "Areas covered by the visit:". It says what inspectors looked at, not found."""
    if not p.item:
        return p.plain.endswith(":") and bool(_LOOKED_AT.search(p.plain))
    return inside


def _is_finding(p: Passage) -> bool:
    words = p.plain
    ends = p.item or bool(re.search(r"[.!?][)\u201d\u2019\"']*$|[,.][\u201d\"]\s+\w+(?:\s+\w+){0,3}$", words))
    return (
        ends
        and len(words.split()) > _MAX_HEADING_WORDS
        and bool(_PRACTICE.search(words))
        and not _PROCEDURE.search(words)
        and not _REMARKED.match(words)
        and not _OPINION.search(words)
        and not is_scale(words)
        and not re.match(r"\(?[a-z]{1,3}\)\s", words)
    )


def _taken(p: Passage) -> Iterator[Fact]:
    """The findings of a sentence, each with its clause, and the direction that it names."""
    for side, clause in sides(p.plain):
        words = _SAID_SO.sub("", clause).strip(' ,;.\u201c\u201d"\u00b7\u2022-')
        yield Fact(f"finding.{side}", words, p.text)
    if going := direction(p.plain):
        yield Fact("direction", going, p.text)


def _quotations(said: Sequence[Passage], p: Passage) -> Iterator[Fact]:
    """Words in quotation marks, if the sentence or one beside it in the paragraph gives them to Ofsted."""
    for found in _QUOTATION.finditer(p.plain):
        if len(found["words"].split()) >= 5 and _by_ofsted(said, p.line):
            yield Fact("quote.ofsted", found["words"].rstrip(" ,"), p.text)


def _by_ofsted(said: Sequence[Passage], line: int) -> bool:
    """Whether a paragraph names Ofsted outside its quotation marks."""
    return any(_OFSTED.search(_QUOTATION.sub(" ", p.plain)) for p in said if p.line == line)
