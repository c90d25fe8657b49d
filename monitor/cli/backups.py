"""The commands backup and restore."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.app import open_store
from monitor.cli.faults import Misuse, folder_of, say
from monitor.config.file import Config, load
from monitor.store.lock import LockedError
from monitor.wording.text import count

if TYPE_CHECKING:
    from monitor.store.restoring import Restored


@click.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False, dir_okay=False))
@click.option("--documents", is_flag=True, help="Write a tar file with the database and the documents.")
@click.pass_obj
def backup(path: Path, file: Path, documents: bool) -> None:
    """Copy the database to a file, even while a crawl uses it."""
    if file.exists():
        raise Misuse(f"{file}: is there already and was left as it is")
    folder_of(file)
    with open_store(load(path)) as store:
        left_out: list[str] = []
        if documents:
            from monitor.store.packed import pack

            left_out = pack(store, file)
        else:
            store.copy_to(file)
    click.echo(f"wrote {file}")
    for name in left_out:
        say(f"{name}: cannot be read or is not what its name says, and is not in the backup")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, readable=False, dir_okay=False))
@click.option("--from-replica", is_flag=True, help="Take the replica (store.replica) instead of a file.")
@click.pass_obj
def restore(path: Path, file: Path | None, from_replica: bool) -> None:
    """Replace the database by a backup. The old one stays beside it. Stop `run` first."""
    config = load(path)
    if (file is not None) == from_replica:
        raise Misuse("restore: name a file, or use --from-replica")
    if file is not None and not file.is_file():
        raise Misuse(f"{file}: no such file")
    try:
        done = _put_back(config, file)
    except LockedError as error:
        raise Misuse(f"{config.data_dir}: ofsted-watch is at work on it, as process {error.holder}: stop it") from error
    brought = f"database version {done.version}, {count(done.documents, 'document')} brought"
    click.echo(f"restored {file or config.store.replica} ({brought})")
    for name in done.left_out:
        say(f"{name}: is not what its name says, and was left out")
    if done.kept:
        click.echo(f"the database before it is {done.kept}")


def _put_back(config: Config, file: Path | None) -> Restored:
    from monitor.store.replica import Replica
    from monitor.store.restoring import restore, restore_replica

    now = datetime.now(UTC)
    if file is not None:
        return restore(config.data_dir, file, now)
    if config.store.replica is None:
        raise Misuse(f"{config.path}: store.replica: there is none")
    return restore_replica(Replica(config.store.replica, config.data_dir), now)
