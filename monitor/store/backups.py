"""Copies of the database: made while it is in use, proved before they count, put back whole or not at all.

A copy is one file that needs no other: SQLite's backup API makes it, its write-ahead log is folded in, and it gets its
name only after it was found sound. Documents are not in it: they are named by their hash and never change, so
that any program may copy their folder; `pack` puts both in one tar file.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.store import migrations
from monitor.store.explain import StoreError, explained

if TYPE_CHECKING:
    from monitor.store.database import Store

FOLDER = "backups"
NIGHTLY = "ofsted-watch-*.db"
UNFINISHED = ".new-"
"""How the names begin of files that are being written; one that stays behind was cut off."""


def copy(connection: sqlite3.Connection, path: Path) -> None:
    """A consistent copy of a database, also while another process writes; its name is given to it last."""
    with explained(path), new_file(path) as new:
        with closing(sqlite3.connect(new)) as into:
            connection.backup(into)
            into.execute("PRAGMA journal_mode = DELETE")
        verify(new, path)


def nightly(store: Store, now: datetime, keep: int) -> Path:
    """A backup named by its time (UTC) in the data folder; of these, the newest `keep` stay."""
    folder = store.folder / FOLDER
    with explained(folder):
        folder.mkdir(exist_ok=True)
        path = folder / NIGHTLY.replace("*", f"{now:%Y%m%d-%H%M%S}")
        path.unlink(missing_ok=True)
        copy(store.connection, path)
        for old in sorted(folder.glob(NIGHTLY))[:-keep]:
            old.unlink()
    return path


def before_migration(connection: sqlite3.Connection, database: Path) -> None:
    """Keep a database as it is before it gets the shape of this version. An older such copy stays: a migration
    that was cut off has left its database half changed, and the first copy is of the whole one."""
    path = database.parent / FOLDER / f"before-v{migrations.VERSION}.db"
    with explained(path):
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            path = path.with_stem(f"{path.stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}")
        copy(connection, path)


def verify(path: Path, name: Path | None = None) -> int:
    """The version of a sound database of ours; `name` is what to call it. Raises StoreError with the reason."""
    shown = name or path
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as found:
            version = migrations.version(found)
            sound = found.execute("PRAGMA integrity_check(1)").fetchone()[0]
            ours = found.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('records', 'runs')").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{shown}: no sound database: {error}") from error
    if sound != "ok":
        raise StoreError(f"{shown}: no sound database: {' '.join(str(sound).split())}")
    if ours != 2:
        raise StoreError(f"{shown}: a database, but none of ofsted-watch")
    refuse_newer(shown, version)
    return version


def refuse_newer(path: Path, version: int) -> None:
    """Raises StoreError where a later program wrote a database."""
    if version > migrations.VERSION:
        raise StoreError(
            f"{path}: written by a newer ofsted-watch (database version {version}, this program knows "
            f"{migrations.VERSION}); upgrade the program or use another data folder"
        )


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to, which takes its name when all went well and goes when it did not."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    new = Path(name)
    try:
        with open(handle, "wb"):  # noqa: PTH123 - a handle, not a path
            new.chmod(0o644)
        yield new
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
