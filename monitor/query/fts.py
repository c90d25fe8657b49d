"""Writes a query in the language of SQLite's full-text index (FTS5).

Every word is quoted, so no word of a person is ever taken for an operator: whatever somebody types is no syntax error.
"""

from __future__ import annotations

from monitor.query.parse import Alternative, Query, Term


def expression(query: Query) -> str:
    """The right side of MATCH: `("agency" AND "staff") NOT ("locum") OR ("agenc" *)`."""
    return " OR ".join(map(_alternative, query.alternatives))


def _alternative(alternative: Alternative) -> str:
    wanted = f"({' AND '.join(map(_term, alternative.wanted))})"
    if not alternative.unwanted:
        return wanted
    return f"({wanted} NOT ({' OR '.join(map(_term, alternative.unwanted))}))"


def _term(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.beginning else ""}'
