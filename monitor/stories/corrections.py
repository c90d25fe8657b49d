"""Turns `story split` and `story join` into corrections of pairs of publications, for all arranging to come. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.stories.arranging import Story
from monitor.stories.item import StoryItem
from monitor.stories.units import Correction


def split(story: Story, piece: StoryItem) -> list[Correction]:
    """Take a publication, with the rest of its agenda item, out of a story; nothing if that would be empty then."""
    leaving = [m.piece for m in story.members if piece.item and m.piece.item == piece.item] or [piece]
    staying = [m.piece for m in story.members if m.piece not in leaving]
    return [Correction(out.name, other.name, together=False) for out in leaving for other in staying]


def join(story: Story, pieces: Sequence[StoryItem]) -> list[Correction]:
    """Put publications into a story: each is tied to the publication that opened the story."""
    return [Correction(p.name, story.opener, together=True) for p in pieces if p.name != story.opener]


def taken_back(story: Story, pieces: Sequence[StoryItem]) -> Iterator[tuple[str, str]]:
    """Return the pairs whose earlier corrections end when publications join a story."""
    return ((piece.name, m.piece.name) for piece in pieces for m in story.members)
