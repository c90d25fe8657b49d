"""Tells what a grade in a sentence is of: the whole, or one of the judgements of an inspection."""

from __future__ import annotations

import re

from monitor.coverage.words import compiled
from monitor.letters.areas import ILACS
from monitor.model.areas import OVERALL

_CLAUSE_END = re.compile(
    r"[;.]|,\s+(?:and|but|while|with|whereas)\b|\b(?:while|whereas|but)\b|\bwith (?=its|their|the)"
)
_OVERALL = re.compile(r"\W*(?:overall\b|for (?:its )?overall effectiveness)", re.IGNORECASE)
_OVERALL_BEFORE = compiled(r"\boverall\b[^,;]*$")
_FOR = re.compile(r"\W*(?:rating |grade |judge?ment )?(?:for|in) (?P<what>[^,;.]+)", re.IGNORECASE)
_SHORT_AREA = compiled(
    r"\b(?:(?P<impact_of_leaders>(?:senior )?leaders(?:hip)?|management)"
    r"|(?P<help_and_protection>help and protection|child protection)"
    r"|(?P<in_care>looked[- ]after children|children looked after|children in (?:its |their )?care)"
    r"|(?P<care_leavers>care[- ]experienced young people|young people leaving care))\b"
)
"""How people shorten the names of the judgements."""


def area_of(words: str, start: int, end: int) -> str | None:
    """What a grade in a sentence is of: what follows it ("good for care leavers", "good overall"), else what stands
    before it in the same clause ("leaders were judged outstanding"). None where the clause names nothing."""
    after = _CLAUSE_END.split(words[end:], maxsplit=1)[0]
    before = _CLAUSE_END.split(words[:start])[-1]
    if _OVERALL.match(after):
        return OVERALL
    follows = _FOR.match(after)
    if follows and (named := _named(follows["what"])):
        return named[0]
    return OVERALL if _OVERALL_BEFORE.search(before) else next(reversed(_named(before)), None)


def _named(words: str) -> list[str]:
    """The judgements that the words name, in their order: in Ofsted's terms, else as people shorten them."""
    found = [*re.finditer(ILACS.pattern(), words, re.IGNORECASE)] or _SHORT_AREA.finditer(words)
    return [one.lastgroup for one in found if one.lastgroup]
