"""The commands that set up and maintain an installation: init, check, release, reread, demo."""

from __future__ import annotations

from datetime import UTC, datetime
from math import inf
from pathlib import Path

import click

from monitor.cli.app import Address, as_json, emit, open_store
from monitor.cli.faults import FAILED, Misuse, make_empty, say, writing
from monitor.config.file import SAMPLE, Config, load
from monitor.councils.registry import Registry
from monitor.model import watched_pages
from monitor.model.sources import OFSTED, SOURCES

DEMO_ADDRESS = "127.0.0.1:8000"


@click.command()
@click.option("--council", "names", multiple=True, metavar="NAME", help="Watch only this council; may be repeated.")
@click.pass_obj
def init(path: Path, names: tuple[str, ...]) -> None:
    """Write a commented configuration. An existing file stays as it is."""
    registry = Registry.load()
    chosen = [registry.find(name).name for name in names]
    text = SAMPLE.read_text(encoding="utf-8")
    if chosen:
        listed = ", ".join(f'"{name}"' for name in chosen)
        text = text.replace('councils = "all"', f"councils = [{listed}]", 1)
    if path.exists():
        raise Misuse(f"{path}: is there already and was left as it is: edit it, or call init in another folder")
    with writing(path), path.open("x", encoding="utf-8") as file:
        file.write(text)
    click.echo(f'wrote {path}: set http.contact in it, then "ofsted-watch check"')


@click.command()
@click.option("--send-test", is_flag=True, help="Send a test message to each channel.")
@click.option(
    "--probe",
    "names",
    multiple=True,
    metavar="NAME",
    help='Look at a council, a source, page.NAME or "all", and say what is recognised; may be repeated.',
)
@click.option(
    "--capture",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --probe: keep every answer in this folder, to send it to a maintainer.",
)
@click.pass_obj
def check(path: Path, send_test: bool, names: tuple[str, ...], folder: Path | None) -> int:
    """Check the configuration. Say what would be watched and who would be told."""
    from monitor.cli.probing import probe_lines
    from monitor.cli.testing import send_tests
    from monitor.slash_commands.listeners import advice

    if folder and not names:
        raise Misuse("--capture keeps the answers of --probe NAME: which? (a source, a council, or all)")
    config = load(path)
    if problem := config.contact_problem():
        raise Misuse(problem)
    if not names:
        _describe(config)
    failures = [*send_tests(config), *advice(config)] if send_test else []
    for line in failures:
        say(line)
    strange = probe_lines(config, names, folder, datetime.now(UTC)) if names else 0
    return FAILED if failures or strange else 0


def _describe(config: Config) -> None:
    """Say what is watched and who is told, and warn of what will not work."""
    from monitor.cli.check_pages import warnings, watched_lines
    from monitor.slash_commands.answer import stored_lines

    for line in (*watched_lines(config), *stored_lines(config, datetime.now(UTC))):
        click.echo(line)
    for line in warnings(config):
        say(line)


@click.command()
@click.argument("source", default=OFSTED)
@click.pass_obj
def release(path: Path, source: str) -> None:
    """Believe what a quarantined source says, from its next crawl on. "page.NAME" is of the source "page"."""
    from monitor.store import sources

    config = load(path)
    source, _ = watched_pages.split(source)
    if source not in SOURCES:
        raise Misuse(f'no source "{source}" (there is: {", ".join(SOURCES)})')
    with open_store(config) as store:
        if not sources.holds(store, source) and not sources.episodes(store, source):
            raise Misuse(f"{source} is not in quarantine, and nothing of it is held for broken")
        with store.transaction():
            sources.release(store, source)
    click.echo(f"{source}: the next crawl is believed, whatever it changes")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also read again what this version has read.")
@as_json
@click.pass_obj
def reread(path: Path, everything: bool, json_: bool) -> None:
    """Read the kept documents again, and list the corrections. Nobody is told."""
    from dataclasses import asdict

    from monitor.letters.reader import Reader
    from monitor.watch.reread import reread as again
    from monitor.watch.source import Letters

    config = load(path)
    with open_store(config) as store, Reader(registry=config.registry_path, slow_seconds=inf) as reader:
        for found in again(store, Letters(reader), datetime.now(UTC), everything=everything):
            line = f"{found.council}: {found.title}: {found.field}: {found.before} → {found.after}"
            emit(asdict(found)) if json_ else click.echo(line)


@click.command()
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the demo's data in this folder.")
@click.option(
    "--serve",
    is_flag=False,
    flag_value=DEMO_ADDRESS,
    type=Address(),
    metavar="[ADDRESS]",
    help=f"Then show the pages about them at this address ({DEMO_ADDRESS} if you name none), until you stop it.",
)
def demo(keep: Path | None, serve: str | None) -> int:
    """Play six days with made-up councils.

    It shows the messages that people would get, and makes pages about the councils. A built-in site serves the reports;
    it takes under a minute.
    """
    from functools import partial

    from monitor.cli.site import show
    from monitor.demo.play import play

    if keep:
        make_empty(keep, "name a new folder for the demo's data")
    return play(keep, click.echo, partial(show, address=serve) if serve else None)
