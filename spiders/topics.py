"""Decides generously whether a title or text may concern an inspection of children's services; the core reads it."""

from __future__ import annotations

import re

NAMES = re.compile(r"\b(ofsted|ilacs|jtais?|joint targeted area|annex a)\b", re.I)
"""One of these words is enough."""
INSPECTION_WORDS = (
    r"(inspection|inspected|inspectors|focused visit|monitoring visit|improvement (notice|plan|board)|judge?ment)"
)
CHILDREN_WORDS = r"(child|children|young people|care leavers|safeguarding|corporate parent|send\b|special educational)"
BOTH = re.compile(
    rf"\b{INSPECTION_WORDS}\b.*\b{CHILDREN_WORDS}|\b{CHILDREN_WORDS}.*\b{INSPECTION_WORDS}\b", re.I | re.S
)


def may_concern(*texts: str | None) -> bool:
    """Return True if one of the texts names Ofsted or its inspections, or speaks of an inspection and of children."""
    return any(NAMES.search(text) or BOTH.search(text) for text in texts if text)
