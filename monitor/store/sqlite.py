"""The SQLite library that the program uses, and the journal that is safe with it.

Everybody imports `sqlite3` from here. Two libraries must not meet in one process: each would break the other's locks.

From 3.7.0 to 3.51.2 a write-ahead log can corrupt the database when one connection resets the log while another one
copies it back (https://sqlite.org/wal.html#walresetbug). 3.44.6 and 3.50.7 have the mend of 3.51.3. Debian's stable
packages are among the bad ones, and this program writes over several connections, so with such a library it keeps a
rollback journal. `pysqlite3` (extra `sqlite`) carries a library of its own, and is used where it is installed;
sqlite-utils does the same by itself.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import pysqlite3.dbapi2 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["DAMAGED", "LIBRARY", "Library", "journal", "refuse_unsafe_log", "set_journal", "sqlite3"]

FIXED = (3, 51, 3)
FIXED_BRANCHES = ((3, 44, 6), (3, 50, 7))
"""The first versions without the fault: of all later ones, and of two older branches."""
RETRY_SECONDS = 0.1
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""The errors of a file that is no sound database."""


@dataclass(frozen=True, slots=True)
class Library:
    """An SQLite library: its version, and the Python module that carries it."""

    version: tuple[int, int, int]
    module: str

    @property
    def log_is_safe(self) -> bool:
        """Whether a write-ahead log may be used with it."""
        same_branch = (fixed for fixed in FIXED_BRANCHES if fixed[:2] == self.version[:2])
        return self.version >= FIXED or any(self.version >= fixed for fixed in same_branch)

    @property
    def words(self) -> str:
        """ "SQLite 3.53.4 (pysqlite3)"."""
        return f"SQLite {'.'.join(map(str, self.version))} ({self.module})"

    def described(self) -> dict[str, Any]:
        """What `status --json` says of it. `journal` is the one that the program uses with it."""
        journal = "wal" if self.log_is_safe else "delete"
        return {"library": self.words, "journal": journal, "log_is_safe": self.log_is_safe}


def _linked() -> Library:
    major, minor, patch = sqlite3.sqlite_version_info
    return Library((major, minor, patch), sqlite3.connect.__module__.removeprefix("_").partition(".")[0])


LIBRARY = _linked()
"""What this process uses."""


def journal(connection: sqlite3.Connection) -> str:
    """The journal that a database has now: "wal", or "delete" for a rollback journal."""
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def set_journal(connection: sqlite3.Connection, seconds: float) -> None:
    """Give a database the journal that is safe with this library. If another process is in the way (it opens a new
    database too, or uses a log that we must not use), wait up to `seconds`, then raise OperationalError."""
    if LIBRARY.log_is_safe:
        _switch(connection, "PRAGMA journal_mode = WAL", time.monotonic() + seconds)
    elif journal(connection) == "wal":
        _switch(connection, "PRAGMA journal_mode = DELETE", time.monotonic() + seconds)


def _switch(connection: sqlite3.Connection, to_journal: str, until: float) -> None:
    while True:
        try:
            connection.execute(to_journal)
            return
        except sqlite3.OperationalError as error:  # SQLite does not wait for this lock by itself
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(RETRY_SECONDS)


def refuse_unsafe_log(connection: sqlite3.Connection) -> None:
    """Raise OperationalError if another program, with a later library, has given the database a write-ahead log since
    we opened it, and ours is not safe with one."""
    if not LIBRARY.log_is_safe and journal(connection) == "wal":
        raise sqlite3.OperationalError(
            f"a program with a later SQLite has switched it to a write-ahead log, which {LIBRARY.words} may corrupt"
        )
