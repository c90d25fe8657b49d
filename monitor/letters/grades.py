"""The words of a grade.

ILACS and the single inspection framework use four: outstanding, good, requires improvement (since
2015 "to be good") and inadequate; the frameworks before November 2013 had "adequate" in its place.
"Not judged" is said where a service had too few children to judge.
"""

from __future__ import annotations

import re

GRADE = r"(?:requires?\s+improve(?:-\s?)?ment(?:\s+to\s+be\s+good)?|outstanding|good|inadequate|adequate|not\s+judged)"
"""A grade inside a longer pattern, any case. A narrow column breaks its longest word."""

RECALLED = GRADE.replace("requires?", "requir(?:es?|ed|ing)")
"""A grade as a later sentence may recall it: "required improvement"."""

PRINTED = (
    r"(?:Requires?\s+[Ii]mprove(?:-\s?)?ment(?:\s+to\s+be\s+[Gg]ood)?|Outstanding|Good|Inadequate|Adequate"
    r"|Not\s+[Jj]udged|REQUIRES?\s+IMPROVEMENT(?:\s+TO\s+BE\s+GOOD)?|OUTSTANDING|GOOD|INADEQUATE|ADEQUATE)"
)
"""A grade as a table prints it, with a capital or in capitals."""

_ALONE = re.compile(rf"\W*({GRADE})\W*", re.IGNORECASE)


def grade(words: str) -> str | None:
    """Return the grade if these words are a grade and nothing else, otherwise None."""
    match = _ALONE.fullmatch(words)
    return canonical(match[1]) if match else None


def canonical(printed: str) -> str:
    """Spell a grade in one way: lower case, "requires improvement" for all its forms."""
    plain = " ".join(printed.lower().split())
    return "requires improvement" if plain.startswith("requir") else plain
