"""The commands that answer questions from the letters: search, moves, due."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import click

from monitor.cli.app import Day, as_json, council_option, emit, must_have_kept, one_watched, read_store
from monitor.cli.faults import say
from monitor.config.file import load
from monitor.model import LETTER_KINDS
from monitor.model.days import LONDON

MINUS = "\u2212"
"""A minus sign that is no hyphen, which `query.parse` takes for one."""


class Words(click.Command):
    """A command whose words may begin with a minus: `-locum` is not an option here, `--asked` is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [MINUS + a[1:] if re.match("-[^-]", a) and a != "-h" else a for a in args])


@click.command(cls=Words)
@click.argument("words", nargs=-1, required=True)
@council_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(LETTER_KINDS), help="Only letters of this kind.")
@click.option("--since", type=Day(), help="Only letters published on or after this day.")
@click.option("--asked", is_flag=True, help="Only what inspectors ask to improve.")
@as_json
@click.pass_obj
def search(
    path: Path,
    words: tuple[str, ...],
    names: tuple[str, ...],
    kinds: tuple[str, ...],
    since: str | None,
    asked: bool,
    json_: bool,
) -> None:
    """Show the paragraphs of letters that say WORDS.

    Each is verbatim, with its page and heading.

    \b
    agency staff              both words in one paragraph
    '"agency staff"'          side by side
    'agency OR locum'         either
    agency -locum             the one, not the other
    'permanen*'               words that begin so
    """
    from monitor.cli.ask_pages import search_page
    from monitor.public import reading
    from monitor.query import parse
    from monitor.views import search as view

    config, query = load(path), parse(" ".join(words))
    urns = [one_watched(config, name).ofsted_urn for name in names]
    choice = reading.Choice(urns, kinds, since or "", asked)
    must_have_kept(config)
    with reading.opened(config.data_dir) as public:
        coverage, hits = public.coverage(choice), public.search(query, choice)
    if not json_:
        click.echo(search_page(coverage, hits))
    for line in (view.coverage_json(coverage), *map(view.hit_json, hits)) if json_ else ():
        emit(line)


@click.command()
@click.option("--since", type=Day(), help="In reports published on or after this day.")
@click.option("--until", type=Day(), help="In reports published on or before this day.")
@as_json
@click.pass_obj
def moves(path: Path, since: str | None, until: str | None, json_: bool) -> None:
    """List the judgements that moved, newest first. They come from the letters themselves."""
    from monitor.cli.ask_pages import moves_page
    from monitor.views import moves as view
    from monitor.views.sector import sector

    config = load(path)
    with read_store(config) as store:
        found = sector(store, config.watched())
    moved = view.moves(found.views, since or "", until or "9999")
    if json_:
        for move in moved:
            emit(view.as_json(move))
        say(found.compared("compared"))
    else:
        click.echo(moves_page(moved, found.compared("Compared")))


@click.command()
@click.option("--on", type=Day(), help="As of this day instead of today.")
@council_option
@click.option("--inadequate", is_flag=True, help="Only councils judged inadequate, or under a notice or direction.")
@as_json
@click.pass_obj
def due(path: Path, on: str | None, names: tuple[str, ...], inadequate: bool, json_: bool) -> None:
    """Show how long each council has waited. Counted from the day on which its last full inspection began: facts, never
    a forecast."""
    from monitor.cli.ask_pages import due_page
    from monitor.views import due as view
    from monitor.views.sector import sector

    config = load(path)
    wanted = {one_watched(config, name).ofsted_urn for name in names}
    with read_store(config) as store:
        found = sector(store, config.watched())
    day = date.fromisoformat(on) if on else datetime.now(LONDON).date()
    waits = [d for d in view.due(found.views, day) if not wanted or d.wait.urn in wanted]
    waits = [d for d in waits if d.inadequate or not inadequate]
    if json_:
        for wait in waits:
            emit(view.as_json(wait))
        say(found.compared("counted from"))
    else:
        click.echo(due_page(waits, found.compared("Counted from"), whole=bool(wanted or inadequate)))
