"""Reads one page: whether it is about an inspection of a council's children's services, of which council, and what it
says. The rules work on sentences; each kind of rule has its own file. The reader remembers nothing from page to page,
and fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.councils.registry import Council, Registry
from monitor.coverage import committee, findings, grades, kinds, matters, metrics, people, subject, topic
from monitor.coverage.days import days_of, iso_day
from monitor.coverage.model import Coverage
from monitor.coverage.passages import MAX_PASSAGE_CHARACTERS, Passage, passages
from monitor.model import Fact, Voice

MAX_CHARACTERS = 100_000
"""The reader reads no more characters of a text, so that a hostile page cannot hold up the others; `Coverage.why` then
says so. The longest minutes of a council have half as many."""


def read(
    text: str, *, title: str | None, published: str | None, own: Council | None, registry: Registry, where: Voice
) -> Coverage:
    """Read a page. `text` has a paragraph a line. `published` is the page's own day, ISO 8601; any other text counts as
    none. `own` is the council whose newsroom or committee it is. `where` says whose words they are. A page that is not
    relevant has no facts. Every quote of a fact stands in the text, letter for letter. Only the first `MAX_CHARACTERS`
    count; if there are more, `why` says so."""
    heading = " ".join((title or "").split())[:MAX_PASSAGE_CHARACTERS]
    said = passages(text[:MAX_CHARACTERS])
    relevant, why = topic.verdict(heading, said, where)
    if len(text) > MAX_CHARACTERS:
        why += f"; only the first {MAX_CHARACTERS:,} of {len(text):,} characters were read"
    if not relevant:
        return Coverage(relevant=False, why=why)
    about = subject.subjects(heading, said, own, registry)
    page = _Page(text[:MAX_CHARACTERS], title, heading, said, iso_day(published), about, registry, where)
    return _says(page, why)


@dataclass(frozen=True, slots=True)
class _Page:
    """A relevant page, as the rules see it."""

    text: str
    title: str | None
    heading: str
    said: Sequence[Passage]
    published: str | None
    about: tuple[Council, ...]
    registry: Registry
    where: Voice


def _says(page: _Page, why: str) -> Coverage:
    heading, said, published, about = page.heading, page.said, page.published, page.about
    days, kind = days_of(heading, said, published), kinds.kind_of(heading, said, published)
    judged = list(grades.facts(heading, said, kind, published, about, page.registry))
    graded = grades.given_now(judged)
    full = kinds.full_inspection(heading, said, graded, _year(published, days.visits)) if about else None
    return Coverage(
        relevant=True,
        why=why,
        urns=tuple(council.urn for council in about),
        kind=kind or full,
        visits=days.visits,
        letters=days.letters,
        reports=days.reports,
        facts=_in_order(page.text, (*_facts(page, kind), *days.facts, *judged)),
        inferred=days.inferred,
    )


def _facts(page: _Page, kind: str | None) -> Iterator[Fact]:
    said, about, registry = page.said, page.about, page.registry
    yield from subject.facts(page.heading, said, about, registry)
    yield from kinds.facts(kind, said)
    yield from matters.facts(page.title, said, about, registry)
    yield from metrics.facts(said)
    yield from people.facts(said)
    yield from findings.facts(said)
    yield from committee.facts(said, page.where)


def _year(published: str | None, visits: Sequence[tuple[str, str]]) -> str | None:
    """The day that decides the framework: that of the visit, otherwise that of the page."""
    return visits[0][0] if visits else published


def _in_order(text: str, found: Sequence[Fact]) -> tuple[Fact, ...]:
    """Each fact once, in the order of their sentences."""
    unique = {(f.field, repr(f.value), f.quote): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (text.find(f.quote), f.field)))
