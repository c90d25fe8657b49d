"""A data folder that is open: transactions, snapshots, queries.

One writer at a time: every change is made inside `transaction()`, which takes SQLite's write lock
at once (`BEGIN IMMEDIATE`; a deferred one fails when it reads first and writes later under load).
Whoever only reads opens `Store.reading()`, which takes no write lock and never waits for a writer.
No sqlite-utils here, for the command starts often and that takes a tenth of a second to import.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from monitor.model.crawl import file_of
from monitor.store import backups
from monitor.store.explain import StoreError, explained, is_full, is_read_only
from monitor.store.opening import make_private, must_not_have_gone, opened_to_read, opened_to_write, remember, unusable
from monitor.store.sqlite import refuse_unsafe_log, sqlite3

NAME = "ofsted-watch.db"


class Store:
    """The database and the documents of one data folder, made when they are not there. `lasting` is False for a scratch
    store, from which nobody reads later."""

    def __init__(self, folder: Path, *, durable: bool = True, anew: bool = False) -> None:
        """Open the database, or make it. If it need not be `durable` (a scratch store), it does not wait for the disk.
        Raises NoStoreError if this process has had it open before and it is gone, unless it is to be made `anew`."""
        self.folder = folder
        self.lasting = durable
        self.documents = folder / "documents"
        self.path = folder / NAME
        if not anew:
            must_not_have_gone(self.path)
        with unusable(self.path):
            self.documents.mkdir(parents=True, exist_ok=True)
            make_private(self.path)
            self.connection = opened_to_write(self.path, durable=durable)
        remember(self.path)

    @classmethod
    def reading(cls, folder: Path) -> Store:
        """Open an existing database to read from, also while another process writes.

        Each query is a transaction of its own, so that a reader never holds up a writer. Raises NoStoreError where
        there is no database, UnusableStoreError where it has the shape of another version of the program.
        """
        store = cls.__new__(cls)
        store.folder, store.documents, store.path = folder, folder / "documents", folder / NAME
        store.lasting = True
        with unusable(store.path):
            store.connection = opened_to_read(store.path)
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; the write-ahead log is folded in."""
        self.connection.close()

    def document_path(self, sha256: str) -> Path:
        """Where a document is kept."""
        return self.documents / file_of(sha256)

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
        if is_read_only(self.folder):  # beside a writer SQLite itself says nothing of a read-only disk
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
