"""What a person's split or join says of single pieces, so that the rules respect it for whatever comes later. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.stories.arranging import Story
from monitor.stories.item import StoryItem
from monitor.stories.units import Correction


def split(story: Story, piece: StoryItem) -> list[Correction]:
    """A piece leaves a story, with what else is of its agenda item. Empty where nothing would stay behind."""
    leaving = _mates(story, piece)
    staying = [m.piece for m in story.members if m.piece not in leaving]
    return [Correction(out.name, other.name, together=False) for out in leaving for other in staying]


def join(story: Story, pieces: list[StoryItem]) -> list[Correction]:
    """Pieces come into a story: each belongs to the piece that the story is named after."""
    return [Correction(p.name, story.opener, together=True) for p in pieces if p.name != story.opener]


def taken_back(story: Story, pieces: list[StoryItem]) -> Iterator[tuple[str, str]]:
    """The pairs of which no earlier word counts any more, when pieces join a story."""
    for piece in pieces:
        yield from ((piece.name, m.piece.name) for m in story.members)


def _mates(story: Story, piece: StoryItem) -> list[StoryItem]:
    same = [m.piece for m in story.members if piece.item and m.piece.item == piece.item]
    return same or [piece]
