"""Reads the earlier inspections that a letter recalls, if it clearly says when they were and what they judged.

A sentence counts if it speaks of the last inspection, says "judged" and names one grade. The date is the one beside the
inspection, as exact as the letter gives it: "2021", "2020-03". The reader leaves out sentences with two grades, with a
grade for some services or for other things (a home, audited cases), and with one that is denied, hoped for or given
now. The store has those inspections anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.letters.document import Document
from monitor.letters.grades import RECALLED, canonical
from monitor.letters.sentences import sentences
from monitor.model import Letter, Previous, Quote
from monitor.model.english_dates import MONTH, month_number

_DATE = re.compile(rf"(?:(?P<name>{MONTH})\s+)?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_INSPECTION = re.compile(
    r"\b(?:last|previous|most recent)\s+(?:[\w\u2019()-]+\s+){0,7}?inspection\b|\bsingle inspection\b"
    r"|\blast inspected\b|\bsince being judged\b|\bjudged (?:to be )?inadequate in\b",
    re.IGNORECASE,
)
_JUDGED = re.compile(r"\bjudge(?:d|ment|ments)\b|\boverall effectiveness (?:was|were)\b", re.IGNORECASE)
_GRADE = re.compile(rf"\b{RECALLED}\b", re.IGNORECASE)
_IN_PART = re.compile(
    r"help and protection|care leavers|children in care|some (?:services|areas)|front door|predecessor"
    r"|(?:another|neighbouring|partner) (?:local )?(?:authority|council|trust)",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?:previous|last) inspection of the local authority\W?s [^.]{5,90}?,? was in (?P<when>[^.]{4,20})\. "
    rf"The local authority was judged (?:to be )?(?P<grade>{RECALLED})",
    re.IGNORECASE,
)
_PART, _CLAUSE = re.compile(r"[;:]"), re.compile(r"[,;:.]")
_BEFORE_SUBJECT = re.compile(r"[,;:]|\b(?:when|where|which|that|and|but|because)\b")
_NOT_THE_WHOLE = re.compile(
    r"\b(?:leaders(?:hip)?|managers|management|governance|practice|looked after|adoption|fostering|care[ -]experienced"
    r"|early help|audits?|audited|cases?|casework|plans?|assessments?|homes?|schools?|settings?|nurser\w+|colleges?"
    r"|agenc(?:y|ies)|providers?|police|another|neighbouring|partner|board|LSCB)\b",
    re.IGNORECASE,
)
"""What is judged in part or elsewhere."""
_NOT_JUDGED = re.compile(r"\b(?:not|never|neither|no longer|this (?:\w+ )?inspection)\b|n\Wt\b", re.IGNORECASE)
_NOT_THEN = re.compile(
    r"\b(?:is|are|now|has|have|(?:to|will|would|could|should|may|might|can) be)"
    r"(?: (?:been|now|also|again|still|therefore|all|both|\w+ly))*\s*$",
    re.IGNORECASE,
)
"""How the words before "judged" end where it is of now, or of some day."""
_NAME = r"[A-Z][\w\u2019'&-]+"
_ANOTHER = re.compile(rf"(?:\b(?:which|who)\b[^,;:.]{{0,60}}|\b(?:from|with|by|of|to) {_NAME}(?: {_NAME})*,? *)$")
"""How the words before "judged" end where another council is meant that was judged "at its last inspection"."""
_ITS_OWN = re.compile(r"\b(?:its|their)\s+$", re.IGNORECASE)
_SINCE = re.compile(r"\bsince (?:the|its|their|our)\s+$", re.IGNORECASE)
_AT_WHICH = re.compile(r"\b(?:when|where|which)\b", re.IGNORECASE)
_OTHER_DATE = re.compile(
    r"\b(?:and|but|when|where|which|who|that|was|were|has|have|had|since|judged|visits?|before|after|until)\b|[;:]",
    re.IGNORECASE,
)
"""Words behind which a date is no longer that of the inspection."""
_MAX_CHARACTERS_TO_DATE = 60
_FRONT_PAGES = 2
_ABOUT_THE_AREA = 9
"""Pages of the single inspection framework's reports that list earlier inspections among the facts about the area."""


def put_previous(letter: Letter, document: Document) -> None:
    """Fill in each earlier inspection once, in the order of the text, with the first sentence as evidence."""
    sif = letter.kind == "sif"
    for earlier, quote in _in_pairs(document) if sif else _in_sentences(document):
        if earlier not in letter.previous:
            letter.previous.append(earlier)
            letter.evidence.setdefault("previous", quote)


def _in_sentences(document: Document) -> Iterator[tuple[Previous, Quote]]:
    for sentence in sentences(line for line in document.body if line.page <= _FRONT_PAGES):
        if earlier := recalled(sentence.text):
            yield earlier, sentence


def recalled(sentence: str) -> Previous | None:
    """Return the earlier inspection that a sentence recalls with one grade."""
    return next(filter(None, map(_recalled, _PART.split(sentence))), None)


def _recalled(words: str) -> Previous | None:
    inspection, judged = _INSPECTION.search(words), _JUDGED.search(words)
    if not inspection or not judged:
        return None
    clause = _CLAUSE.split(words[judged.end() :], maxsplit=1)[0]
    grades = {canonical(found[0]) for found in _GRADE.finditer(clause)}
    if (
        len(grades) != 1
        or _IN_PART.search(words[: judged.end()] + clause)
        or not _is_of_then(words, inspection, judged)
        or _is_of_another(words, inspection, judged)
    ):
        return None
    subject = _BEFORE_SUBJECT.split(words[: judged.start()])[-1]
    if any(pattern.search(subject + clause) for pattern in (_NOT_THE_WHOLE, _NOT_JUDGED)):
        return None
    return Previous(_date(words, inspection), grades.pop())


def _is_of_then(words: str, inspection: re.Match[str], judged: re.Match[str]) -> bool:
    """Whether the grade is of that inspection, and not of what came since, of now or of a hope."""
    since = _SINCE.search(words[: inspection.start()]) and judged.start() >= inspection.end()
    after = since and not _AT_WHICH.search(words, inspection.end(), judged.start())
    return not after and not _NOT_THEN.search(words[: judged.start()])


def _is_of_another(words: str, inspection: re.Match[str], judged: re.Match[str]) -> bool:
    """Whether a council that is only spoken of was judged: "support from Essex, judged outstanding at its last
    inspection"."""
    own = _ITS_OWN.search(words[: inspection.start()]) and judged.end() <= inspection.start()
    return bool(own and _ANOTHER.search(words[: judged.start()]))


def _date(words: str, inspection: re.Match[str]) -> str | None:
    """The date beside the inspection, if there is one."""
    when = _DATE.search(words, inspection.start(), inspection.end() + _MAX_CHARACTERS_TO_DATE)
    return _iso(when) if when and not _OTHER_DATE.search(words, inspection.end(), when.start()) else None


def _in_pairs(document: Document) -> Iterator[tuple[Previous, Quote]]:
    """ "The previous inspection of the local authority's … was in March 2014. The local authority was judged …" """
    for page in document.pages[:_ABOUT_THE_AREA]:
        for found in _BOTH.finditer(page.flow):
            when = _DATE.search(found["when"])
            yield Previous(_iso(when) if when else None, canonical(found["grade"])), page.quote(found)


def _iso(when: re.Match[str]) -> str:
    return f"{when['year']}-{month_number(when['name']):02}" if when["name"] else when["year"]
