"""What a page or document says differently now, a paragraph beside what it was. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from monitor.model import Event, Quote
from monitor.model.payloads import PagePayload, ReportPayload
from monitor.wording.quotations import quoted, sentences, whole
from monitor.wording.text import count, one_line

Pair = tuple[str, str]
"""A paragraph before and after; empty where it came or went."""
SHOWN, SIDE = 2, 320
"""How many differences are shown, and characters of each side."""


def differences(event: Event) -> list[Pair]:
    """The differing paragraphs: as the event has them, else those of the text before and after."""
    after = event.after
    if isinstance(after, ReportPayload | PagePayload) and after.differences:
        return [(_text(d.before), _text(d.after)) for d in after.differences]
    old, new = (_lines(known.text) for known in (event.before_as(PagePayload), event.after_as(PagePayload)))
    return list(_compared(old, new)) if old and new else []


def is_new(event: Event) -> bool:
    """Whether it is an entry that was not there before, and not another text of one that was."""
    return event.before is None and not differences(event)


def gist(event: Event) -> str:
    """How much differs: "2 paragraphs changed, 1 paragraph added"."""
    found = differences(event)
    kinds = {
        "changed": sum(bool(a and b) for a, b in found),
        "added": sum(bool(b and not a) for a, b in found),
        "removed": sum(bool(a and not b) for a, b in found),
    }
    return ", ".join(f"{count(number, 'paragraph')} {word}" for word, number in kinds.items() if number)


def notes(event: Event) -> Iterator[str]:
    """The first differences, each side by side: "Was: “…” Now: “…”"."""
    found = differences(event)
    for before, after in found[:SHOWN]:
        yield shown(before, after)
    if len(found) > SHOWN:
        yield f"And {count(len(found) - SHOWN, 'more paragraph')}."


def shown(before: str, after: str) -> str:
    """One difference, in whole sentences: of long paragraphs those that differ."""
    if not (before and after):
        return f"{'Added' if after else 'Removed'}: {_side(after or before)}"
    same = set(sentences(before)) & set(sentences(after))
    was, now = (" ".join(s for s in sentences(side) if s not in same) for side in (before, after))
    if not (was and now):
        return f"{'Added' if now else 'Removed'}: {_side(now or was)}" if now or was else ""
    return f"Was: {_side(was)} Now: {_side(now)}"


def _side(text: str) -> str:
    """One side as a quotation; of a text without a sentence that fits, how long it is."""
    words = whole(text, SIDE)
    return quoted(words) if words else f"a paragraph of {count(len(text.split()), 'word')}."


def _lines(text: str | None) -> list[str]:
    return [line for line in map(one_line, (text or "").splitlines()) if line]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    for tag, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(old[i:j], new[m:n], fillvalue="")


def _text(side: Quote | None) -> str:
    return one_line(side.text) if side else ""
