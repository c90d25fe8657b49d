"""Finds what changes on a page without being news: tokens, counters, rotating boxes, today's date. Pure.

A changed page is asked for again at once. What differs between two answers a moment apart is noise, and is remembered.
If only some words of a paragraph differ, the rest of it is kept ("Read … times"); if all do, it is left out. Today's
date does not differ between two such answers. If it is all that differs since the last look, it is a clock, and the
page counts as unchanged. Nor does a number that a cache keeps for an hour: what is nothing but a count of visitors or
the time of the last check is known by its words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache

GAP = "…"
"""Stands for the words of a paragraph that are noise."""
WORDS = r"\S+(?: \S+){0,7}"
"""What stands in its place in a paragraph."""
AGO = re.compile(r"\b(\d+|an?|a few) (second|minute|hour|day|week|month)s? ago\b", re.I)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d([:.]\d\d)?( ?[ap]\.?m\.?)?(?!\w)", re.I)
_MOMENT = (
    r"(?:[\d:.,/+ -]|\b(?:on|at|of|the|[ap]\.?m|st|nd|rd|th|gmt|bst|utc|today|yesterday|just now|seconds?|minutes?"
    r"|hours?|ago|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?"
    r"|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    r"|(?<=\d)(?:st|nd|rd|th|[ap]m)\b)*"
)
_SEEN_BY = r"(?:visitors?|hits?|page ?views?|(?:visitors?|users|guests|people)(?= (?:online|viewing|are)))"
_HERE = r"(?: (?:are |is )?(?:online|today|so far|now|currently|in total|viewing(?: this page)?|to this (?:page|site)))"
TALLY = re.compile(
    rf"(?:you are |total )?{_SEEN_BY}(?: (?:number|no\.?|count(?:er)?))?{_HERE}*\s*[:#=-]?\s*\d[\d,. ]*"
    rf"|(?:currently |there (?:are|is) )?\d[\d,.]* (?:hits|page ?views|{_SEEN_BY}{_HERE}+)[.!]?"
    r"|(?:this )?(?:page |data |feed |site )?(?:was |were )?(?:last |next )?(?:checked|refreshed|polled|synced"
    r"|synchronised|retrieved|cached|generated|rendered|loaded)"
    rf"(?: (?:on|at|in))?\s*:?(?=.*(?:\d|just now)){_MOMENT}\.?"
    rf"|(?:the )?(?:current|server|local) time(?: now| is)*\s*:?(?=.*\d){_MOMENT}",
    re.I,
)
"""A paragraph that is a count of visitors, or when a machine looked last, and nothing else."""
MAX_TALLY = 80
"""Characters of such a paragraph."""
NUMBER = re.compile(r"\d[\d,.]*")
MAX_GONE = 400
"""Names of paragraphs that come and go that are remembered; older ones are forgotten first."""
MAX_GAPS = 100
"""Paragraphs with gaps, or with the day's date, that are remembered."""
MAX_RUN = 40
"""Paragraphs of one difference that are held against each other."""
MIN_FIXED_WORDS = 2
"""A paragraph has to keep so many words to be known by them."""


@dataclass(slots=True)
class Noise:
    """What is known of a page's noise. `gaps` are paragraphs with gaps, `gone` names of paragraphs that come and
    go. `dated` maps each paragraph that had the day's date, without it, to how it stood there; `clocks` are those
    of them that have been found to move with the day."""

    gaps: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    dated: dict[str, str] = field(default_factory=dict)
    clocks: dict[str, str] = field(default_factory=dict)

    def without(self, lines: Iterable[str], today: date) -> list[str]:
        """The paragraphs that are no noise, noisy words replaced."""
        patterns = [(gap, re.compile(WORDS.join(map(re.escape, gap.split(GAP))))) for gap in self.gaps]
        shown = (self._shown(AGO.sub(f"{GAP} ago", line), patterns, today) for line in lines)
        return [line for line in shown if name(line) not in self.gone]

    def _shown(self, line: str, patterns: Sequence[tuple[str, re.Pattern[str]]], today: date) -> str:
        if self.clocks and (clock := self.clocks.get(without_today(line, today))):
            return clock
        return next((gap for gap, pattern in patterns if pattern.fullmatch(line)), line)

    def set_back(self, lines: Sequence[str], today: date) -> list[str]:
        """The paragraphs with those that had the date of an earlier day as they stood then."""
        return [self.dated.get(without_today(line, today), line) for line in lines]

    def learn(self, first: Sequence[str], second: Sequence[str]) -> bool:
        """Remember what differs between two answers, noise already taken out; whether anything did."""
        found = False
        for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
            if tag != "equal":
                self._learn_run(list(first[a:b]), list(second[c:d]))
                found = True
        self.gaps, self.gone = self.gaps[-MAX_GAPS:], self.gone[-MAX_GONE:]
        return found

    def _learn_run(self, first: list[str], second: list[str]) -> None:
        for line in first[:MAX_RUN]:
            other = next((o for o in second[:MAX_RUN] if gapped(line, o)), None)
            if other is not None and (gap := gapped(line, other)):
                self.gaps += [gap] if gap not in self.gaps else []
                first.remove(line)
                second.remove(other)
        names = dict.fromkeys(map(name, (*first, *second)))
        self.gone += [one for one in names if one not in self.gone]

    def remember_dates(self, lines: Iterable[str], today: date) -> None:
        """Keep how paragraphs with today's date stand there, and forget those that are not there any more."""
        shown = list(lines)
        kept = {key: line for key, line in self.dated.items() if line in shown}
        new = {key: line for line in shown if (key := without_today(line, today)) != line}
        self.dated = dict(list({**new, **kept}.items())[:MAX_GAPS])


def is_tally(line: str) -> bool:
    """Whether a paragraph is nothing but a count of visitors or the time of a machine's look."""
    return len(line) <= MAX_TALLY and TALLY.fullmatch(line.removeprefix("- ")) is not None


def name(line: str) -> str:
    """A paragraph's name in a mark."""
    return hashlib.sha256(line.encode()).hexdigest()[:10]


def gapped(first: str, second: str) -> str | None:
    """What two paragraphs have in common, a gap for the rest; None if that is too little to know them by."""
    if first != second and (counter := NUMBER.sub(GAP, first)) == NUMBER.sub(GAP, second):
        return counter
    a, b = first.split(), second.split()
    words: list[str] = []
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        words += [*a[block.a : block.a + block.size], GAP]
    words = _single(words, a, b)
    kept = len([word for word in words if word != GAP])
    return " ".join(words) if kept >= MIN_FIXED_WORDS and kept >= max(len(a), len(b)) / 2 else None


def _single(words: list[str], a: list[str], b: list[str]) -> list[str]:
    """No gap at the ends where both paragraphs begin or end alike, and never two in a row."""
    words = [w for n, w in enumerate(words) if w != GAP or n == 0 or words[n - 1] != GAP]
    if a[-1:] == b[-1:] and words[-1:] == [GAP]:
        words.pop()
    return words if a[:1] == b[:1] or words[:1] == [GAP] else [GAP, *words]


def without_today(line: str, today: date) -> str:
    """A paragraph with today's or yesterday's date, and the time beside it, taken out."""
    pattern = _dates(today)
    return CLOCK.sub(GAP, pattern.sub(GAP, line)) if pattern.search(line) else line


@cache
def _dates(today: date) -> re.Pattern[str]:
    forms: list[str] = []
    for day in (today, today - timedelta(days=1)):
        weekday, month = f"(?:(?:{day:%A}|{day:%a}),? )?", f"(?:{day:%B}|{day:%b})"
        forms += [
            rf"{weekday}0?{day.day}(?:st|nd|rd|th)? (?:of )?{month},? {day.year}",
            rf"{weekday}{month} 0?{day.day}(?:st|nd|rd|th)?,? {day.year}",
            rf"{day:%d/%m/%Y}|{day:%d-%m-%Y}|{day:%Y-%m-%d}|{day:%d\.%m\.%Y}",
        ]
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.I)
