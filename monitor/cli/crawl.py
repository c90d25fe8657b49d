"""Commands that go out: crawl, run, deliver."""

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
from monitor.cli.pages import outbox_page
from monitor.cli.progress import shown
from monitor.config.file import Config
from monitor.deliver import receipts, ways_out
from monitor.deliver.audience import channels
from monitor.deliver.sender import deliver as drain
from monitor.model import Event, to_json
from monitor.store import Store, outbox
from monitor.store.lock import LockedError
from monitor.watch import source as watch_source
from monitor.watch.run import RunResult
from monitor.watch.source import Round, SourceBusyError


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@council_option
@click.option("--full", is_flag=True, help="Open every council's page, whatever the listing says.")
@click.option("--dry-run", is_flag=True, help="Store and send nothing.")
@click.option("--no-notify", is_flag=True, help="Store what is found, but send nothing now.")
@as_json
@click.pass_obj
def crawl(
    path: Path,
    sources: tuple[str, ...],
    names: tuple[str, ...],
    full: bool,
    dry_run: bool,
    no_notify: bool,
    json_: bool,
) -> int:
    """Crawl now, and tell what was found."""
    config = _crawlable(path, sources)
    what = Round(full, councils(config, names))
    with open_store(config) as real, _scratch(real) if dry_run else _itself(real) as store:
        found = [_crawl(config, store, name, what, json_) for name in sources or config.sources.enabled()]
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
    """Crawl one source and print what was found; whether all of it could be seen."""
    try:
        found = watch_source.crawl_source(config, store, name, what, progress=shown)
    except SourceBusyError as error:
        say(str(error))
        return False
    for line in (*found.notes, *_broken(found)):
        say(line)
    if found.held:
        say(f"{name}: this run is not believed yet: {found.held}")
    _print(found.events, json_)
    return not watch_source.failed([found])


def _broken(found: RunResult) -> list[str]:
    if found.health.wide:
        return [found.health.wide]
    return [f"{target}: {reason}" for target, reason in found.health.broken.items()]


@contextmanager
def _scratch(real: Store) -> Iterator[Store]:
    """A copy of the store that is thrown away."""
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
    """Send what is owed; the failures, each said."""
    told = channels(config)
    receipts.queue(store, config, told, datetime.now(UTC))
    if not outbox.unsent(store):
        return []
    build = ways_out.build(config, sys.stderr if json_ else None)
    failures = drain(store, build, told, lambda: datetime.now(UTC))
    lines = [
        f"channel {f.channel}: {f.reason} ({'given up' if f.given_up else 'will be tried again'})" for f in failures
    ]
    for line in lines:
        say(line)
    return lines


@click.command()
@click.option("--retry", is_flag=True, help="Also what was given up.")
@click.option("--list", "list_", is_flag=True, help="Send nothing; show what is owed to whom, and why it waits.")
@click.option("--forget", metavar="CHANNEL", help="Send nothing; let go what was given up for this channel.")
@click.pass_obj
def deliver(path: Path, retry: bool, list_: bool, forget: str | None) -> int:
    """Send what the outbox holds."""
    if retry + list_ + (forget is not None) > 1:
        raise Misuse("--retry, --list and --forget: use one of them")
    config = load(path)
    if list_:
        with read_store(config) as store:
            click.echo(outbox_page(outbox.ways(store)))
        return 0
    with open_store(config) as store:
        if forget is not None:
            click.echo(f"{_forget(store, forget)} deliveries that were given up are forgotten")
            return 0
        if retry:
            outbox.requeue(store, datetime.now(UTC).isoformat())
        failures = _deliver(config, store)
        click.echo(f"{outbox.unsent(store)} deliveries are still owed")
    return FAILED if failures else 0


def _forget(store: Store, channel: str) -> int:
    with_some = [way["channel"] for way in outbox.ways(store) if way["given_up"]]
    if channel not in with_some:
        names = ", ".join(dict.fromkeys(with_some)) or "none"
        raise Misuse(f'nothing was given up for a channel "{channel}" (there is: {names})')
    return outbox.forget(store, channel)


@click.command()
@click.pass_obj
def run(path: Path) -> int:
    """Crawl and deliver on schedule until told to stop (SIGTERM); SIGHUP reads the configuration again."""
    import logging
    import os

    from monitor.service import logs
    from monitor.service.service import serve

    config = _crawlable(path, ())
    with open_store(config):
        pass  # a data folder that cannot be used is found out now
    logs.set_up(config)
    try:
        ended = serve(config)
    except LockedError as error:
        raise Misuse(f"{config.data_dir}: ofsted-watch runs on it already, as process {error.holder}") from error
    if not ended:
        logging.shutdown()
        os._exit(0)  # what hangs is in a thread, and would hold up the end
    return 0
