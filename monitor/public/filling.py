"""Fills the public database: what differs from what was written last is written again, in one transaction, so that a
reader sees the state before or after, never half of one.

Each small table is written whole if its rows differ; the paragraphs of a letter only if its text does, for they are
nearly all of the file. The table `made` says what was written last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from hashlib import sha256
from typing import Any

from monitor.model import Paragraph
from monitor.public.gather import PublicRows
from monitor.public.schema import SMALL, TABLES
from monitor.reference.sources import sources
from monitor.store import texts
from monitor.store.sqlite import sqlite3
from monitor.version import VERSION as PROGRAM

ALL = "all"
"""How the table `made` calls everything that the rows are made from."""


TEXT = "text of "
"""How the table `made` calls the paragraphs of a letter, before its id."""


OFSTED_LICENCE = (
    "Reports and letters: Ofsted (joint ones with CQC and HMICFRS). Crown copyright, "
    "Open Government Licence v3.0, https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written within, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def is_filled(connection: sqlite3.Connection, marked: bytes) -> bool:
    """Whether the database was filled from what this marks."""
    row = connection.execute("SELECT digest FROM made WHERE part = ?", (ALL,)).fetchone()
    return row is not None and bool(row[0] == sha256(marked).hexdigest())


def fill(connection: sqlite3.Connection, rows: PublicRows, packed: Mapping[str, bytes], marked: bytes) -> bool:
    """Write what differs of the rows, and of the letters' texts (`packed`, by sha256); `marked` marks what all of it is
    made from. True if anything was written. Inside a transaction."""
    changed = [table for table in SMALL if _replaced(connection, table, getattr(rows, table))]
    _differs(connection, ALL, marked)
    taken = _paragraphs(connection, {x.id: packed.get(x.sha256 or "", b"") for x in rows.letter})
    if changed or taken:
        _say_about(connection)
    return bool(changed or taken)


def _replaced(connection: sqlite3.Connection, table: str, rows: Iterable[Any]) -> bool:
    """Write a table whole; False where its rows are those that it has."""
    values = [tuple(row) for row in rows]
    if not _differs(connection, table, repr(values).encode()):
        return False
    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    _insert(connection, table, values)
    return True


def _insert(connection: sqlite3.Connection, table: str, values: Iterable[tuple[Any, ...]]) -> None:
    names = TABLES[table]._fields
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
