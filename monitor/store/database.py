"""Opening the data folder, and transactions.

One writer at a time: every change is made inside `transaction()`, which takes SQLite's write lock
at once (`BEGIN IMMEDIATE`; a deferred one fails when it reads first and writes later under load).
Plain sqlite3 here, for the command starts often and sqlite-utils takes a tenth of a second to import.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from monitor.store import backups, migrations
from monitor.store.explain import StoreError, UnusableStoreError, explained, is_full

NAME = "ofsted-watch.db"
BUSY_SECONDS = 30.0


class Store:
    """The database and the documents of one data folder, made when they are not there."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Open it; a scratch store need not be `durable` (it does not wait for the disk)."""
        self.folder = folder
        self._durable = durable
        self.documents = folder / "documents"
        self.path = folder / NAME
        try:
            with explained(self.path):
                self.documents.mkdir(parents=True, exist_ok=True)
                self.connection = self._open()
        except StoreError as error:
            if is_full(folder):
                raise
            raise UnusableStoreError(str(error)) from error

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            _prepare(connection, self.path, durable=self._durable)
        except BaseException:
            connection.close()
            raise
        return connection

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
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
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

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """What a query returns. Values are always parameters, never part of the text."""
        with explained(self.path):
            return self.connection.execute(sql, values).fetchall()


def _prepare(connection: sqlite3.Connection, path: Path, *, durable: bool) -> None:
    found = migrations.version(connection)
    backups.refuse_newer(path, found)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
    connection.execute("PRAGMA journal_mode = WAL")
    if found < migrations.VERSION:
        if found:
            backups.before_migration(connection, path)
        migrations.apply(connection)
    # A folder that cannot be written is found out now, not after an hour's crawl.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")
