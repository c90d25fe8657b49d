"""The commands backup and restore."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from monitor.cli.app import load, open_store
from monitor.cli.faults import Misuse
from monitor.store.lock import LockedError


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--documents", is_flag=True, help="Write a tar file with the database and the documents.")
@click.pass_obj
def backup(path: Path, file: Path, documents: bool) -> None:
    """Copy the database to a file, even while a crawl uses it."""
    if file.exists():
        raise Misuse(f"{file}: is there already and was left as it is")
    with open_store(load(path)) as store:
        if documents:
            from monitor.store.packed import pack

            pack(store, file)
        else:
            store.copy_to(file)
    click.echo(f"wrote {file}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def restore(path: Path, file: Path) -> None:
    """Replace the database by a backup, and keep the old one beside it. Stop `run` first."""
    from monitor.store.restoring import restore as put_back

    config = load(path)
    if not file.is_file():
        raise Misuse(f"{file}: no such file")
    try:
        done = put_back(config.data_dir, file, datetime.now(UTC))
    except LockedError as error:
        raise Misuse(f"{config.data_dir}: ofsted-watch is at work on it, as process {error.holder}: stop it") from error
    click.echo(f"restored {file} (database version {done.version}, {done.documents} documents brought)")
    if done.kept:
        click.echo(f"the database before it is {done.kept}")
