"""A page is read: is it about an inspection of a council's children's services, of which council, and what does it
say? Rules over sentences, each in a file of its own; nothing is remembered from page to page, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.councils.registry import Council, Registry
from monitor.coverage import committee, findings, grades, kinds, matters, metrics, people, subject, topic
from monitor.coverage.days import days_of, iso_day
from monitor.coverage.model import Coverage
from monitor.coverage.passages import LONGEST, Passage, passages
from monitor.model import Fact, Voice

MOST = 100_000
"""Characters of a text that are read; a council's longest minutes have half as many. What follows is left, and `why`
says so: a hostile page must not hold up the reading of the others."""


def read(
    text: str, *, title: str | None, published: str | None, own: Council | None, registry: Registry, where: Voice
) -> Coverage:
    """What a page says. `text` has a paragraph a line; `published` is the page's own day, ISO 8601; `own` the
    council whose newsroom or committee it is; `where`: whose words they are. A page that is
    not relevant has no facts. Every fact's quote stands in the text, letter for letter. A `published` that is no
    ISO date counts as none. Of a very long text the beginning is read (`MOST`), and `why` says so."""
    cut = f"; only the first {MOST:,} of {len(text):,} characters were read" if len(text) > MOST else ""
    text = text[:MOST]
    said, published = passages(text), iso_day(published)
    heading = " ".join((title or "").split())[:LONGEST]
    relevant, why = topic.verdict(heading, said, where)
    if not relevant:
        return Coverage(relevant=False, why=why + cut)
    about = subject.subjects(heading, said, own, registry)
    days = days_of(heading, said, published)
    kind = kinds.kind_of(heading, said, published)
    judged = list(grades.facts(heading, said, kind, published, whose=bool(about)))
    graded = grades.given_now(judged)
    full = kinds.full_inspection(heading, said, graded, _year(published, days.visits)) if about else None
    found = (*_facts(title, heading, said, about, kind, registry, where), *days.facts, *judged)
    return Coverage(
        relevant=True,
        why=why + cut,
        urns=tuple(council.urn for council in about),
        kind=kind or full,
        visits=days.visits,
        letters=days.letters,
        reports=days.reports,
        facts=_in_order(text, found),
        inferred=days.inferred,
    )


def _facts(
    title: str | None,
    heading: str,
    said: Sequence[Passage],
    about: Sequence[Council],
    kind: str | None,
    registry: Registry,
    where: Voice,
) -> Iterator[Fact]:
    yield from subject.facts(heading, said, about, registry)
    yield from kinds.facts(kind, said)
    yield from matters.facts(title, said, about, registry)
    yield from metrics.facts(said)
    yield from people.facts(said)
    yield from findings.facts(said)
    yield from committee.facts(said, where)


def _year(published: str | None, visits: Sequence[tuple[str, str]]) -> str | None:
    """The day that tells under which framework it was: the visit's, or else the page's."""
    return visits[0][0] if visits else published


def _in_order(text: str, found: Sequence[Fact]) -> tuple[Fact, ...]:
    """Each fact once, in the order in which their sentences stand."""
    unique = {(f.field, repr(f.value), f.quote): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (text.find(f.quote), f.field)))
