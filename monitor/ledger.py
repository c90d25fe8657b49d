"""What one letter asks a council to improve against what its earlier letters asked. Pure.

Inspectors reword: "The timeliness of initial health assessments for children in care" comes back as "Timely
completion of initial health assessments". Two items are the same request where enough of their telling words
agree; which is matched with which is decided for all of them together, best first, one to one. Both sides
are always shown verbatim, so a reader can judge the match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from monitor.model import Letter, Quote

State = Literal["new", "again", "reworded", "no longer asked"]

SAME, LIKE = 0.82, 0.45
"""From which likeness on an item is the same in other order or punctuation, or the same reworded."""
LEAST_WORDS = 2
"""Telling words that two items must share at the least: one ("assessments") is a coincidence."""
EMPTY = frozenset(
    re.findall(
        "[a-z]+",
        "a an and are as at be been by can for from has have in including into is it its more of on or so such than"
        " that the their them there these they this those to was where which who with within all children child"
        " young people s ensure improve improved improving improvement quality consistency need needs make sure",
    )
)
"""Words that say nothing of what is asked: grammar, and what every item is about."""
ENDINGS = ("isation", "ations", "ation", "ness", "ments", "ment", "ings", "ing", "ies", "ed", "ly", "es", "s", "y", "e")


@dataclass(frozen=True, slots=True)
class Ask:
    """An item of one letter: which report asked it, when that was published, and its words."""

    published: str
    key: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a request. `earlier` has the same request in earlier letters, oldest first."""

    state: State
    ask: Ask
    earlier: tuple[Ask, ...] = ()

    @property
    def times(self) -> int:
        """How often it has been asked, this time included."""
        return len(self.earlier) + (self.state != "no longer asked")

    @property
    def since(self) -> str:
        """When it was first asked (the year matters: "asked for the third time since 2019")."""
        return self.earlier[0].published if self.earlier else self.ask.published


def asks(key: str, published: str, letter: Letter) -> list[Ask]:
    """All that a letter asks for: areas for priority action first, then what needs to improve."""
    return [Ask(published, key, quote) for quote in [*letter.priority_actions, *letter.improvements]]


def ledger(letters: Sequence[Sequence[Ask]]) -> list[Entry]:
    """The latest letter's requests beside all earlier letters' (oldest first), then what is asked no more."""
    threads: list[list[Ask]] = []
    for letter in letters:
        _thread(letter, threads)
    latest = {(a.key, a.quote) for a in letters[-1]} if letters else set()
    current = [t for t in threads if (t[-1].key, t[-1].quote) in latest]
    before_last = {a.key for a in letters[-2]} if len(letters) > 1 else set()
    dropped = [t for t in threads if t[-1].key in before_last]
    order = {(a.key, a.quote): n for n, a in enumerate(letters[-1] if letters else ())}
    current.sort(key=lambda t: order[t[-1].key, t[-1].quote])
    return [_entry(t) for t in current] + [Entry("no longer asked", t[-1], tuple(t)) for t in dropped]


def _thread(letter: Sequence[Ask], threads: list[list[Ask]]) -> None:
    """Put each item behind the earlier request that it is most like, or begin a thread of its own."""
    scored = sorted(
        ((likeness(ask.quote.text, thread[-1].quote.text), n, m)
         for n, ask in enumerate(letter) for m, thread in enumerate(threads)),
        key=lambda s: (-s[0], -s[2], s[1]),
    )  # fmt: skip
    taken_asks, taken_threads = set[int](), set[int]()
    for score, n, m in scored:
        if score >= LIKE and n not in taken_asks and m not in taken_threads:
            threads[m].append(letter[n])
            taken_asks.add(n)
            taken_threads.add(m)
    threads += [[ask] for n, ask in enumerate(letter) if n not in taken_asks]


def _entry(thread: Sequence[Ask]) -> Entry:
    *earlier, ask = thread
    if not earlier:
        return Entry("new", ask)
    same = likeness(ask.quote.text, earlier[-1].quote.text) >= SAME
    return Entry("again" if same else "reworded", ask, tuple(earlier))


def likeness(one: str, other: str) -> float:
    """How far two items share their telling words: 0 to 1 (Dice), 0 where they share hardly any."""
    a, b = telling(one), telling(other)
    shared = len(a & b)
    if not a or not b or shared < min(LEAST_WORDS, len(a), len(b)):
        return 0.0
    return 2 * shared / (len(a) + len(b))


def telling(text: str) -> frozenset[str]:
    """The words that say what is asked, without their endings."""
    words = re.findall(r"[^\W\d_]+|\d+", text.lower())
    return frozenset(_stem(w) for w in words if w not in EMPTY)


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def again(entries: Iterable[Entry]) -> list[Entry]:
    """What has been asked before and is asked again, the most often asked first."""
    found = [e for e in entries if e.state in ("again", "reworded")]
    return sorted(found, key=lambda e: -e.times)
