"""Reads the pages of a run, and decides whether they concern the councils watched. Pure.

A spider yields more pages than concern anybody. This module decides, from the words of a page, whether anybody is told
of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.model import KINDS, LETTER_KINDS, Letter, Record
from monitor.model.sources import telling
from monitor.model.state import RecordChange

LETTERS = frozenset(LETTER_KINDS) - {"other", "unknown"}


@dataclass(frozen=True, slots=True)
class Page:
    """A changed page, with what it says."""

    change: RecordChange
    says: Coverage

    @property
    def record(self) -> Record:
        """The page as it is now."""
        return self.change.after.record


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the pages of a source. `watched` are the URNs of the councils that somebody wants to hear of."""

    registry: Registry
    source: str
    watched: AbstractSet[str]

    def read(self, change: RecordChange) -> Page:
        """Read a changed page, and put its facts on its record."""
        says = self.says(change.after.record)
        record = replace(change.after.record, facts=says.facts)
        return Page(replace(change, after=replace(change.after, record=record)), says)

    def says(self, record: Record) -> Coverage:
        """Read one page."""
        from monitor.coverage.reading import read  # its patterns take a quarter of a second

        own = self.registry.by_urn(record.target)
        return read(
            record.text or "",
            title=record.title,
            published=record.published,
            own=own,
            registry=self.registry,
            where=telling(record.kind, record.source).voice,
        )

    def wanted(self, page: Page, letters: Mapping[str, Letter]) -> bool:
        """Return True if the page concerns a watched council, so that somebody is told of it."""
        record = page.record
        if KINDS[record.kind].asked_for:
            return True
        if KINDS[record.kind].names_nobody:
            return not page.says.urns or bool(self.watched & set(page.says.urns))
        return self._concerns(page, letters) and bool(self.watched & set(self.urns(page)))

    def _concerns(self, page: Page, letters: Mapping[str, Letter]) -> bool:
        """Return True if the page is about an inspection. A committee's document counts by its own text if it is a
        letter, otherwise by its title."""
        letter = letters.get(page.record.sha256 or "")
        return page.says.relevant or (letter is not None and letter.kind in LETTERS)

    def urns(self, page: Page) -> tuple[str, ...]:
        """The councils that a page is about; if it names none, the one whose committee or newsroom it is."""
        own = (page.record.target,) if self.registry.by_urn(page.record.target) else ()
        return page.says.urns or own
