"""Which subject a number of a text belongs to, the closest one in its clause; and whether it is the figure of now. For
letters and for other pages.

A sentence that compares has other numbers beside the figure of now: what it was before, what it is elsewhere or should
be, by how much it changed. The words right before and behind such a number tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Named = TypeVar("Named")

POSSIBLE_CASELOADS = range(8, 61)
"""How many children a social worker can have; other numbers beside the word mean something else."""


@dataclass(frozen=True, slots=True)
class Clause:
    """How far a clause reaches in a kind of text: so many `characters` from a number to its subject, not past `end`."""

    characters: int
    end: re.Pattern[str]

    def closest(
        self, text: str, number: re.Match[str], subjects: Iterable[tuple[re.Match[str], Named]]
    ) -> Named | None:
        """Return the subject of a number, if one is close enough. `subjects` are all of the text, each with the words
        that name it. Where one lies within the other they do not belong together."""
        near = ((self._distance(text, number, words), subject) for words, subject in subjects)
        found = [(distance, subject) for distance, subject in near if distance is not None]
        return min(found, key=lambda one: one[0], default=(0, None))[1]

    def _distance(self, text: str, number: re.Match[str], words: re.Match[str]) -> int | None:
        first, last = sorted((number.span(), words.span()))
        apart = last[0] - first[1]
        return apart if 0 <= apart < self.characters and not self.end.search(text, first[1], last[0]) else None


_GLUE = (
    r"(?:(?:an?|the|its|their|our|only|just|over|under|above|below|around|about|nearly|almost|approximately|some|very"
    r"|more|less|than|low|high|peak|base|starting|point|rate|level|average|figure|total|performance|previous|earlier"
    r"|last|year\W?s|local|authority\W?s|council\W?s|national|england|regional|of|at|as|was|were)[\s(]+)*$"
)
"""What may stand between a word that points elsewhere and the number: "down from a peak of"."""
_CHANGE = r"(?:increas|reduc|decreas|declin|improv|drop|lower|ris|grow|chang)\w*|risen|rose|fell|fall(?:en|s)?|grew|cut"
_DIFFERENCE = r"(?:reduction|increase|decrease|decline|rise|fall|drop|improvement|growth)"
_AVERAGE = r"(?:national|england|regional)\W?s? (?:averages?|rates?|figures?|levels?|performance|data)"
_OTHERS = r"(?:neighbours|comparators|(?:similar|other|neighbouring) (?:local )?(?:authorities|councils))\b\W?"
_LAST_TIME = (
    r"(?:at|in|during|by|before|until|for) (?:the time of )?(?:(?:the|its|their) )?(?:previous (?:year|quarter|month)"
    r"|year before|(?:last|previous|earlier) (?:(?!years?|months?|weeks?)[\w\u2019'-]+ ){0,4}?"
    r"(?:inspection|visit|report))\b"
)
_GONE = (
    r"(?:ha(?:d|ving) (?:\w+ )?been|previously|formerly|used to be|originally|(?<!the )last year"
    r"|(?:previous|earlier|former) (?:\w+ ){0,4}?(?:rate|figure|level|average|proportion|share|turnover|caseloads?))\b"
)
_BEFORE = re.compile(
    rf"(?<!\brange )(?<!\branged )(?<!\branges )(?<!\branging )\b(?:from|than|against) {_GLUE}"
    rf"|\b(?:instead of|as opposed to|targets? (?:of|is|was)|remaining|the other) {_GLUE}"
    rf"|\bof (?:the|these|those|all|its|their) {_GLUE}"
    rf"|\bwhen (?:(?:it|this|they|the (?:rate|figure)) )?{_GLUE}"
    r"|\b(?:compared (?:with|to)|in comparison (?:with|to)|than (?:in|at|during))\b[^,;:)]*$"
    rf"|\b(?:{_CHANGE})\b[^,;:]{{0,60}} by {_GLUE}"
    rf"|\b{_DIFFERENCE}(?: in (?:(?!\bto\b)[^,;:]){{1,40}})? of {_GLUE}"
    rf"|\b(?:{_AVERAGE}|{_OTHERS})(?:,? (?:of|is|was|which|being))*[\s(]+$"
    r"|\b(?:last|previous) (?:year|inspection)['\u2019]s (?:figure )?(?:of )?$"
    rf"|\b(?:{_LAST_TIME}|{_GONE})(?:(?!\b(?:now|currently|today|since|has|have|is|are|to)\b)[^;:]){{0,60}}$",
    re.IGNORECASE,
)
"""How a text goes on with a number that is none of now: "down from", "compared with", "reduced by", "of the", "the
national average of", "at the last inspection"."""
_BEHIND = re.compile(
    rf"[\s(]*(?:(?:of (?:[\w\u2019'-]+ ){{1,4}}?)?{_LAST_TIME}"
    rf"|(?:was |were )?(?:{_GONE}|the (?:previous year|year before)\b)"
    r"|(?:an?|one|two|three|four|five|some|several) (?:few )?(?:years?|months?) (?:ago|before|earlier|previously)\b"
    rf"|(?:across |in |for |by )?(?:the |its |their |statistical )*(?:{_AVERAGE}|{_OTHERS}|england|nationally)"
    r"|(?:,|in (?:\w+ )?20\d\d,?|and) (?:then )?to (?:(?:the|an?|just|only|current|figure|total|of|about|around) )*\d"
    rf"|regionally|targets?\b|(?:percentage )?points?\b|{_DIFFERENCE}\b|(?:more|fewer|less)\b)",
    re.IGNORECASE,
)
DENIED = r"not|\w+n\Wt|never|rarely"
NOT_IN_TIME = re.compile(
    rf"\b(?:{DENIED}|fail\w*|missed|breach\w*|exceed(?:ed|ing)?|outside|beyond|behind|late|later|longer|overdue|delayed"
    r"|lack\w*|unmet|unable|yet to|out of(?! \d)|over(?= (?:\w+ )?$))\b",
    re.IGNORECASE,
)
"""What makes a share of visits or assessments one of those that were not in time."""
_PART = re.compile(
    r"[,;:]|(?<!dealt) (?:and|but|while|with|without|despite|that|which|who|although|though|because|where)\b"
)
"""Where what is said of a number ends, if its subject is not behind that."""
_PARTLY = re.compile(r"\bnot (?:yet )?(?:always|sufficiently|consistently|fully|all)\b", re.IGNORECASE)
"""Before a subject ("not always timely, at 72%") the share is of what is so."""
_CHARACTERS_BEFORE, _CHARACTERS_BEHIND = 160, 100
"""How much around a number is looked at."""
_NOW = re.compile(
    r"\b(?:now|current|currently|today|at present|at the time of (?:this|the) (?:inspection|visit)"
    r"|(?:has|have) (?:\w+ ){1,6}?to)\b",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:was|were|stood)\b", re.IGNORECASE)
_YEAR = re.compile(
    r"[\s(]*(?:of (?:[\w\u2019'-]+ ){1,4}?)?(?:in|at|during|by|for) (?:\d{1,2} )?(?:[A-Z][a-z]+ )?(20\d\d)"
)
_TIME_NOW, _TIME_PAST = "now", "0"
"""Beside years, as text: later than any, and earlier."""

_TURNED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_HAS = r"(?:has|have|had|having|with|holds?|holding|carry|carries|carried|carrying|is|are|was|were)"
_DENIED = re.compile(
    rf"(?:\b(?:no|none of|neither of|nobody|no one|no-one)\b(?: [\w\u2019'-]+){{0,5}}? {_HAS}\b"
    r"(?:(?! (?:and|but|while|who|which|that)\b)[^.,;:]){0,40}"
    r"|(?:\b(?:not|never|rarely|cannot)|n[\u2019']t)(?: (?:be|been|have|having|go|rise|normally|usually|ever|to|an?|of"
    r"|caseloads?|currently|now|expected|allowed)){0,6})\s*$",
    re.IGNORECASE,
)
_OF_FEW = re.compile(
    rf"\b(?:few|fewer|hardly any|not all|not every)\b(?: [\w\u2019'-]+){{0,5}}? {_HAS}\b"
    r"(?:(?! (?:and|but|while)\b)[^.,;:]){0,40}$",
    re.IGNORECASE,
)


def turned(number: re.Match[str], operator: str) -> str | None:
    """An operator as its sentence means it: "no social worker has more than 20" says that all have at most 20. None
    where a number is denied or said of a few, for that gives no figure."""
    before = number.string[max(0, number.start() - _CHARACTERS_BEFORE) : number.start()]
    if _OF_FEW.search(before):
        return None
    return _TURNED.get(operator) if _DENIED.search(before) else operator


def is_present(text: str, number: re.Match[str]) -> bool:
    """Whether a number, with its operator, can be the figure of now: not what it was ("down from 22%"), not another's
    ("the national average of 17%"), no change ("by 5%"), no target and no whole ("of the 62")."""
    start, end = number.span()
    before, behind = text[max(0, start - _CHARACTERS_BEFORE) : start], text[end : end + _CHARACTERS_BEHIND]
    return not (_BEFORE.search(before) or _BEHIND.match(behind))


def is_of_the_rest(number: re.Match[str], words: re.Match[str], opposite: re.Pattern[str] | None) -> bool:
    """Whether a share is of what is not so: `opposite`, as a "not", stands before the number and the words that name
    its subject, between them or behind them. Never, where there is no opposite."""
    if opposite is None:
        return False
    text, (first, last) = number.string, sorted((number, words), key=re.Match.start)
    opening = _PART.split(text[max(0, first.start() - _CHARACTERS_BEFORE) : first.start()])[-1]
    behind = _PART.split(text[last.end() : last.end() + _CHARACTERS_BEHIND], maxsplit=1)[0]
    if first is words:
        opening = _PARTLY.sub("", opening)
    return any(map(opposite.search, (opening, text[first.end() : last.start()], behind)))


def latest(text: str, numbers: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Of one subject's numbers, in their order, those of the latest time that the text gives one of them: now, or the
    last year. A number without a time is kept."""
    ends = [0, *(number.end() for number in numbers)]
    times = [_time(text, start, number) for start, number in zip(ends, numbers, strict=False)]
    kept = ("", max(times, default=""))
    return (number for number, time in zip(numbers, times, strict=True) if time in kept)


def _time(text: str, start: int, number: re.Match[str]) -> str:
    """The time of a number, as text that sorts; empty where none is given. What precedes it begins at `start`."""
    behind = text[number.end() : number.end() + _CHARACTERS_BEHIND]
    if _NOW.search(text, start, number.start()) or _NOW.match(behind.lstrip(" (")):
        return _TIME_NOW
    if year := _YEAR.match(behind):
        return year[1]
    return _TIME_PAST if _WAS.search(text, start, number.start()) else ""
