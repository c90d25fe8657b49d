"""Finds the council that a letter is about.

The title names it. If the title names no council ("Focused visit to children's services") or several (a trust that
serves three councils, a county that became two), the council that most pages name counts.
"""

from __future__ import annotations

from collections import Counter

from monitor.councils.registry import Council, Registry
from monitor.letters.document import Document
from monitor.model import Letter, Quote


def name_council(letter: Letter, document: Document, title: Quote | None, registry: Registry) -> None:
    """Fill in council, URN and evidence, or say in the problems why there is none."""
    named = registry.named_in(title.text) if title else []
    council = named[0] if len(named) == 1 else _most_named(document, named, registry)
    if council is None:
        letter.problems.append(_why_none(named))
        return
    letter.council, letter.urn = council.name, council.ofsted_urn
    evidence = title if title and council in named else _line_naming(council, document, registry)
    if evidence:
        letter.evidence["council"] = evidence


def _most_named(document: Document, among: list[Council], registry: Registry) -> Council | None:
    """The council that most pages name, if no other is named as often; where `among` has some, one of those."""
    pages = Counter(council.name for page in document.pages for council in registry.named_in(page.flow))
    if among:
        pages = Counter({name: count for name, count in pages.items() if name in {c.name for c in among}})
    ranked = pages.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return registry.get(ranked[0][0])


def _line_naming(council: Council, document: Document, registry: Registry) -> Quote | None:
    """The first line that names the council."""
    lines = (line for line in document.lines() if council in registry.named_in(line.text))
    return next((Quote(line.text, line.page) for line in lines), None)


def _why_none(named: list[Council]) -> str:
    if len(named) > 1:
        return f"the title names several councils: {', '.join(council.name for council in named)}"
    return "no council could be told from the others named"
