"""The command that shows stories, and splits or joins them by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.app import as_json, emit, one_watched, open_store, read_store
from monitor.cli.faults import Misuse
from monitor.config.file import load
from monitor.watch import place

if TYPE_CHECKING:
    from monitor.store import Store
    from monitor.stories.arranging import Arranged, Story
    from monitor.stories.item import StoryItem


class Verbs(click.Group):
    """`story split` and `story join`. Any other word is the name of a council."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        plain = [a for a in args if not a.startswith("-")]
        helping = {"-h", "--help"} & set(args)
        if plain and plain[0] not in self.commands and not helping:
            args = ["of", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def story() -> None:
    """Show a council's stories, or correct them by hand.

    A story holds letters and the pages that speak of them, each with the reason.

    \b
    ofsted-watch story COUNCIL [--json]
    ofsted-watch story split STORY PIECE
    ofsted-watch story join STORY STORY|PIECE

    Name a story or a piece as `story COUNCIL` shows it; the beginning is enough. A correction by hand holds, whatever
    is published later.
    """


@story.command("of", hidden=True)
@click.argument("name", metavar="COUNCIL")
@as_json
@click.pass_obj
def of(path: Path, name: str, json_: bool) -> None:
    """Show a council's stories, oldest first, with their pieces."""
    from monitor.store import stories

    config = load(path)
    council = one_watched(config, name)
    with read_store(config) as store:
        found = stories.of_council(store, council.ofsted_urn)
    if not json_ and not found.stories:
        click.echo(f"{council.name}: no story")
    _show(found.stories, json_)
    _show_loose(found.loose, json_)


@story.command()
@click.argument("name", metavar="STORY")
@click.argument("piece")
@as_json
@click.pass_obj
def split(path: Path, name: str, piece: str, json_: bool) -> None:
    """Take a piece out of a story for good. It opens a story of its own, or joins another that fits."""
    from monitor.stories import corrections

    with open_store(load(path)) as store:
        known, of = _named(store, name)
        out = _piece((m.piece for m in of.members), piece, f"story {of.id}")
        if not corrections.split(of, out):
            raise Misuse(f"story {of.id} has nothing else: an agenda item is not parted from its minutes and papers")
        with store.transaction():
            after = place.split(store, of, out, datetime.now(UTC).isoformat())
    _show(_touched(known, after), json_)


@story.command()
@click.argument("name", metavar="STORY")
@click.argument("other", metavar="STORY|PIECE")
@as_json
@click.pass_obj
def join(path: Path, name: str, other: str, json_: bool) -> None:
    """Put a piece, or all of another story, into a story for good."""
    with open_store(load(path)) as store:
        known, into = _named(store, name)
        pieces = _joining(known, into, other)
        with store.transaction():
            after = place.join(store, into, pieces, datetime.now(UTC).isoformat())
    _show(_touched(known, after), json_)


def _named(store: Store, name: str) -> tuple[Arranged, Story]:
    """The story with this name or beginning, and the council's other stories."""
    from monitor.store import stories

    known = stories.of_council(store, name.partition("-")[0])
    found = [s for s in known.stories if s.id.startswith(stories.now_called(store, name))]
    if len(found) != 1:
        raise Misuse(_which("story", name, [s.id for s in found]))
    return known, found[0]


def _joining(known: Arranged, into: Story, name: str) -> list[StoryItem]:
    """The pieces of another story of the council, or one piece from another story or from none."""
    others = [s for s in known.stories if s.id != into.id]
    found = [s for s in others if s.id.startswith(name)]
    if len(found) == 1:
        return [m.piece for m in found[0].members]
    pieces = [*(m.piece for s in others for m in s.members), *known.loose]
    return [_piece(pieces, name, f"the council's other stories ({', '.join(s.id for s in others) or 'none'})")]


def _piece(pieces: Iterable[StoryItem], name: str, where: str) -> StoryItem:
    """The piece with this name, beginning or address."""
    found = [p for p in pieces if p.name.startswith(name) or p.url == name]
    if len(found) != 1:
        raise Misuse(_which("piece", name, [p.name for p in found]) + f" in {where}")
    return found[0]


def _which(what: str, name: str, found: Sequence[str]) -> str:
    return f'"{name}" may be {" or ".join(found)}' if found else f'no {what} "{name}"'


def _touched(before: Arranged, after: Arranged) -> list[Story]:
    """The stories that have changed."""
    known = {s.id: {m.piece.name for m in s.members} for s in before.stories}
    return [s for s in after.stories if known.get(s.id) != {m.piece.name for m in s.members}]


def _show(stories: Iterable[Story], json_: bool) -> None:
    from monitor.cli.story_pages import story_page
    from monitor.stories import view as story_view

    for found in stories:
        shown = story_view.as_json(found)
        emit(shown) if json_ else click.echo(story_page(shown))


def _show_loose(pieces: Sequence[StoryItem], json_: bool) -> None:
    """Show the pages in no story, to join by hand."""
    from monitor.cli.story_pages import loose_page
    from monitor.stories import view as story_view

    if pieces:
        shown = story_view.loose(pieces)
        emit(shown) if json_ else click.echo(loose_page(shown))
