"""The commands that crawl: once, or unattended."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from monitor.cli.app import as_json, brief, council_option, emit, one_watched, open_store
from monitor.cli.deliver import send
from monitor.cli.faults import FAILED, Misuse, say
from monitor.cli.progress import Looks, seen_lines
from monitor.cli.worker import must_have_queue
from monitor.config.file import Config, load
from monitor.model import to_json, watched_pages
from monitor.model.reach import Depth
from monitor.store import Store, StoreError, sources
from monitor.store.lock import LockedError
from monitor.watch import source as watch_source
from monitor.watch.run import RunResult
from monitor.watch.source import Round, SourceBusyError
from monitor.wording.source_health import as_seen


@click.command()
@click.argument("sources_", nargs=-1, metavar="[SOURCE]...")
@council_option
@click.option("--full", is_flag=True, help="Read everything, not only what is listed as new; wait for no host.")
@click.option("--dry-run", is_flag=True, help="Store and send nothing.")
@click.option("--no-notify", is_flag=True, help="Store the news, but send nothing now.")
@click.option("--quiet", is_flag=True, help="Print only what is found and what goes wrong, for cron.")
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
    quiet: bool,
    new_data: bool,
    json_: bool,
) -> int:
    """Crawl now, print the news, and send the messages."""
    config = _crawlable(path, sources_)
    chosen = tuple(one_watched(config, name) for name in names)
    what = Round(Depth.EVERYTHING if full else Depth.NEW, chosen, waits=not full)
    with open_store(config, anew=new_data) as real, _scratch(real) if dry_run else nullcontext(real) as store:
        found = [
            _crawl(config, store, name, what, json_=json_, quiet=quiet) for name in sources_ or config.sources.enabled()
        ]
        failures = [] if dry_run or no_notify else send(config, store, json_=json_)
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
    if problem := config.contact_problem():
        raise Misuse(problem)
    return config


def _crawl(config: Config, store: Store, name: str, what: Round, *, json_: bool, quiet: bool) -> bool:
    """Crawl one source and print what it found. Return True if the crawl could see all of it."""
    fresh, tally = not sources.baselined(store, watched_pages.split(name)[0]), Looks(quiet=quiet)
    try:
        found = watch_source.crawl_source(config, store, name, what, progress=tally.shown)
    except SourceBusyError as error:
        say(str(error))
        return False
    for line in (*found.notes, *_broken(config, name, found)):
        say(line)
    if found.held:
        say(f"{name}: this run is not believed yet: {found.held}")
    for event in found.events:
        emit(to_json(event)) if json_ else click.echo(brief(event))
    for line in () if quiet else seen_lines(store, name, tally.count, len(found.events), baseline=fresh):
        say(line)
    return not watch_source.failed([found])


def _broken(config: Config, name: str, found: RunResult) -> list[str]:
    if found.health.wide:
        return [f"{name}: {as_seen(str(found.health.wide))}"]
    broken = found.health.broken.items()
    return [f"{name}: {config.registry.name_of(target)}: {as_seen(str(reason))}" for target, reason in broken]


@contextmanager
def _scratch(real: Store) -> Iterator[Store]:
    """Yield a copy of the store, and delete it afterwards."""
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-") as folder:
        real.copy_to(Path(folder) / real.path.name)
        with Store(Path(folder)) as copy:
            yield copy


@click.command()
@click.pass_obj
def run(path: Path) -> int:
    """Crawl and send on schedule, until SIGTERM ends it. SIGHUP reads the configuration again."""
    import logging
    import os
    import signal

    from monitor.service import logs
    from monitor.service.service import serve

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})  # it would end us; the service obeys it once it stands
    config = _crawlable(path, ())
    _must_be_usable(config)
    logs.set_up(config)
    try:
        ended = serve(config)
    except LockedError as error:
        raise Misuse(f"{config.data_dir}: ofsted-watch runs on it already, as process {error.holder}") from error
    if not ended:
        logging.shutdown()
        os._exit(0)  # what hangs is in a thread, and would hold up the end
    return 0


def _must_be_usable(config: Config) -> None:
    """Find out now whether replica, queue and data folder can be used. Raises Misuse, StoreError."""
    from monitor.service.heartbeat import beat
    from monitor.store.replica import Replica

    if config.store.replica and (refusal := Replica(config.store.replica, config.data_dir).refusal()):
        raise Misuse(f"{config.path}: {refusal}")
    if config.run.queue:
        must_have_queue(config)
    try:
        open_store(config).close()
    except StoreError:
        beat(config, well=False)
        raise
