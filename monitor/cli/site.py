"""The command that writes the site, and shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.app import Address, read_store
from monitor.cli.faults import Misuse, writing
from monitor.config.file import load
from monitor.wording.text import count

if TYPE_CHECKING:
    from monitor.config.file import Config
    from monitor.site.build import Built


@click.command()
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="The folder, instead of data/site.")
@click.option(
    "--serve",
    type=Address(),
    metavar="ADDRESS",
    help='Show it at this address, such as "127.0.0.1:8000", until you stop it.',
)
@click.pass_obj
def site(path: Path, output: Path | None, serve: str | None) -> None:
    """Write the pages to look at, as files.

    They show every council, every letter by page, who moved and who waits. Files that have not changed stay as they
    are.
    """
    config = load(path)
    folder = output or config.site_dir
    with writing(folder):
        built = _write(config, folder)
    click.echo(f"{folder}: {built.made:,} of {count(built.pages, 'page')} made, {count(built.written, 'file')} written")
    if serve:
        show(folder, serve)


def _write(config: Config, folder: Path) -> Built:
    from datetime import UTC, datetime

    from monitor.service import sign_of_life
    from monitor.site.build import write

    now = datetime.now(UTC)
    running = sign_of_life.is_alive(sign_of_life.last(config.data_dir), now)
    with read_store(config) as store:
        return write(store, config, folder, now, scheduled=running)


def show(folder: Path, address: str) -> None:
    """Serve a folder until the person stops it. Raises Misuse where the address cannot be had."""
    import signal
    import threading

    from monitor.service.port import Port
    from monitor.site.serving import application

    stopped = threading.Event()
    try:
        port = Port(address, application(folder))
    except OSError as error:
        raise Misuse(f"--serve {address}: {error.strerror or error}") from None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    click.echo(f"http://{address}/ (Ctrl-C ends it)")
    stopped.wait()
    port.stop()
