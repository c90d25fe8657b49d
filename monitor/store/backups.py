"""Copies of the database, made while it is in use, and checked before they count.

A copy is one file that needs no other. SQLite's backup API makes it, with the write-ahead log folded in, and it gets
its name only after the integrity check. It does not hold the documents: their names are hashes and they never change,
so any program may copy their folder. `pack` puts both into one tar file.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from monitor.store import migrations
from monitor.store.explain import StoreError, explained
from monitor.store.sqlite import sqlite3

FOLDER = "backups"
PRIVATE = 0o600
"""The rights of a database and of its copies: the owner's alone."""
UNFINISHED = ".new-"
"""The name of a file begins like this while it is being written. A file that keeps this name was interrupted."""


def copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copy a database consistently, even while another process writes to it. The copy gets its name last."""
    with explained(path), new_file(path) as new:
        with closing(sqlite3.connect(new)) as into:
            connection.backup(into)
            into.execute("PRAGMA journal_mode = DELETE")
        verify(new, path)


def before_migration(connection: sqlite3.Connection, database: Path) -> None:
    """Copy a database before a migration changes it. An older copy of the same kind stays: an interrupted migration has
    left the database half changed, and only the first copy is whole."""
    path = database.parent / FOLDER / f"before-v{migrations.VERSION}.db"
    with explained(path):
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            path = path.with_stem(f"{path.stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}")
        copy(connection, path)


def verify(path: Path, name: Path | None = None) -> int:
    """Check that a file is a sound database of this program, and return its version. `name` is its name in messages.
    Raises StoreError with the reason."""
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
    """Raise StoreError if a later program wrote the database."""
    if version > migrations.VERSION:
        raise StoreError(
            f"{path}: written by a newer ofsted-watch (database version {version}, this program knows "
            f"{migrations.VERSION}); upgrade the program or use another data folder"
        )


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Open a new file beside `path`. It gets that name if all goes well, and is deleted if not."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    except OSError as error:  # it names a file that nobody asked for
        raise OSError(error.errno, error.strerror, str(path)) from error
    new = Path(name)
    try:
        os.close(handle)
        new.chmod(PRIVATE)
        yield new
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
