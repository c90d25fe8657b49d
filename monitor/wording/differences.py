"""What a page or document says differently now, a paragraph beside what it was. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from monitor.model import Event
from monitor.wording.text import count, cut, one_line

Pair = tuple[str, str]
"""A paragraph before and after; empty where it came or went."""
SHOWN, WORDS, LEAD = 2, 150, 6
"""How many differences are shown, characters of each side, and words that stay before the first that differs."""


def differences(event: Event) -> list[Pair]:
    """The differing paragraphs: as the event has them, else those of the text before and after."""
    listed = (event.after or {}).get("differences")
    if isinstance(listed, list):
        return [(_text(d.get("before")), _text(d.get("after"))) for d in listed if isinstance(d, dict)]
    old, new = (_lines(facts) for facts in (event.before, event.after))
    return list(_compared(old, new)) if old and new else []


def is_new(event: Event) -> bool:
    """Whether it is an entry that was not there before, and not another text of one that was."""
    return event.before is None and not differences(event)


def gist(event: Event) -> str:
    """How much differs: "2 paragraphs changed, 1 added"."""
    found = differences(event)
    kinds = {
        "changed": sum(bool(a and b) for a, b in found),
        "added": sum(bool(b and not a) for a, b in found),
        "removed": sum(bool(a and not b) for a, b in found),
    }
    told = [(word, number) for word, number in kinds.items() if number]
    if not told:
        return ""
    first = f"{count(told[0][1], 'paragraph')} {told[0][0]}"
    return ", ".join([first, *(f"{number} {word}" for word, number in told[1:])])


def notes(event: Event) -> Iterator[str]:
    """The first differences, each side by side: "Was: “…” Now: “…”"."""
    found = differences(event)
    for before, after in found[:SHOWN]:
        yield shown(before, after)
    if len(found) > SHOWN:
        yield f"And {count(len(found) - SHOWN, 'more paragraph')}."


def shown(before: str, after: str) -> str:
    """One difference; of long paragraphs the part that differs."""
    if not (before and after):
        return f"Added: “{cut(after, 2 * WORDS)}”" if after else f"Removed: “{cut(before, 2 * WORDS)}”"
    old, new = before.split(), after.split()
    same = next((i for i, (a, b) in enumerate(zip_longest(old, new)) if a != b), 0)
    start = max(0, same - LEAD)
    lead = "…" if start else ""
    was, now = (lead + cut(" ".join(words[start:]), WORDS) for words in (old, new))
    return f"Was: “{was}” Now: “{now}”"


def _lines(facts: dict[str, Any] | None) -> list[str]:
    text = (facts or {}).get("text")
    lines = text.splitlines() if isinstance(text, str) else []
    return [line for line in map(one_line, lines) if line]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    for tag, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(old[i:j], new[m:n], fillvalue="")


def _text(side: object) -> str:
    """A side of a listed difference: a quotation with its page, or the words alone."""
    return one_line(side.get("text") if isinstance(side, dict) else side)
