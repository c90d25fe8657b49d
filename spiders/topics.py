"""Whether a title or text may concern an inspection of children's services. Generous: the core reads closer."""

from __future__ import annotations

import re

NAMES = re.compile(r"\b(ofsted|ilacs|jtais?|joint targeted area|annex a)\b", re.I)
"""Words that are enough by themselves."""
LOOKS = r"(inspection|inspected|inspectors|focused visit|monitoring visit|improvement (notice|plan|board)|judge?ment)"
CHILDREN = r"(child|children|young people|care leavers|safeguarding|corporate parent|send\b|special educational)"
BOTH = re.compile(rf"\b{LOOKS}\b.*\b{CHILDREN}|\b{CHILDREN}.*\b{LOOKS}\b", re.I | re.S)


def may_concern(*texts: str | None) -> bool:
    """Whether one of the texts names Ofsted or its inspections, or speaks of an inspection and of children."""
    return any(NAMES.search(text) or BOTH.search(text) for text in texts if text)
