"""Fills the public database: of the councils of which something changed, what differs from what was written last is
written again, in one transaction, so that a reader sees the state before or after, never half of one.

Their rows of a table are written together where one of them differs; the paragraphs of a letter only where its text
does, for they are nearly all of the file. The table `made` says what was written last.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from hashlib import sha256
from operator import itemgetter
from typing import Any

from monitor.model import Paragraph
from monitor.public.gather import PublicRows
from monitor.public.marks import Made
from monitor.public.schema import SMALL, TABLES
from monitor.reference.sources import sources
from monitor.store import texts
from monitor.store.sqlite import sqlite3
from monitor.version import VERSION as PROGRAM

TEXT = "text of "
"""How the table `made` calls the paragraphs of a letter, before its id. A council is called by its number."""

THEIRS = "urn IN (SELECT value FROM json_each(?1))"
OF_LETTERS = f"letter IN (SELECT id FROM letter WHERE {THEIRS})"  # noqa: S608 - our own words
OF_STORIES = f"story IN (SELECT id FROM story WHERE {THEIRS})"  # noqa: S608 - our own words
WHERE = {"judgement": OF_LETTERS, "improvement": OF_LETTERS, "story_item": OF_STORIES}
"""Which rows of a table are some councils', where it does not name the council itself."""

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


def made(connection: sqlite3.Connection) -> dict[str, Made]:
    """What the rows of each council were made from when they were written last."""
    rows = connection.execute("SELECT part, digest, linked FROM made WHERE linked IS NOT NULL")
    return {urn: Made(digest, frozenset(json.loads(linked))) for urn, digest, linked in rows}


def note(connection: sqlite3.Connection, found: Mapping[str, Made], gone: Iterable[str]) -> None:
    """Note what the rows of councils are made from, and that others are `gone`. Inside a transaction."""
    connection.executemany("DELETE FROM made WHERE part = ?", [(urn,) for urn in gone])
    noted = [(urn, digest, json.dumps(sorted(linked))) for urn, (digest, linked) in found.items()]
    connection.executemany("INSERT OR REPLACE INTO made VALUES (?, ?, ?)", noted)


def fill(connection: sqlite3.Connection, urns: Iterable[str], rows: PublicRows, packed: Mapping[str, bytes]) -> bool:
    """Write what differs of the rows of these councils (there are none of those no longer watched), and of the texts of
    their letters (`packed`, by sha256). True if anything was written. Inside a transaction."""
    theirs = json.dumps(sorted(urns))
    taken = _paragraphs(connection, theirs, {x.id: packed.get(x.sha256 or "", b"") for x in rows.letter})
    # What refers to a row goes before it: by it is known whose it is.
    changed = [table for table in reversed(SMALL) if _replaced(connection, table, theirs, getattr(rows, table))]
    if changed or taken:
        _say_about(connection)
    return bool(changed or taken)


def _replaced(connection: sqlite3.Connection, table: str, theirs: str, rows: Sequence[tuple[Any, ...]]) -> bool:
    """Write some councils' rows of a table; False where they are those that it has."""
    where, columns = WHERE.get(table, THEIRS), ", ".join(TABLES[table]._fields)
    sql = f"SELECT {columns} FROM {table} WHERE {where} ORDER BY rowid"  # noqa: S608 - our own names
    first = itemgetter(0)  # the rows of a letter are in order; in which order letters were written tells nothing
    if sorted(connection.execute(sql, (theirs,)), key=first) == sorted(rows, key=first):
        return False
    connection.execute(f"DELETE FROM {table} WHERE {where}", (theirs,))  # noqa: S608
    _insert(connection, table, rows)
    return True


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    names = TABLES[table]._fields
    columns, marks = ", ".join(names), ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608


def _paragraphs(connection: sqlite3.Connection, theirs: str, packed: Mapping[str, bytes]) -> int:
    """Write the paragraphs of some councils' letters whose text (packed, by id; empty where there is none) differs from
    the one written last. Returns of how many."""
    before = connection.execute(f"SELECT id FROM letter WHERE {THEIRS}", (theirs,))  # noqa: S608
    gone = {letter for (letter,) in before} - packed.keys()
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
    """Whether a text differs from what was written last; what it is now is noted."""
    digest = sha256(content).hexdigest()
    row = connection.execute("SELECT digest FROM made WHERE part = ?", (part,)).fetchone()
    if row and row[0] == digest:
        return False
    connection.execute("INSERT OR REPLACE INTO made (part, digest) VALUES (?, ?)", (part, digest))
    return True


def _say_about(connection: sqlite3.Connection) -> None:
    said = {
        "program": f"ofsted-watch {PROGRAM}",
        "licence": OFSTED_LICENCE,
        "licence of reference data": sources().licence,
    }
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", said.items())
