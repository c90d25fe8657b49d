"""How a database is opened: to write, brought up to date before, or only to read; and what may hinder it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from monitor.store import backups, migrations
from monitor.store.explain import NoStoreError, StoreError, UnusableStoreError, explained, is_full
from monitor.store.lock import in_turn
from monitor.store.sqlite import set_journal, sqlite3

MIGRATING = "migrate.lock"
"""Whoever brings the database up to date holds this file: two that do it at once would undo each other's steps."""
BUSY_SECONDS = 30.0
READ_BUSY_SECONDS = 10.0
"""How long a reader waits while a writer commits without a write-ahead log."""
_OPENED: set[Path] = set()
"""The databases that this process has had open. One that goes meanwhile (a volume is unmounted) is not made anew."""


def has_database(path: Path) -> bool:
    """Whether there is a database, and not only the empty file that one begins with."""
    return path.exists() and path.stat().st_size > 0


def remember(path: Path) -> None:
    """This process has this database open."""
    _OPENED.add(path.resolve())


def must_not_have_gone(path: Path) -> None:
    """Raise NoStoreError where a database that this process has had open is gone."""
    if path.resolve() in _OPENED and not has_database(path):
        raise NoStoreError(f"{path}: the database has gone since this process opened it")


def make_private(path: Path) -> None:
    """Let only the owner read the database, whatever the umask: it has people's addresses. Journals get its rights."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, backups.PRIVATE))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        with suppress(PermissionError):  # somebody else's, who lets us use it
            path.chmod(backups.PRIVATE)


@contextmanager
def unusable(path: Path) -> Iterator[None]:
    """What goes wrong in opening a database, as UnusableStoreError; a full disk is a StoreError, for it passes."""
    try:
        with explained(path):
            yield
    except StoreError as error:
        if isinstance(error, UnusableStoreError) or is_full(path.parent):
            raise
        raise UnusableStoreError(str(error)) from error


def opened_to_write(path: Path, *, durable: bool) -> sqlite3.Connection:
    """A connection to a database, brought up to date. One that need not be `durable` does not wait for the disk."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        _prepare(connection, path, durable=durable)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, durable: bool) -> None:
    found = migrations.version(connection)
    backups.refuse_newer(path, found)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
    set_journal(connection, BUSY_SECONDS)
    if found < migrations.VERSION:
        with in_turn(path.with_name(MIGRATING)):
            _bring_up_to_date(connection, path)
    # A folder that cannot be written is found out now, not after an hour's crawl.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Apply what another process has not applied while we waited for it."""
    found = migrations.version(connection)
    if 0 < found < migrations.VERSION:
        backups.before_migration(connection, path)
    if found < migrations.VERSION:
        migrations.apply(connection)


def opened_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads. Raises NoStoreError where there is no database, UnusableStoreError where it has the
    shape of another version of the program."""
    if not path.exists():
        raise NoStoreError(f"{path}: there is no database yet; `ofsted-watch crawl` or `ofsted-watch run` makes it")
    try:
        return _read_only(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise
    # A writer died in a commit, and whoever only reads cannot undo it. Whoever may write does so with the first read.
    with closing(sqlite3.connect(path, timeout=READ_BUSY_SECONDS)) as writer:
        migrations.version(writer)
    return _read_only(path)


def _read_only(path: Path) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=READ_BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA query_only = ON")
        _refuse_other_version(path, migrations.version(connection))
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_other_version(path: Path, found: int) -> None:
    backups.refuse_newer(path, found)
    if found < migrations.VERSION:
        raise UnusableStoreError(
            f"{path}: written by an older ofsted-watch (database version {found}, this program reads "
            f"{migrations.VERSION}); the next `ofsted-watch crawl` or `run` brings it up to date"
        )
