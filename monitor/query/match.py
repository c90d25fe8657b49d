"""Asks one text whether it says what somebody looks for."""

from __future__ import annotations

from monitor.query.parse import Alternative, Query, Term
from monitor.query.tokens import tokens


def matches(query: Query, text: str) -> bool:
    """True if the text (a paragraph of a letter, a page) says it. It agrees with `fts.expression` on an index."""
    line = f" {' '.join(tokens(text))} "
    return any(_holds(alternative, line) for alternative in query.alternatives)


def _holds(alternative: Alternative, line: str) -> bool:
    return all(_has(t, line) for t in alternative.wanted) and not any(_has(t, line) for t in alternative.unwanted)


def _has(term: Term, line: str) -> bool:
    return f" {' '.join(term.words)}{'' if term.beginning else ' '}" in line
