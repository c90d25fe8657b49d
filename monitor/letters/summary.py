"""Chooses the few sentences of a letter that a director would underline, verbatim and in order.

They come from the places of the inspectors' verdict: the paragraphs after the table, the headline findings, the
executive summary, the outcome box. Each sentence has a weight: harm, failure, change since the last inspection, a
grade, a demand for action now. The first sentence of a paragraph weighs more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from monitor.letters.document import Document, Line
from monitor.letters.sections import Section
from monitor.letters.sentences import Sentence, sentences
from monitor.model import Letter

MAX_CHARACTERS, MAX_SENTENCES = 600, 4
"""The size of a summary in a message that people read on a telephone."""
MAX_CHARACTERS_LONG_FORM, MAX_SENTENCES_LONG_FORM = 1800, 12
"""The size of the longer form, in an e-mail that people read at a desk."""

_WEIGHTS = (
    (4.0, r"\binadequate\b|\bserious\b|\bwidespread\b|\bsystemic\b|at risk of (?:significant )?harm|\bunsafe\b"),
    (4.0, r"\bfail(?:ed|ure|ures|ings?)\b|\bmust address urgently\b"),
    (3.0, r"\boutstanding\b|\bexceptional\b|requir\w+ improvement|\bdeteriorat\w+|\bdeclin\w+|significantly improved"),
    (2.5, r"since (?:the|its|their) (?:last|previous)|(?:last|previous) (?:\w+ ){0,4}inspection|judged"),
    (2.5, r"typically lead|inconsistent experiences"),
    (2.0, r"\bweak(?:ness|nesses)?\b|\bdrift\b|\bdelays?\b|too (?:many|long|few|slow)|\binsufficient\w*|\bpoor\b"),
    (2.0, r"not (?:yet )?(?:good enough|consistent)"),
    (1.5, r"\bstrong(?:ly|er)?\b|\bimproved\b|\bgood\b|\bprogress\b|\beffective\b|\bhigh-quality\b"),
    (1.0, r"\bchildren\b|\bleaders\b|\bservices\b"),
)
_WEIGHED = tuple((weight, re.compile(words, re.IGNORECASE)) for weight, words in _WEIGHTS)
_LEANS_BACK = re.compile(r"(?:This|These|Those|It|They|He|She|However|Despite this|As a result|Furthermore)\b")
_PROCEDURE = re.compile(
    r"this (?:visit|inspection|letter|report|is the)\b|inspectors (?:looked|considered|also|reviewed|spoke|visited)"
    r"|\bremotely\b|next (?:full )?(?:area SEND )?inspection|ofsted produces|carried out in line|\bpowers? to\b"
    r"|\bundertook a joint|\bcarried out a joint|ask the local area|inspection \(JTAI\)|the inspectorates recognise"
    r"|Chief Inspector of Education, Children\W?s Services and Skills is leading",
    re.IGNORECASE,
)
_WEIGHT_OPENS_PARAGRAPH, _WEIGHT_OPENS_PART, _WEIGHT_LEANS_BACK = 2.0, 3.0, -2.0
_MIN_SENTENCE_CHARACTERS, _MAX_SENTENCE_CHARACTERS = 40, 420
_MIN_WEIGHT = 2.0
_FRONT_PAGES = 6


def put_summary(letter: Letter, document: Document, parts: Sequence[Section]) -> None:
    """Fill in the summary (at most 600 characters) and the longer form (at most 1,800), both of whole sentences."""
    verdict = _named(parts) or _below_table(letter, document)
    found = [s for s in sentences(verdict) if _can_stand_alone(s.quote.text)]
    letter.summary = [sentence.quote for sentence in _chosen(found, MAX_CHARACTERS, MAX_SENTENCES)]
    letter.findings = [sentence.quote for sentence in _chosen(found, MAX_CHARACTERS_LONG_FORM, MAX_SENTENCES_LONG_FORM)]


def _named(parts: Sequence[Section]) -> list[Line]:
    """The lines of the parts with the heading findings, overview or executive summary."""
    return [line for part in parts if part.role == "findings" and part.page <= _FRONT_PAGES for line in part.lines]


def _below_table(letter: Letter, document: Document) -> list[Line]:
    """The lines after the last value of the front pages, up to the next heading."""
    read = [quote.text for name, quote in letter.evidence.items() if quote.page == 1 and name != "previous"]
    front = [line for line in document.body if line.page <= _FRONT_PAGES // 2]
    first_page = (n for n, line in enumerate(front) if line.page == 1 and any(line.text in words for words in read))
    last = max(first_page, default=-1)
    prose = dropwhile(document.is_heading, front[last + 1 :])
    return list(takewhile(lambda line: not document.is_heading(line), prose))


def _can_stand_alone(text: str) -> bool:
    return _MIN_SENTENCE_CHARACTERS <= len(text) <= _MAX_SENTENCE_CHARACTERS and not _PROCEDURE.search(text)


def _chosen(found: Sequence[Sentence], room: int, most: int) -> list[Sentence]:
    """The heaviest sentences that fit, in the order of the letter."""
    weights = {n: _weight(sentence, first=n == 0) for n, sentence in enumerate(found)}
    kept: list[int] = []
    for n in sorted(weights, key=lambda n: (-weights[n], n)):
        length = len(found[n].quote.text) + 1
        if length <= room and len(kept) < most and (weights[n] >= _MIN_WEIGHT or not kept):
            kept.append(n)
            room -= length
    return [found[n] for n in sorted(kept)]


def _weight(sentence: Sentence, *, first: bool) -> float:
    text = sentence.quote.text
    weight = sum(weight for weight, words in _WEIGHED if words.search(text))
    weight += _WEIGHT_LEANS_BACK if _LEANS_BACK.match(text) else 0
    return weight + _WEIGHT_OPENS_PARAGRAPH * sentence.opens + _WEIGHT_OPENS_PART * first
