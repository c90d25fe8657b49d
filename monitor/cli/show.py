"""The commands that show what is known: events, council, status, export, preview."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.app import Day, as_json, brief, council_option, emit, one_watched, read_store
from monitor.cli.faults import FAILED, Misuse, say
from monitor.config.file import Config, load
from monitor.model import EVENT_KINDS, to_json
from monitor.model.days import LONDON
from monitor.store import Store, job_runs, outbox, said
from monitor.wording.dates import day
from monitor.wording.text import count

if TYPE_CHECKING:
    from monitor.deliver.preview import PreviewedMessage


@click.command()
@click.option("--since", type=Day(), help="Found on or after this day: 2025-05-13, yesterday, 7d.")
@council_option
@click.option("--kind", help="An event kind, or a pattern such as report.*")
@as_json
@click.pass_obj
def events(path: Path, since: str | None, names: tuple[str, ...], kind: str | None, json_: bool) -> None:
    """List what has been found, oldest first."""
    from fnmatch import fnmatchcase

    if kind is not None and not any(fnmatchcase(k, kind) for k in EVENT_KINDS):
        raise Misuse(f'no event is of kind "{kind}" (there are: {", ".join(EVENT_KINDS)})')
    config = load(path)
    urns = {config.registry.find(name).ofsted_urn for name in names}
    with read_store(config) as store:
        found = [e for e in outbox.events(store, since=since, kind=kind) if not urns or e.urn in urns]
    for event in found:
        emit(to_json(event)) if json_ else click.echo(brief(event))
    if not (found or json_):
        click.echo("Nothing found. The first look at a council is its baseline, and makes no events.")


@click.command()
@click.argument("name")
@as_json
@click.pass_obj
def council(path: Path, name: str, json_: bool) -> None:
    """Show a council: judgements, history, what is asked.

    Also its last visits, its open story, its wait and its neighbours.
    """
    from monitor.cli.beside_pages import neighbours_page, wait_page
    from monitor.cli.pages import council_page
    from monitor.views import beside, due
    from monitor.views import council as council_view
    from monitor.views.sector import sector

    config = load(path)
    wanted = one_watched(config, name)
    with read_store(config) as store:
        found = sector(store, config.watched())
    view = next(v for v in found.views if v.council == wanted)
    waited = beside.wait(found, wanted.ofsted_urn, datetime.now(LONDON).date())
    near = beside.neighbours(found, config.registry, wanted.ofsted_urn)
    known = council_view.as_json(view)
    if json_:
        emit(known | {"wait": due.as_json(waited) if waited else None, "neighbours": beside.as_json(near)})
    else:
        click.echo("\n".join([council_page(known), *wait_page(waited), *neighbours_page(near)]))


@click.command()
@click.option("--strict", is_flag=True, help="Fail also if `run` gives no sign of life, or a message is overdue.")
@click.option("--politeness", is_flag=True, help="Show the requests to each source on each of the last 30 days.")
@as_json
@click.pass_obj
def status(path: Path, strict: bool, politeness: bool, json_: bool) -> int:
    """Show whether `run` is alive and how each source stands.

    Also the last and the next look, what was found last, and what waits to be sent. The exit status is 1 if a source
    cannot be seen or a message cannot be sent.
    """
    from monitor.cli.queue_pages import queue
    from monitor.cli.status_pages import politeness_page, status_page
    from monitor.views import status as status_view

    config, now = load(path), datetime.now(UTC)
    with read_store(config) as store:
        if politeness:
            days = job_runs.by_day(store, (now - timedelta(days=30)).date().isoformat())
            click.echo("\n".join(map(json.dumps, days)) if json_ else politeness_page(days))
            return 0
        found = _alive(config, now) | status_view.of(store, config, now) | {"disk": status_view.disk(store)}
        last = outbox.latest(store)
    found |= {"queue": queue(config)}
    if json_:
        emit(found)
    else:
        click.echo(status_page(found, last))
    amiss = strict and (not found["alive"] or found["overdue"])
    return FAILED if amiss or not found["healthy"] else 0


def _alive(config: Config, now: datetime) -> dict[str, Any]:
    """Whether `run` turns, by the sign of life that it keeps in the data folder."""
    from monitor.service import sign_of_life

    seen = sign_of_life.last(config.data_dir)
    return {
        "alive": sign_of_life.is_alive(seen, now),
        "sign_of_life": seen.isoformat(timespec="seconds") if seen else None,
    }


@click.command()
@click.pass_obj
def health(path: Path) -> int:
    """Say by the exit status whether all is well.

    It is 0 if `run` turns, the store can be written and Ofsted is seen; otherwise 1, with each reason in a line. What
    one council's site does is for `status` to say.
    """
    from monitor.service import health as watch_health

    faults = list(watch_health.faults(load(path), datetime.now(UTC)))
    for fault in faults:
        say(fault)
    return FAILED if faults else 0


@click.command()
@click.argument("name", metavar="CHANNEL")
@click.option("--since", type=Day(), help="Published (or found) on or after this day.")
@as_json
@click.pass_obj
def preview(path: Path, name: str, since: str | None, json_: bool) -> None:
    """Show the messages that a channel would have got. They come from the stored history, each with its time. Nothing
    is sent."""
    from monitor.cli.pages import preview_page

    config = load(path)
    names = [c.name for c in config.channels]
    if name not in names:
        raise Misuse(f'{path}: no channel "{name}" (there is: {", ".join(names) or "none"})')
    with read_store(config) as store:
        found, messages, often = _previewed(config, store, name, since or "")
    for event in (event for message in messages for event in message.events if json_):
        emit(to_json(event))
    for message in () if json_ else messages:
        click.echo(preview_page(message.at, message.events, reply=message.reply, loud=message.loud))
    if not json_:
        told = sum(len(m.events) for m in messages)
        of_them = f"{told or 'none'} of {count(found, 'event')} would have gone to {name}"
        click.echo(f"{of_them}, in {count(len(messages), 'message')}" if told else of_them)
    for line in often:
        say(line) if json_ else click.echo(line)


def _previewed(config: Config, store: Store, name: str, since: str) -> tuple[int, list[PreviewedMessage], list[str]]:
    """How many events there were, the messages that a channel would have got, and how often its words were said."""
    from monitor.crawl.targets import subject
    from monitor.deliver import preview as previews
    from monitor.deliver.audience import audience

    told_now, texts = audience(config)(store, datetime.now(UTC)), said.of(store)
    urns = {c.ofsted_urn for c in config.watched()}
    about = partial(subject, config)
    found = previews.history(store, about, urns, since)
    channel = next(c for c in told_now if c.name == name)
    messages = previews.preview(found, channel, told_now, texts)
    back = f"{datetime.now(LONDON) - previews.LOOKED_BACK:%Y-%m-%d}"
    lately = previews.history(store, about, urns, back) if channel.words else []
    often = previews.how_often(lately, channel, told_now, texts)
    lines = [f"{w.words}: {count(w.letters, 'letter')} and {count(w.pages, 'page')} since {day(back)}" for w in often]
    return len(found), messages, lines
