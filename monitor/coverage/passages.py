"""Cuts a page's text into passages: sentences and list items, verbatim, with the person who says them.

A line is a paragraph. A list item is one passage even with several sentences, because it makes one point. A heading is
a passage without a full stop. The frame that a site puts around every article is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.coverage.words import CLOSING, compiled

_END = re.compile(
    r"[.!?](?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bNo\.)(?<!Cllr\.)"
    r"(?<!\bp\.)(?<!\bpp\.)(?<!\bpara\.)(?<!\bProf\.)(?<!\bRev\.)(?<!\bRevd\.)(?<!\bcf\.)(?<!\bvs\.)"
    r"(?<![ (][A-Z]\.)"
    r"[)\u2019\u201d\"']*(?=\s+[\u2018\u201c\"'(]?[A-Z\d]|\s*$)"
)
_ITEM = re.compile(r"\s*(?:[\u2022\u25cf\u25aa\u25e6\u00b7*\u2013-]\s+|\(?(?:[a-z]{1,2}|[ivx]{1,4}|\d{1,2})[).]\s+)\S")
_AROUND = compiled(
    r"(?:photo(?:graph)?|image|picture|credit)s?\s*(?:credit)?:.*|more from .{3,40}|comments are closed\.?"
    r"|read more\b.{0,40}"
    r"|we use cookies.*|skip to (?:main )?content|posted on:.*|share (?:this|on)\b.*|information in press releases.*"
    r"|register now to continue reading.*|more like this.*|have your say on .{3,60}|\d+ views"
    r"|sign up for .*|subscribe.*"
    r"|a .{3,30} collaboration - .*|.*website design by.*|you are viewing content from.*|support the #\w+ campaign.*"
    r"|make an enquiry.*|contact us|related (?:news|articles)|for more information, visit .*|latest news"
    r"|\u00a9.*|copyright .*"
)
MAX_PASSAGE_CHARACTERS = 3000
"""A longer passage is a document without paragraphs; the reader leaves it out."""
OPENING_SENTENCES = 3
"""How many sentences say at the beginning what a page is about."""
_SAYS = r"(?:said|says|added|commented|continued|told|explained|concluded|responded|welcomed)"
_SPEAKER = re.compile(
    rf"(?:\b(?:[Cc]ouncillor|[Cc]llr\.?|Sir|Dame|Dr|Mr|Mrs|Ms)\s+[A-Z]|\b[Hh]e\b|\b[Ss]he\b|\b[A-Z][a-z]+\s+[A-Z][\w\u2019'-]+,"
    rf"|[Ss]pokes(?:man|woman|person)\b).{{0,160}}?\b{_SAYS}\b"
    r"|\b(?:[Mm]ember|[Hh]older|[Ll]eader|[Dd]irector|[Cc]hair\w*|[Mm]ayor|[Mm]inister)\s+(?:said|replied|answered|responded)"
    r"\s*[:,]\s*[\u201c\"]"
)
_SAID_BY = re.compile(
    rf"[\u201d\"]\s+{_SAYS}\s+(?!(?:the\s+)?(?:[Oo]fsted|[Ii]nspect|[Rr]eport|[Ll]etter|[Ww]atchdog)|it\b|they\b)\S"
)
"""A quotation with its speaker behind it: "…," said council leader Ann Smith."""
_OFSTEDS = compiled(r"\b(?:ofsted|inspectors?|the (?:report|letter)|they (?:write|wrote|found|noted?))\b")
_BY_INSPECTORS = re.compile(r"(?:In (?:its|their|the) \w+, )?(?:Ofsted|[Ii]nspectors|The (?:report|letter))\b")
_FIRST_PERSON = re.compile(
    rf"(?:^|[\s\u201c\"(])(?:I|[Ww]e|[Mm]y|[Uu]s|[Ww]e{CLOSING}(?:re|ve|ll)|I{CLOSING}(?:m|ve))(?=[\s,.{CLOSING[1:-1]}])"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage. `text` is verbatim, `plain` the same text with single spaces, `line` the number of its paragraph.
    `spoken` is True for words of a person who is no inspector, or in the first person."""

    text: str
    plain: str
    line: int
    item: bool
    spoken: bool


def passages(text: str) -> list[Passage]:
    """Return the passages of a text, in order."""
    found: list[Passage] = []
    speaking = False
    for number, line in enumerate(text.splitlines()):
        if not line.strip() or _AROUND.fullmatch(_plain(line)):
            continue
        quoted = line.lstrip()[:1] in '\u201c"\u2018' and not _attributed(line)
        speaking = quoted and (speaking or bool(_SAID_BY.search(line)))
        for part in _parts(line):
            if len(part) > MAX_PASSAGE_CHARACTERS:
                continue
            plain = _plain(part)
            found.append(Passage(part, plain, number, is_item(line), speaking or bool(_FIRST_PERSON.search(plain))))
            speaking = speaking or bool(_SPEAKER.search(plain) and not _BY_INSPECTORS.match(plain))
    return found


def is_item(line: str) -> bool:
    """Return True if a line is an item of a list: a bullet, a letter or a number opens it."""
    return bool(_ITEM.match(line))


def _attributed(line: str) -> bool:
    """Return True if the words outside the quotation marks give the quotation to Ofsted."""
    outside = re.sub(r"[\u201c\"][^\u201d\"]*(?:[\u201d\"]|$)", " ", line)
    return bool(_OFSTEDS.search(outside))


def _parts(line: str) -> Iterator[str]:
    if is_item(line):
        yield line.strip()
        return
    start = 0
    for end in _END.finditer(line):
        if part := line[start : end.end()].strip():
            yield part
        start = end.end()
    if rest := line[start:].strip():
        yield rest


def _plain(text: str) -> str:
    return " ".join(text.split())
