"""Finds grades that somebody hopes for: an ambition, a plan, a path. They are not judgements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from monitor.coverage.passages import Passage
from monitor.coverage.words import CLOSING, GRADE, OPENING, compiled
from monitor.letters.grades import canonical
from monitor.model import Fact

_WISH = compiled(
    r"\b(?:ambitions?|aims?|aiming|aimed|aspir\w+|objectives?|goals?|journey|path|road(?:map)?"
    r"|route|lead(?:s|ing)?\s+to|towards?|strive|striving|(?<!has )(?<!have )become|becoming|get(?:ting)?\s+to"
    r"|getting|reach(?:ing)?|achiev(?:e|ing)|want\w*|hop(?:e|es|ing)|plans?\s+to|work(?:ing)?\s+to"
    r"|on\s+track|vision|target|determined|would|could|should|can|(?<!in )(?<!of )(?<!\d )may(?!\s+\d)"
    r"|might|must|will\s+be|if"
    r"|to\s+establish|in\s+order\s+to|expect\w*\s+to)\b"
)
_AIM = compiled(
    r"\b(?:ambitions?|aims?|aiming|aimed|aspir\w+|objectives?|goals?|(?:journey|path|road|route)\s+(?:to|towards)"
    r"|road\s?map|towards|striv(?:es?|ing)|want(?:s|ed)?|hop(?:es?|ed|ing)|plans?\s+(?:to|is)|planning\s+to"
    r"|work(?:s|ing)?\s+(?:to|towards)|on\s+track|vision|targets?|sights\s+(?:set\s+)?on|determined|intended|intends?|priority|to\s+establish"
    r"|in\s+order\s+to|expect(?:s|ed)?\s+to|how\s+the\s+(?:council|service)\s+will|lead(?:s|ing)?\s+to)\b"
)
"""Words of somebody who aims at a grade. "Could" or "becoming" alone are none."""
_IS_THE_AIM = compiled(
    r"\W*(?:(?:rating|judge?ment|grade|service)\s+)?(?:is|remains|stays)\s+(?:the|our|its|their|an?)\s+(?:\w+\s+){0,2}?"
    r"(?:ambition|aim|aspiration|objective|goal|priority|target)\b"
)
_PASSED = compiled(
    r"\b(?:achieved\s+(?:its|their|the|our)|was\s+(?:achieved|met|reached)|were\s+(?:achieved|met|reached|dropped|dashed)"
    r"|(?:is|are|has\s+been|have\s+been)\s+(?:now\s+)?(?:complete|completed|met|achieved|reached|dropped)"
    r"|has\s+become\s+(?:a\s+)?reality|was\s+(?:disappointed|dropped)|dashed|disappointed|abandoned|proud"
    r"|would\s+have|could\s+have|might\s+have|hoped\s+for)\b"
)
"""An aim that was reached or given up, and what might have been."""
_OF_OTHERS = compiled(
    r"\b(?:councils|authorities|boroughs|neighbours|other\s+(?:council|authority)|nobody|no\s+one|few|schools?|nurser\w+"
    r"|academ(?:y|ies)|colleges?|children\W?s\s+homes?)\b"
)
MAX_CHARACTERS_TO_AIM = 130
"""A word of aiming further before a grade belongs to something else."""
_BY = compiled(r"\bby\s+(?P<by>(?:circa\s+|the\s+end\s+of\s+|about\s+)?20\d\d)\b")
_WISHED = compiled(
    rf"(?:{OPENING}(?P<a>{GRADE}){CLOSING}"
    r"|(?:(?<=\bbecome )|(?<=\bto )|(?<=rated )|(?<=judged )|(?<=\bbe )|(?<=\bleast ))(?P<b>outstanding"
    rf"|good)\b(?!\s+(?:practice|progress|work|quality))|\b(?P<d>outstanding|good)(?=\s+(?:children\W?s\s+)?(?:service"
    rf"|rating|judge?ment|grade|council|authority|department)\b))(?:\s+(?:or|and|to|then)\s+{OPENING}?(?P<c>{GRADE}){CLOSING}?)?\s*,?\s*(?:children\W?s\s+)?(?:(?:service"
    rf"|rating|judge?ment|grade|council|authority|department)s?\b|in\s+alignment|[.;,)\u201d]"
    rf"|by\b|at\s+the\s+next|(?:after|within|across|and)\b|(?:will|is|remains|stays|continues|goes\s+on)\b|$)"
)


def wish_before(before: str) -> bool:
    """Return True if the words before a grade express a hope."""
    return bool(_WISH.search(re.split(r"[;:]|\. |, (?:and|but|yet|so)\b", before)[-1]))


def wished(p: Passage, of_others: Callable[[int], bool]) -> Iterator[Fact]:
    """Find the hoped-for grades: "to establish the Service as \u2018good\u2019 or \u2018outstanding\u2019 by 2024"."""
    for found in _WISHED.finditer(p.plain):
        if not _is_aimed_at(p.plain, found) or of_others(found.end()):
            continue
        grades = [canonical(found[g]) for g in ("a", "b", "d", "c") if found[g]]
        by = _BY.search(p.plain)
        if "inadequate" not in grades:
            yield Fact("target", {"grade": " or ".join(grades)} | ({"by": by["by"]} if by else {}), p.text)
            return


def _is_aimed_at(words: str, found: re.Match[str]) -> bool:
    """Return True if the clause of a grade, or what follows it, says that the council of the page aims at it."""
    before = words[max(0, found.start() - MAX_CHARACTERS_TO_AIM) : found.start()]
    clause = re.split(r"[;:,]\s", before)[-1]
    aimed = _AIM.search(before) or _IS_THE_AIM.match(words[found.end("a") if found["a"] else found.end() :])
    return bool(aimed) and not _OF_OTHERS.search(clause) and not _PASSED.search(words)
