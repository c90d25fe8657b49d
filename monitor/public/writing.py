"""Keeps the public database in step with the store: what differs is written in one transaction, so that a reader sees
the state before or after, never half of one.

Each small table is written whole if its rows differ from those written last; the paragraphs of a letter only if its
text does, for they are nearly all of the file.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from monitor.councils.registry import Council
from monitor.model import Paragraph
from monitor.public.gather import gather, mark
from monitor.public.schema import SMALL, STATEMENTS, TABLES, VERSION
from monitor.reference.sources import sources
from monitor.store import Store, StoreError, texts
from monitor.store.explain import explained
from monitor.store.sqlite import DAMAGED, sqlite3
from monitor.version import VERSION as PROGRAM

log = logging.getLogger("ofsted-watch")

NAME = "public.db"
ALL = "all"
"""How the table `made` calls everything that the rows are made from."""
TEXT = "text of "
"""How the table `made` calls the paragraphs of a letter, before its id."""
BUSY_SECONDS = 30.0
OFSTED_LICENCE = (
    "Reports and letters: Ofsted (joint ones with CQC and HMICFRS). Crown copyright, "
    "Open Government Licence v3.0, https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)


class DamagedError(StoreError):
    """The public database was damaged."""


def refresh(store: Store, councils: Iterable[Council]) -> bool:
    """Bring the public database in the store's folder up to date, or make it. True if anything was written. Raises
    StoreError where the folder cannot be written."""
    wanted = list(councils)
    try:
        return _refreshed(store, wanted)
    except DamagedError as error:
        log.warning("%s", error)
        return _refreshed(store, wanted)


def _refreshed(store: Store, wanted: list[Council]) -> bool:
    path = store.folder / NAME
    with store.snapshot():
        marked = mark(store, wanted).encode()
        if _is_made(path, marked):
            return False
        rows = gather(store, wanted)
        packed = texts.packed(store, (letter.sha256 for letter in rows.letter if letter.sha256))
    with explained(path), discarding(path), closing(_opened(path)) as connection, _transaction(connection):
        changed = [table for table in SMALL if _replaced(connection, table, getattr(rows, table))]
        _differs(connection, ALL, marked)
        taken = _paragraphs(connection, {x.id: packed.get(x.sha256 or "", b"") for x in rows.letter})
        if not changed and not taken:
            return False
        _say_about(connection)
    return True


def _is_made(path: Path, marked: bytes) -> bool:
    """Whether the database was made from what this marks."""
    if not usable(path):
        return False
    with explained(path), discarding(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        row = connection.execute("SELECT digest FROM made WHERE part = ?", (ALL,)).fetchone()
        return row is not None and bool(row[0] == sha256(marked).hexdigest())


def keep(store: Store, councils: Iterable[Council]) -> None:
    """The same after a crawl, which does not fail because of it: the next crawl tries again."""
    try:
        refresh(store, councils)
    except StoreError as error:
        log.error("the public database was not brought up to date: %s", error)
    except Exception:
        log.exception("the public database was not brought up to date")


def copy_to(path: Path, target: Path) -> None:
    """A consistent copy of the public database as one file, without free space. Raises StoreError."""
    with explained(target), discarding(path), closing(_connected(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def copied(store: Store, councils: Iterable[Council], target: Path) -> None:
    """The public database as one file, after it was brought up to date. Raises StoreError."""
    wanted = list(councils)
    refresh(store, wanted)
    try:
        copy_to(store.folder / NAME, target)
    except DamagedError as error:
        log.warning("%s", error)
        refresh(store, wanted)
        copy_to(store.folder / NAME, target)


@contextmanager
def discarding(path: Path) -> Iterator[None]:
    """Remove a public database that turns out to be damaged: the next crawl makes it again from the store. Raises
    DamagedError then."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in DAMAGED:
            raise
        with suppress(OSError):
            _remove(path)
        what = "delete it" if path.exists() else "it has been removed"
        raise DamagedError(f"{path}: it was damaged ({error}); {what}, and the next crawl makes it again") from error


def _remove(path: Path) -> None:
    for left in (path, path.with_name(f"{path.name}-journal")):
        left.unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def usable(path: Path) -> bool:
    """Whether a file is a public database of this version of the program."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)
    except sqlite3.DatabaseError:
        return False


def _opened(path: Path) -> sqlite3.Connection:
    """The database to write to; one of another version, or a damaged one, is made anew."""
    if path.exists() and not usable(path):
        _remove(path)
    connection = _connected(path)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            _create(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection) -> None:
    with _transaction(connection):
        for statement in STATEMENTS:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _replaced(connection: sqlite3.Connection, table: str, rows: Iterable[Any]) -> bool:
    """Write a table whole; False where its rows are those that it has."""
    values = [astuple(row) for row in rows]
    if not _differs(connection, table, repr(values).encode()):
        return False
    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    _insert(connection, table, values)
    return True


def _insert(connection: sqlite3.Connection, table: str, values: Iterable[tuple[Any, ...]]) -> None:
    names = [field.name for field in fields(TABLES[table])]
    columns, marks = ", ".join(names), ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608


def _paragraphs(connection: sqlite3.Connection, packed: Mapping[str, bytes]) -> int:
    """Write the paragraphs of letters whose text (packed, by id; empty where there is none) differs from the one
    written last. Returns of how many."""
    parts = connection.execute("SELECT part FROM made WHERE part GLOB ?", (f"{TEXT}*",))
    gone = {part.removeprefix(TEXT) for (part,) in parts} - packed.keys()
    differ = [letter for letter, text in packed.items() if _differs(connection, f"{TEXT}{letter}", text)]
    for letter in (*gone, *differ):
        _forget_text(connection, letter)
    connection.executemany("DELETE FROM made WHERE part = ?", [(f"{TEXT}{letter}",) for letter in gone])
    for letter in differ:
        _keep_text(connection, letter, texts.unpacked(packed[letter]) if packed[letter] else [])
    return len(gone) + len(differ)


def _forget_text(connection: sqlite3.Connection, letter: str) -> None:
    """Delete a letter's paragraphs, and what the index has of them. It must be told the old words."""
    connection.execute(
        """INSERT INTO paragraph_fts (paragraph_fts, rowid, text)
           SELECT 'delete', id, text FROM paragraph WHERE letter = ?""",
        (letter,),
    )
    connection.execute("DELETE FROM paragraph WHERE letter = ?", (letter,))


def _keep_text(connection: sqlite3.Connection, letter: str, found: Iterable[Paragraph]) -> None:
    """Write a letter's paragraphs and index them: in one statement, for triggers take twenty times as long."""
    _insert(connection, "paragraph", [(letter, n, *astuple(p)) for n, p in enumerate(found, 1)])
    connection.execute(
        "INSERT INTO paragraph_fts (rowid, text) SELECT id, text FROM paragraph WHERE letter = ?", (letter,)
    )


def _differs(connection: sqlite3.Connection, part: str, content: bytes) -> bool:
    """Whether a part differs from what was written last; what it is now is noted."""
    digest = sha256(content).hexdigest()
    row = connection.execute("SELECT digest FROM made WHERE part = ?", (part,)).fetchone()
    if row and row[0] == digest:
        return False
    connection.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (part, digest))
    return True


def _say_about(connection: sqlite3.Connection) -> None:
    said = {
        "program": f"ofsted-watch {PROGRAM}",
        "licence": OFSTED_LICENCE,
        "licence of reference data": sources().licence,
    }
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", said.items())
