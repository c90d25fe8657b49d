"""Finds the numbers that matter: agency staff, vacancies, turnover, caseloads, timeliness, each with its sentence.

A number counts only if it stands close to its subject in the same clause, and is the figure of now: not what it was,
nor by how much it changed. A share of what is not so ("22% were not seen within timescales") is no share of what is.
Years, ages and dates do not count. Words without a number ("high", "too many") do not count either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.letters.document import Document
from monitor.letters.numbers import (
    DENIED,
    NOT_IN_TIME,
    POSSIBLE_CASELOADS,
    Clause,
    is_of_the_rest,
    is_present,
    latest,
    turned,
)
from monitor.letters.sentences import sentences
from monitor.model import Letter, Quantity, Quote
from monitor.model.english_dates import FULL_MONTH

_CLAUSE = Clause(70, re.compile(r"[;:]|, (?:and|but|while|with)\b"))
"""What letters have further away, at the 90 characters of other pages, was a target or a span of time."""

_NEVER = r"(?:not|n\Wt|never|rarely)"
_OPERATORS = (
    (">=", rf"at least|a minimum of|no (?:fewer|less) than|{_NEVER} (?:below|under|(?:less|fewer|lower) than)"),
    (
        "<=",
        r"up to|no more than|a maximum of|as (?:high|many) as|at most"
        rf"|{_NEVER} (?:exceed(?:ing|ed)?|above|over|(?:more|higher) than)",
    ),
    (">", r"over|more than|above|exceed(?:ing|s|ed)?|in excess of|higher than"),
    ("~", r"around|about|approximately|roughly|some|almost|nearly|close to|circa"),
    ("<", r"just under|under|less than|fewer than|below|lower than"),
)
_FRACTIONS = {
    "a third": 100 / 3, "one third": 100 / 3, "two thirds": 200 / 3, "two-thirds": 200 / 3, "half": 50.0,
    "a quarter": 25.0, "one quarter": 25.0, "three quarters": 75.0, "three-quarters": 75.0,
}  # fmt: skip
_BEFORE = "|".join(f"(?P<o{n}>{words})" for n, (_, words) in enumerate(_OPERATORS))
_NUMBER = re.compile(
    rf"(?:\b(?:{_BEFORE})\s+(?:a\s+total\s+of\s+)?)?"
    rf"(?:\b(?P<fraction>{'|'.join(map(re.escape, _FRACTIONS))})\b(?=\s+of\b(?!\s+(?:20\d\d|(?:\w+\s+){{1,3}}year\b)))"
    r"|(?<![\d/£.,\u2013-])\b(?P<number>\d{1,3}(?:\.\d+)?)(?P<percent>\s?(?:%|per\s?cent\b))?)"
    r"(?![\d/+\u2013]|[.,]\d|-(?:year|month|week|day)|-\s+(?:and|to)\s"
    rf"|\s+(?:{FULL_MONTH}|months?\b|years?\b|weeks?\b|days?\b|working\b|hours?\b|minutes?\b|plus\b))",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\d|third|half|quarter", re.IGNORECASE)
"""Every number has one of these. Looking for them first spares most sentences the slow pattern."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number counts: the words for it, the unit of a plain number (None if a plain number makes no sense), and
    the words that make a share one of the rest (None if no share makes sense)."""

    name: str
    words: re.Pattern[str]
    unit: str | None = None
    opposite: re.Pattern[str] | None = None


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_BY_AGENCY = r"(?! (?:by|with) (?:agency|interim|locum|temporary))"
SUBJECTS = (
    Subject(
        "agency_staff",
        _words(r"agency (?:staff|workers?|social workers?)|(?:interim|locum) staff"),
        "workers",
        _words(rf"{DENIED}|permanent\w*|substantive|rather than|instead of"),
    ),
    Subject(
        "vacancies",
        _words(r"vacanc(?:y|ies)(?: rates?)?|vacant posts?"),
        "posts",
        _words(rf"{DENIED}|permanent\w*|filled{_BY_AGENCY}"),
    ),
    Subject("turnover", _words(r"turnover"), None, _words(rf"{DENIED}|retention|retained|stayed")),
    Subject("caseloads", _words(r"caseloads?"), "children"),
    Subject(
        "timeliness",
        _words(r"timescales?|on time|within \d+ (?:working )?days|timely|timeliness"),
        None,
        NOT_IN_TIME,
    ),
)


def put_quantities(letter: Letter, document: Document) -> None:
    """Fill in the quantities of the whole letter, in its order."""
    letter.quantities = [q for sentence in sentences(document.body) for q in of_sentence(sentence)]


def of_sentence(quote: Quote) -> Iterator[Quantity]:
    """Find the numbers of one sentence; each belongs to the subject closest to it."""
    if not _COUNTS.search(quote.text):
        return
    named = [(words, (words, subject)) for subject in SUBJECTS for words in subject.words.finditer(quote.text)]
    counted: dict[Subject, list[re.Match[str]]] = defaultdict(list)
    for number in _NUMBER.finditer(quote.text) if named else ():
        closest = _CLAUSE.closest(quote.text, number, named) if is_present(quote.text, number) else None
        if closest and not is_of_the_rest(number, closest[0], closest[1].opposite):
            counted[closest[1]].append(number)
    told = [(number, subject) for subject, numbers in counted.items() for number in latest(quote.text, numbers)]
    in_order = sorted(told, key=lambda one: one[0].start())
    yield from filter(None, (_quantity(subject, number, quote) for number, subject in in_order))


def _quantity(subject: Subject, number: re.Match[str], quote: Quote) -> Quantity | None:
    operator = turned(number, next((o for n, (o, _) in enumerate(_OPERATORS) if number[f"o{n}"]), "="))
    if operator is None:
        return None
    if number["fraction"] or number["percent"]:
        value = _FRACTIONS[number["fraction"].lower()] if number["fraction"] else float(number["number"])
        fits = subject.opposite is not None and value <= 100
        return Quantity(subject.name, operator, round(value, 1), "%", quote) if fits else None
    value = float(number["number"])
    if subject.unit is None or (subject.name == "caseloads" and not _is_workload(value, number, quote.text)):
        return None
    return Quantity(subject.name, operator, value, subject.unit, quote)


def _is_workload(value: float, number: re.Match[str], text: str) -> bool:
    """Return True if a number beside "caseload" can be a caseload: its size is possible, and it follows the word or
    counts children."""
    after = re.search(r"caseloads?\b", text[: number.start()], re.IGNORECASE)
    counted = re.match(r"\s+(?:children|cases|young people)\b", text[number.end() :])
    return int(value) in POSSIBLE_CASELOADS and bool(after or counted)
