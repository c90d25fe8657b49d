"""Finds grades that somebody hopes for: an ambition, a plan, a path. They are not judgements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.coverage.passages import Passage
from monitor.coverage.words import CLOSING, GRADE, OPENING, compiled
from monitor.letters.grades import canonical
from monitor.model import Fact

_WISH = compiled(
    r"\b(?:ambitions?|aims?|aiming|aimed|aspir\w+|objectives?|goals?|journey|path|road(?:map)?"
    r"|route|lead(?:s|ing)?\s+to|towards?|strive|striving|become|becoming|get(?:ting)?\s+to"
    r"|getting|reach(?:ing)?|achiev(?:e|ing)|want\w*|hop(?:e|es|ing)|plans?\s+to|work(?:ing)?\s+to"
    r"|on\s+track|vision|target|determined|would|could|should|can|may|might|must|will\s+be|if"
    r"|to\s+establish|in\s+order\s+to|expect\w*\s+to)\b"
)
_BY = compiled(r"\bby\s+(?P<by>(?:circa\s+|the\s+end\s+of\s+|about\s+)?20\d\d)\b")
_WISHED = compiled(
    rf"(?:{OPENING}(?P<a>{GRADE}){CLOSING}|(?:(?<=\bbecome )|(?<=\bto )|(?<=rated )|(?<=judged ))(?P<b>outstanding"
    rf"|good)\b(?!\s+(?:practice|progress|work|quality))|\b(?P<d>outstanding|good)(?=\s+(?:children\W?s\s+)?(?:service"
    rf"|rating|judge?ment|grade|council|authority|department)\b))(?:\s+(?:or|and|to|then)\s+{OPENING}?(?P<c>{GRADE}){CLOSING}?)?\s*,?\s*(?:children\W?s\s+)?(?:(?:service"
    rf"|rating|judge?ment|grade|council|authority|department)s?\b|in\s+alignment|[.;,)\u201d]"
    rf"|by\b|at\s+the\s+next|$)"
)


def wish_before(before: str) -> bool:
    """Return True if the words before a grade express a hope."""
    return bool(_WISH.search(re.split(r"[;:]|\. |, (?:and|but|yet|so)\b", before)[-1]))


def wished(p: Passage) -> Iterator[Fact]:
    """Find the hoped-for grades: "to establish the Service as \u2018good\u2019 or \u2018outstanding\u2019 by 2024"."""
    for found in _WISHED.finditer(p.plain):
        wish = _WISH.search(p.plain[max(0, found.start() - 130) : found.start()])
        if not wish:
            continue
        grades = [canonical(found[g]) for g in ("a", "b", "d", "c") if found[g]]
        by = _BY.search(p.plain)
        yield Fact("target", {"grade": " or ".join(grades)} | ({"by": by["by"]} if by else {}), p.text)
        return
