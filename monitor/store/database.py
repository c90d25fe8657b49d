"""Opening the data folder, and transactions.

One writer at a time: every change is made inside `transaction()`, which takes SQLite's write lock
at once (`BEGIN IMMEDIATE`; a deferred one fails when it reads first and writes later under load).
Whoever only reads opens `Store.reading()`, which takes no write lock and never waits for a writer.
No sqlite-utils here, for the command starts often and that takes a tenth of a second to import.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from monitor.store import backups, migrations
from monitor.store.explain import NoStoreError, StoreError, UnusableStoreError, explained, is_full
from monitor.store.lock import in_turn
from monitor.store.sqlite import refuse_unsafe_log, set_journal, sqlite3

NAME = "ofsted-watch.db"
MIGRATING = "migrate.lock"
"""Whoever brings the database up to date holds this file: two that do it at once would undo each other's steps."""
BUSY_SECONDS = 30.0
READ_BUSY_SECONDS = 10.0
"""A reader waits so long for the moment in which a writer without a write-ahead log commits."""


_OPENED: set[Path] = set()
"""The databases that this process has had open. One that goes meanwhile (a volume is unmounted) is not made anew."""


class Store:
    """The database and the documents of one data folder, made when they are not there."""

    def __init__(self, folder: Path, *, durable: bool = True, anew: bool = False) -> None:
        """Open it; a scratch store need not be `durable` (it does not wait for the disk). A database that this process
        has had open and that has gone is not made `anew` unless that is said: raises NoStoreError."""
        self.folder = folder
        self._durable = durable
        self.documents = folder / "documents"
        self.path = folder / NAME
        if not anew:
            _must_not_have_gone(self.path)
        with _unusable(self.path):
            self.documents.mkdir(parents=True, exist_ok=True)
            _make_private(self.path)
            self.connection = self._open()
        _OPENED.add(self.path.resolve())

    @classmethod
    def reading(cls, folder: Path) -> Store:
        """Open an existing database to read from, also while another process writes.

        Each query is a transaction of its own, so that a reader never holds up a writer. Raises NoStoreError where
        there is no database, UnusableStoreError where it has the shape of another version of the program.
        """
        store = cls.__new__(cls)
        store.folder, store.documents, store.path = folder, folder / "documents", folder / NAME
        store._durable = True
        with _unusable(store.path):
            store.connection = _opened_to_read(store.path)
        return store

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            _prepare(connection, self.path, durable=self._durable)
        except BaseException:
            connection.close()
            raise
        return connection

    @property
    def lasting(self) -> bool:
        """False for a scratch store, from which nobody reads later."""
        return self._durable

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the write-ahead log is folded in."""
        self.connection.close()

    def document_path(self, sha256: str) -> Path:
        """Where a document is kept: its name is its hash, never a word of the network."""
        return self.documents / sha256[:2] / f"{sha256}.pdf"

    def copy_to(self, path: Path) -> None:
        """A consistent copy of the database, also while another process writes."""
        backups.copy(self.connection, path)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; inside another one it is part of that. Raises StoreError when the disk is full or the folder
        cannot be written."""
        inside = self.connection.in_transaction
        if inside:
            yield self.connection
            return
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                refuse_unsafe_log(self.connection)
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def must_be_writable(self) -> None:
        """Raises StoreError where nothing could be written now. A writer at work is proof enough that it can."""
        if is_full(self.folder):
            raise StoreError(f"{self.path}: no space left on the disk")
        if not os.access(self.folder, os.W_OK):  # beside a writer SQLite itself says nothing of a read-only disk
            raise StoreError(f"{self.folder}: the folder is read-only")
        with explained(self.path), closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever others write meanwhile. Nobody waits for it."""
        with explained(self.path):
            inside = self.connection.in_transaction
            if not inside:
                self.connection.execute("BEGIN")
            try:
                yield
            finally:
                if not inside:
                    self.connection.execute("ROLLBACK")

    def changed_elsewhere(self) -> int:
        """A number that moves with each commit of another connection, in this process or another one."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def written(self) -> tuple[int, int]:
        """A value that is another one after each commit, of this connection or of another."""
        return self.changed_elsewhere(), self.connection.total_changes

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """What a query returns. Values are always parameters, never part of the text."""
        with explained(self.path):
            return self.connection.execute(sql, values).fetchall()


def has_database(path: Path) -> bool:
    """Whether there is a database, and not only the empty file that one begins with."""
    return path.exists() and path.stat().st_size > 0


def _must_not_have_gone(path: Path) -> None:
    if path.resolve() in _OPENED and not has_database(path):
        raise NoStoreError(f"{path}: the database has gone since this process opened it")


def _make_private(path: Path) -> None:
    """Let only the owner read the database, whatever the umask: it has people's addresses. SQLite gives its journals
    the same rights."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, backups.PRIVATE))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        with suppress(PermissionError):  # somebody else's, who lets us use it
            path.chmod(backups.PRIVATE)


@contextmanager
def _unusable(path: Path) -> Iterator[None]:
    """What goes wrong in opening a database, as UnusableStoreError; a full disk is a StoreError, for it passes."""
    try:
        with explained(path):
            yield
    except StoreError as error:
        if isinstance(error, UnusableStoreError) or is_full(path.parent):
            raise
        raise UnusableStoreError(str(error)) from error


def _opened_to_read(path: Path) -> sqlite3.Connection:
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


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Apply what another process has not applied while we waited for it."""
    found = migrations.version(connection)
    if 0 < found < migrations.VERSION:
        backups.before_migration(connection, path)
    if found < migrations.VERSION:
        migrations.apply(connection)


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
