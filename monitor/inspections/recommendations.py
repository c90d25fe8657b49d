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
from functools import lru_cache
from typing import Any, Literal

from monitor.inspections import themes
from monitor.model import Letter, Quote
from monitor.model.letter import Inspection

State = Literal["asked", "again", "reworded", "not in the last report"]
"""Not "new" or "no longer asked": a letter read in part, or unrecognised words, would make either untrue."""

SAME, LIKE, NEAR, NEAR_IN_THEME = 0.82, 0.55, 0.4, 0.25
"""From which likeness on an item is the same in other order or punctuation, the same reworded, or to be compared; the
last where both have a theme in common."""
FEW_WORDS, FEW_LIKE = 3, 0.7
"""Where fewer telling words are shared ("timeliness", "assessments"), more of all of them must agree."""
EMPTY = frozenset(
    re.findall(
        "[a-z]+",
        "a an and are as at be been by can for from has have in including into is it its more of on or so such than"
        " that the their them there these they this those to was where which who with within all children child"
        " young people s ensure improve improved improving improvement quality consistency need needs make sure",
    )
)
"""Words that do not tell requests apart: grammar, and what every request is about."""
ENDINGS = ("isation", "ations", "ation", "ness", "ments", "ment", "ings", "ing", "ies", "ed", "ly", "es", "s", "y", "e")


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An item of one letter: which report asked it, when that was published, and its words."""

    published: str
    key: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a request. `earlier` has the same request in earlier letters, oldest first; `compare` an earlier
    one that a person may find the same; `missing_from` is the day of the full report that does not have it."""

    state: State
    ask: Recommendation
    earlier: tuple[Recommendation, ...] = ()
    compare: tuple[Recommendation, ...] = ()
    missing_from: str | None = None

    @property
    def times(self) -> int:
        """How often it has been asked, the last time included."""
        return len(self.earlier) + 1

    @property
    def since(self) -> str:
        """When it was first asked (the year matters: "asked for the third time since 2019")."""
        return self.earlier[0].published if self.earlier else self.ask.published


DOMAINS = {
    **dict.fromkeys(("ilacs", "sif", "focused_visit", "monitoring_visit"), "children's services"),
    "area_send": "area SEND",
}
"""Which letters ask the same body for the same kind of thing. JTAI asks a partnership about a theme."""


FULL = ("ilacs", "sif", "area_send")
"""Only a full inspection looks at everything: a visit that is silent on something does not drop it."""


def of_council(history: Iterable[Inspection], domain: str, until: str | None = None) -> list[Entry]:
    """A council's ledger in one domain: what was asked since and including its last full inspection, letter by letter,
    and what that inspection's report no longer has. As of its latest letter, or the one with the key `until`."""
    found, kinds = list[list[Recommendation]](), list[str]()
    for inspection in history:
        items = recommendations(inspection.key, inspection.published, inspection.letter)
        if DOMAINS.get(inspection.letter.kind) == domain and items:
            found.append(items)
            kinds.append(inspection.letter.kind)
        if inspection.key == until:
            break
    full = [n for n, kind in enumerate(kinds) if kind in FULL]
    return ledger(found, full[-1] if full else 0, full[-2] if len(full) > 1 else 0)


def recommendations(key: str, published: str, letter: Letter) -> list[Recommendation]:
    """All that a letter asks for: areas for priority action first, then what needs to improve."""
    return [Recommendation(published, key, quote) for quote in [*letter.priority_actions, *letter.improvements]]


def ledger(letters: Sequence[Sequence[Recommendation]], since: int, before: int) -> list[Entry]:
    """What the letters ask from the index `since` on, each beside the same requests of earlier letters (oldest first);
    then what letters from `before` on asked, and the letter at `since`, a full report, does not."""
    threads: list[list[Recommendation]] = []
    for letter in letters:
        _thread(letter, threads)
    order = {(a.key, a.quote): n for n, a in enumerate(a for letter in letters[since:] for a in letter)}
    droppable = {(a.key, a.quote) for letter in letters[before:since] for a in letter}
    current = [t for t in threads if _named(t) in order]
    current.sort(key=lambda t: order[_named(t)])
    gone = [t for t in threads if _named(t) in droppable]
    report = letters[since][0].published if gone else None
    return [_entry(t, _near(t, gone)) for t in current] + [
        Entry("not in the last report", t[-1], tuple(t[:-1]), missing_from=report) for t in gone
    ]


def _named(thread: Sequence[Recommendation]) -> tuple[str, Quote]:
    return thread[-1].key, thread[-1].quote


def _near(thread: Sequence[Recommendation], gone: Iterable[Sequence[Recommendation]]) -> tuple[Recommendation, ...]:
    """Earlier requests that may or may not be the same: too unlike to say so, too like to say nothing."""
    if len(thread) > 1:
        return ()
    words = thread[0].quote.text
    scored = [(nearness(words, t[-1].quote.text), t[-1]) for t in gone]
    return tuple(ask for score, ask in sorted(scored, key=lambda s: -s[0]) if score > 0)[:1]


def nearness(one: str, other: str) -> float:
    """How much two items are worth comparing, 0 where they are not: by their words, and by their themes."""
    if (by_words := likeness(one, other)) >= NEAR:
        return by_words
    alike = _alike(telling(one), telling(other))
    return alike if alike >= NEAR_IN_THEME and themes.shared(one, other) else 0.0


def _thread(letter: Sequence[Recommendation], threads: list[list[Recommendation]]) -> None:
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


def _entry(thread: Sequence[Recommendation], near: tuple[Recommendation, ...]) -> Entry:
    *earlier, ask = thread
    if not earlier:
        return Entry("asked", ask, compare=near)
    same = likeness(ask.quote.text, earlier[-1].quote.text) >= SAME
    return Entry("again" if same else "reworded", ask, tuple(earlier))


def likeness(one: str, other: str) -> float:
    """How far two items share their telling words: 0 to 1 (Dice), 0 where a few shared ones may be chance."""
    a, b = telling(one), telling(other)
    dice = _alike(a, b)
    return dice if len(a & b) >= FEW_WORDS or dice >= FEW_LIKE else 0.0


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


@lru_cache(maxsize=20_000)
def telling(text: str) -> frozenset[str]:
    """The words that say what is asked, without their endings."""
    words = re.findall(r"[^\W\d_]+|\d+", text.lower())
    return frozenset(_stem(w) for w in words if w not in EMPTY)


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def again(history: Iterable[Inspection], key: str, kind: str) -> list[Entry]:
    """What the letter `key` asks that earlier letters asked too, the most often asked first."""
    entries = of_council(history, DOMAINS.get(kind, ""), until=key)
    found = [e for e in entries if e.ask.key == key and e.state in ("again", "reworded")]
    return sorted(found, key=lambda e: (-e.times, e.since))


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry with both sides verbatim."""
    return {
        "state": entry.state,
        "times": entry.times,
        "since": entry.since,
        "themes": list(themes.themes(entry.ask.quote.text)),
        **_said(entry.ask),
        "earlier": [_said(ask) for ask in entry.earlier],
        "compare": [_said(ask) for ask in entry.compare],
        "missing_from": entry.missing_from,
    }


def _said(ask: Recommendation) -> dict[str, Any]:
    return {"published": ask.published, "key": ask.key, "text": ask.quote.text, "page": ask.quote.page}
