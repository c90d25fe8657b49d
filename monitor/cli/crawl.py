"""The commands that use the network: crawl, run, deliver."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from monitor.cli.app import as_json, brief, council_option, councils, emit, load, open_store, read_store
from monitor.cli.faults import FAILED, Misuse, say
from monitor.cli.progress import Looks, seen_lines
from monitor.cli.status_pages import outbox_page
from monitor.cli.worker import must_have_queue
from monitor.config.file import Config
from monitor.deliver import receipts, reminders, unseen, ways_out
from monitor.deliver.audience import audience
from monitor.deliver.gate import gate
from monitor.deliver.sender import send_due
from monitor.model import Event, to_json, watched_pages
from monitor.model.reach import Depth
from monitor.store import Store, StoreError, outbox, sending, sources
from monitor.store.lock import LockedError, is_stopped
from monitor.store.replica import Replica
from monitor.views import outbox as outbox_view
from monitor.watch import source as watch_source
from monitor.watch.run import RunResult
from monitor.watch.source import Round, SourceBusyError

LAST_SENT = 10
"""Messages that `deliver --list` shows as sent last."""


@click.command()
@click.argument("sources_", nargs=-1, metavar="[SOURCE]...")
@council_option
@click.option("--full", is_flag=True, help="Read everything, not only what is listed as new; wait for no host.")
@click.option("--dry-run", is_flag=True, help="Store and send nothing.")
@click.option("--no-notify", is_flag=True, help="Store the news, but send nothing now.")
@click.option("--new-data", is_flag=True, help="Begin anew although there was a database before.")
@as_json
@click.pass_obj
def crawl(
    path: Path,
    sources_: tuple[str, ...],
    names: tuple[str, ...],
    full: bool,
    dry_run: bool,
    no_notify: bool,
    new_data: bool,
    json_: bool,
) -> int:
    """Crawl now, print the news, and send the messages."""
    config = _crawlable(path, sources_)
    what = Round(Depth.EVERYTHING if full else Depth.NEW, councils(config, names), waits=not full)
    with open_store(config, anew=new_data) as real, _scratch(real) if dry_run else _itself(real) as store:
        found = [_crawl(config, store, name, what, json_) for name in sources_ or config.sources.enabled()]
        failures = [] if dry_run or no_notify else _deliver(config, store, json_=json_)
    return FAILED if failures or not all(found) else 0


def _crawlable(path: Path, sources: tuple[str, ...]) -> Config:
    config = load(path)
    enabled, known = config.sources.enabled(), config.sources.commanded()
    for name in sources:
        if name not in known:
            have = ", ".join(known) or "none"
            raise Misuse(f'no source "{name}" is switched on in {path} (there is: {have})')
    if not enabled:
        raise Misuse(f"{path}: no source is switched on")
    problem = config.contact_problem()
    if problem:
        raise Misuse(problem)
    return config


def _crawl(config: Config, store: Store, name: str, what: Round, json_: bool) -> bool:
    """Crawl one source and print what it found. Return True if the crawl could see all of it."""
    fresh, tally = not sources.baselined(store, watched_pages.split(name)[0]), Looks()
    try:
        found = watch_source.crawl_source(config, store, name, what, progress=tally.shown)
    except SourceBusyError as error:
        say(str(error))
        return False
    for line in (*found.notes, *_broken(config, found)):
        say(line)
    if found.held:
        say(f"{name}: this run is not believed yet: {found.held}")
    _print(found.events, json_)
    for line in seen_lines(store, name, tally.count, len(found.events), baseline=fresh):
        say(line)
    return not watch_source.failed([found])


def _broken(config: Config, found: RunResult) -> list[str]:
    if found.health.wide:
        return [str(found.health.wide)]
    return [f"{_called(config, target)}: {reason}" for target, reason in found.health.broken.items()]


def _called(config: Config, target: str) -> str:
    """A target for people: its council's name, or its own."""
    council = config.registry.by_urn(target)
    return council.name if council else target


@contextmanager
def _scratch(real: Store) -> Iterator[Store]:
    """Yield a copy of the store, and delete it afterwards."""
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-") as folder:
        real.copy_to(Path(folder) / real.path.name)
        with Store(Path(folder)) as copy:
            yield copy


@contextmanager
def _itself(real: Store) -> Iterator[Store]:
    yield real


def _print(events: tuple[Event, ...], json_: bool) -> None:
    for event in events:
        emit(to_json(event)) if json_ else click.echo(brief(event))


def _deliver(config: Config, store: Store, *, json_: bool = False) -> list[str]:
    """Send what waits in the outbox. Print and return the failures."""
    from monitor.service import logs

    now = datetime.now(UTC)
    told = audience(config)(store, now)
    receipts.queue(store, config, told, now)
    reminders.queue(store, config, told, now)
    unseen.queue(store, config, told, now)
    if not outbox.unsent(store):
        return []
    logs.to_terminal(config)
    build = ways_out.build(config, sys.stderr if json_ else None)
    try:
        failures = send_due(store, build, told, lambda: datetime.now(UTC), gate=gate(config))
    except LockedError as error:
        return _busy(error)
    lines = [
        f"channel {f.channel}: {f.reason} ({'given up' if f.given_up else 'will be tried again'})" for f in failures
    ]
    for line in lines:
        say(line)
    return lines


def _busy(error: LockedError) -> list[str]:
    """Another process sends the same. That is a failure only where it is stopped, for then nothing is sent."""
    if not is_stopped(error.holder):
        say(f"process {error.holder} is sending already")
        return []
    line = f"nothing is sent: process {error.holder}, which sends, is stopped; resume or end it"
    say(line)
    return [line]


@click.command()
@click.option("--retry", is_flag=True, help="Also send messages that were given up, and do not wait for the next try.")
@click.option("--list", "list_", is_flag=True, help="Send nothing; show which messages wait for whom, and why.")
@click.option(
    "--forget", metavar="CHANNEL", help="Send nothing; drop this channel's messages that were given up or are held."
)
@click.pass_obj
def deliver(path: Path, retry: bool, list_: bool, forget: str | None) -> int:
    """Send the messages that wait in the outbox."""
    if retry + list_ + (forget is not None) > 1:
        raise Misuse("--retry, --list and --forget: use one of them")
    config = load(path)
    if list_:
        with read_store(config) as store:
            sent = sending.last_sent(store, LAST_SENT)
            click.echo(outbox_page(outbox_view.routes(store, config, datetime.now(UTC)), sent))
        return 0
    with open_store(config) as store:
        if forget is not None:
            click.echo(f"{_forget(config, store, forget)} deliveries that were given up or held are forgotten")
            return 0
        if retry:
            outbox.requeue(store, datetime.now(UTC).isoformat())
        failures = _deliver(config, store)
        held = sum(way["owed"] for way in outbox_view.routes(store, config, datetime.now(UTC)) if way["held"])
        of_them = f"; {held} of them are held (see deliver --list)" if held else ""
        click.echo(f"{outbox.unsent(store)} deliveries are still owed{of_them}")
    return FAILED if failures else 0


def _forget(config: Config, store: Store, channel: str) -> int:
    found = outbox_view.routes(store, config, datetime.now(UTC))
    with_some = [way["channel"] for way in found if way["given_up"] or (way["held"] and way["owed"])]
    if channel not in with_some:
        names = ", ".join(dict.fromkeys(with_some)) or "none"
        raise Misuse(f'nothing was given up or is held for a channel "{channel}" (there is: {names})')
    return outbox.forget(store, channel, outbox_view.held(found, channel))


@click.command()
@click.pass_obj
def run(path: Path) -> int:
    """Crawl and send on schedule, until SIGTERM ends it. SIGHUP reads the configuration again."""
    import logging
    import os

    from monitor.service import logs
    from monitor.service.heartbeat import beat
    from monitor.service.service import serve

    config = _crawlable(path, ())
    if config.store.replica and (refusal := Replica(config.store.replica, config.data_dir).refusal()):
        raise Misuse(f"{path}: {refusal}")
    if config.run.queue:
        must_have_queue(config)
    try:
        with open_store(config):
            pass  # a data folder that cannot be used is found out now
    except StoreError:
        beat(config, well=False)
        raise
    logs.set_up(config)
    try:
        ended = serve(config)
    except LockedError as error:
        raise Misuse(f"{config.data_dir}: ofsted-watch runs on it already, as process {error.holder}") from error
    if not ended:
        logging.shutdown()
        os._exit(0)  # what hangs is in a thread, and would hold up the end
    return 0
