"""Finds the councils of a page about several: "Three councils rated good" in its title, and their names further on.

The names must be as many as the page has counted, stand in one list, and be the first councils that the page names.
Otherwise the list may be of neighbours or helpers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from monitor.councils.names import plain
from monitor.councils.registry import Council, Registry
from monitor.coverage.words import COUNTS, compiled

_COUNTED = compiled(
    rf"\b(?P<count>{'|'.join(COUNTS)})\s+(?:[\w-]+\s+){{0,2}}?(?:councils|authorities|boroughs|counties|cities)\b"
)
_OTHERS = compiled(r"\b(?:other|more|further|neighbouring|nearby|partner)\b")
_JOINED = compiled(r"(?:\s+(?:(?:county|city|borough)\s+)*council)?\s*(?:,|,?\s+and|,?\s+as\s+well\s+as)\s+(?:the\s+)?")
_AIDE = compiled(
    r"\b(?:help\w*|support\w*|assist\w*|partners?|mentor\w*|near|close\s+to|beside|like|unlike|neighbouring"
    r"|(?:its|their|our|the)\s+neighbours?)\b"
)


def listed(opening: Sequence[str], registry: Registry) -> tuple[Council, ...]:
    """Return the councils that the opening of a page, its title first, counts and then names; otherwise none."""
    counted = None
    for words in map(plain, opening):
        counted = counted or _COUNTED.search(words)
        if found := list(registry.mentions_in(words)):
            return _list_of(words, found, counted)
    return ()


def _list_of(
    words: str, found: list[tuple[int, int, tuple[Council, ...]]], counted: re.Match[str] | None
) -> tuple[Council, ...]:
    councils = tuple(dict.fromkeys(council for _, _, named in found for council in named))
    if counted is None or len(councils) != COUNTS[counted["count"].lower()] or _OTHERS.search(counted[0]):
        return ()
    together = all(_JOINED.fullmatch(words[end:start]) for (_, end, _), (start, _, _) in pairwise(found))
    return councils if together and not _AIDE.search(words) else ()
