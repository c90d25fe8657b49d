"""Fifty questions, each with a label: what a paragraph must and must not have, as regular expressions.

The labels are written by hand and share nothing with `monitor.query`: a paragraph is right where, for one of the
alternatives, all of the first expressions match it and none of the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody types, and its label. `asked`: only what inspectors ask to improve."""

    words: str
    alternatives: Sequence[tuple[Sequence[str], Sequence[str]]]
    asked: bool = False

    def right(self, text: str) -> bool:
        """Whether a paragraph says it, by its label."""
        return any(_all(must, text) and not _any(must_not, text) for must, must_not in self.alternatives)


def _all(patterns: Iterable[str], text: str) -> bool:
    return all(re.search(p, text, re.IGNORECASE) for p in patterns)


def _any(patterns: Iterable[str], text: str) -> bool:
    return any(re.search(p, text, re.IGNORECASE) for p in patterns)


APART = r"[\W_]+"
"""What stands between two words of a phrase."""


def _word(word: str) -> str:
    return rf"(?<![^\W_]){word}(?![^\W_])"


def _phrase(*words: str) -> str:
    return _word(APART.join(words))


def _begins(*words: str) -> str:
    return rf"(?<![^\W_]){APART.join(words)}"


def _plain(words: str) -> Question:
    return Question(words, [([_phrase(*w.split("-")) for w in words.split()], [])])


def _quoted(words: str, *, asked: bool = False) -> Question:
    return Question(f'"{words}"', [([_phrase(*re.findall("[a-z0-9]+", words.lower()))], [])], asked)


QUESTIONS = (
    *map(
        _plain,
        (
            "neglect",
            "agency staff",
            "permanence planning",
            "caseloads too high",
            "pathway plans quality",
            "domestic abuse strategy",
            "supervision reflective",
            "placement sufficiency",
            "unregistered homes",
            "elected members",
            "private fostering",
            "return interviews missing",
            "health assessments timely",
            "life story work",
            "virtual school",
            "care leavers custody",
            "audit moderation",
            "Covid-19 pandemic",
            "DESKILLED",
            "zebra",
        ),
    ),
    *map(
        _quoted,
        (
            "agency staff",
            "agency social workers",
            "permanence planning",
            "corporate parenting",
            "front door",
            "strategy discussions",
            "children missing education",
            "children's homes",
            "self-harm",
            "16 and 17",
            "management oversight",
            "voice of the child",
            "bed and breakfast",
            "county lines",
            "care leavers",
        ),
    ),
    *(_quoted(words, asked=True) for words in ("management oversight", "pathway plans", "private fostering")),
    Question("supervis*", [([_begins("supervis")], [])], asked=True),
    Question("exploit*", [([_begins("exploit")], [])]),
    Question('"pathway plan*"', [([_begins("pathway", "plan")], [])]),
    Question("homeless* -care", [([_begins("homeless")], [_word("care")])]),
    Question('agency -"agency staff"', [([_word("agency")], [_phrase("agency", "staff")])]),
    Question("turnover OR vacancies", [([_word("turnover")], []), ([_word("vacancies")], [])]),
    Question("locum OR agency workers", [([_word("locum")], []), ([_word("agency"), _word("workers")], [])]),
    Question(
        '"social worker*" turnover -stable',
        [([_begins("social", "worker"), _word("turnover")], [_word("stable")])],
    ),
    Question(
        "retention | recruitment strategy",
        [([_word("retention")], []), ([_word("recruitment"), _word("strategy")], [])],
    ),
    Question("“looked after” adoption", [([_phrase("looked", "after"), _word("adoption")], [])]),
    Question("children's AND rights", [([_phrase("children", "s"), _word("rights")], [])]),
    Question('neglect NOT "domestic abuse"', [([_word("neglect")], [_phrase("domestic", "abuse")])]),
)
"""Words, phrases, beginnings, minus, OR; capitals, hyphens, numbers, apostrophes, curly quotation marks."""
assert len(QUESTIONS) == 50
