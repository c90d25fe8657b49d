"""Reads the earlier inspections that a letter recalls, if it clearly says when they were and what they judged.

A sentence counts if it speaks of the last inspection, says "judged" and names one grade. The date is the one beside the
inspection, as exact as the letter gives it: "2021", "2020-03". The reader leaves out sentences with two grades, or with
a grade for some services only; the store has those inspections anyway.
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
    r"help and protection|care leavers|children in care|some (?:services|areas)|front door|predecessor", re.IGNORECASE
)
_BOTH = re.compile(
    r"(?:previous|last) inspection of the local authority\W?s [^.]{5,90}?,? was in (?P<when>[^.]{4,20})\. "
    rf"The local authority was judged (?:to be )?(?P<grade>{RECALLED})",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.]")
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
        if earlier := recalled(sentence.quote.text):
            yield earlier, sentence.quote


def recalled(sentence: str) -> Previous | None:
    """Return the earlier inspection that a sentence recalls with one grade."""
    inspection, judged = _INSPECTION.search(sentence), _JUDGED.search(sentence)
    if not inspection or not judged:
        return None
    clause = _CLAUSE.split(sentence[judged.end() :], maxsplit=1)[0]
    grades = {canonical(found[0]) for found in _GRADE.finditer(clause)}
    if len(grades) != 1 or _IN_PART.search(sentence[: judged.end()] + clause):
        return None
    when = _DATE.search(sentence, inspection.start(), inspection.end() + _MAX_CHARACTERS_TO_DATE)
    return Previous(_iso(when) if when else None, grades.pop())


def _in_pairs(document: Document) -> Iterator[tuple[Previous, Quote]]:
    """ "The previous inspection of the local authority's … was in March 2014. The local authority was judged …" """
    for page in document.pages[:_ABOUT_THE_AREA]:
        for found in _BOTH.finditer(page.flow):
            when = _DATE.search(found["when"])
            yield Previous(_iso(when) if when else None, canonical(found["grade"])), page.quote(found)


def _iso(when: re.Match[str]) -> str:
    return f"{when['year']}-{month_number(when['name']):02}" if when["name"] else when["year"]
