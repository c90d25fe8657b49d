"""The few sentences that a director would underline, verbatim and in order.

They come from where inspectors put their verdict (the paragraphs after the table, the headline
findings, the executive summary, the outcome box) and are chosen by what they weigh: harm, failure,
change since the last inspection, a grade named, what is asked for now. First sentences count more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from monitor.letters.document import Document, Line
from monitor.letters.sections import Section
from monitor.letters.sentences import Sentence, sentences
from monitor.model import Letter

LONGEST, MOST = 600, 4
"""Characters and number of sentences of a summary: a message that is read on a telephone."""
LONGER, MORE = 1800, 12
"""The same for the longer form: an e-mail that is read at a desk."""

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
_OPENS_PARAGRAPH, _OPENS_ALL, _LEANS = 2.0, 3.0, -2.0
_TOO_SHORT, _TOO_LONG = 40, 420
_LEAST_WEIGHT = 2.0
_FRONT = 6


def put_summary(letter: Letter, document: Document, parts: Sequence[Section]) -> None:
    """Whole sentences, at most 600 characters of them, and at most 1,800 for the longer form."""
    verdict = _named(parts) or _below_table(letter, document)
    found = [s for s in sentences(verdict) if _can_stand_alone(s.quote.text)]
    letter.summary = [sentence.quote for sentence in _chosen(found, LONGEST, MOST)]
    letter.findings = [sentence.quote for sentence in _chosen(found, LONGER, MORE)]


def _named(parts: Sequence[Section]) -> list[Line]:
    """The lines of the parts that are called findings, overview, executive summary."""
    return [line for part in parts if part.role == "findings" and part.page <= _FRONT for line in part.lines]


def _below_table(letter: Letter, document: Document) -> list[Line]:
    """From the last line of the front that a value was read from, to the next heading."""
    read = [quote.text for name, quote in letter.evidence.items() if quote.page == 1 and name != "previous"]
    front = [line for line in document.body if line.page <= _FRONT // 2]
    first_page = (n for n, line in enumerate(front) if line.page == 1 and any(line.text in words for words in read))
    last = max(first_page, default=-1)
    prose = dropwhile(document.is_heading, front[last + 1 :])
    return list(takewhile(lambda line: not document.is_heading(line), prose))


def _can_stand_alone(text: str) -> bool:
    return _TOO_SHORT <= len(text) <= _TOO_LONG and not _PROCEDURE.search(text)


def _chosen(found: Sequence[Sentence], room: int, most: int) -> list[Sentence]:
    """The weightiest that fit, in the order in which they stand."""
    weights = {n: _weight(sentence, first=n == 0) for n, sentence in enumerate(found)}
    kept: list[int] = []
    for n in sorted(weights, key=lambda n: (-weights[n], n)):
        length = len(found[n].quote.text) + 1
        if length <= room and len(kept) < most and (weights[n] >= _LEAST_WEIGHT or not kept):
            kept.append(n)
            room -= length
    return [found[n] for n in sorted(kept)]


def _weight(sentence: Sentence, *, first: bool) -> float:
    text = sentence.quote.text
    weight = sum(weight for weight, words in _WEIGHED if words.search(text))
    weight += _LEANS if _LEANS_BACK.match(text) else 0
    return weight + _OPENS_PARAGRAPH * sentence.opens + _OPENS_ALL * first
