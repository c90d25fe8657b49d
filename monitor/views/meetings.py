"""Committee meetings at which a letter was, is or will be on the agenda, from the stories that they are part of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.model import KINDS
from monitor.stories.item import StoryItem


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of one council's committee: `day` in ISO 8601, and what of it is in a story, items first."""

    urn: str
    day: str
    committee: str
    papers: tuple[StoryItem, ...]

    @property
    def key(self) -> str:
        """The same for the same meeting, whatever is added to it."""
        return f"{self.urn}-{self.day}-{self.committee}"


def of_items(items: Iterable[StoryItem]) -> list[Meeting]:
    """The meetings that items name, by day and committee; an item that stands on several agendas is at each."""
    found: dict[tuple[str, str, str], list[StoryItem]] = {}
    for item in items:
        if item.meeting and item.record is not None:
            found.setdefault((item.meeting, item.place, item.urn), []).append(item)
    return [
        Meeting(urn, day, committee, tuple(sorted(papers, key=_order)))
        for (day, committee, urn), papers in sorted(found.items())
    ]


def _order(item: StoryItem) -> tuple[bool, str, str]:
    return KINDS[item.record].is_paper, item.title, item.key
