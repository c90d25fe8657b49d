"""Keeps the public database, a file beside the store's, in step with the store, and copies it.

It holds nothing of its own: one that is damaged, or of another version, is made again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from monitor.councils.registry import Council
from monitor.public.filling import fill, made, note, transaction
from monitor.public.gather import gather
from monitor.public.marks import Made, links, marks, together
from monitor.public.schema import STATEMENTS, VERSION
from monitor.store import Store, StoreError, texts
from monitor.store.explain import explained
from monitor.store.sqlite import DAMAGED, sqlite3

log = logging.getLogger("ofsted-watch")

NAME = "public.db"
BUSY_SECONDS = 30.0


class DamagedError(StoreError):
    """The public database was damaged."""


def refresh(store: Store, councils: Iterable[Council]) -> bool:
    """Bring the public database in the store's folder up to date, or make it. True if anything was written. Raises
    StoreError where the folder cannot be written."""
    wanted = {council.ofsted_urn: council for council in councils}
    try:
        return _refreshed(store, wanted)
    except DamagedError as error:
        log.warning("%s", error)
        return _refreshed(store, wanted)


def _refreshed(store: Store, wanted: Mapping[str, Council]) -> bool:
    path = store.folder / NAME
    while True:
        before = _made(path)
        with store.snapshot():
            now = marks(store, wanted)
            if before is not None and {urn: part.digest for urn, part in before.items()} == now:
                return False
            with explained(path), discarding(path), closing(_opened(path)) as connection, transaction(connection):
                if made(connection) == (before or {}):  # or another process has written meanwhile, of a later moment
                    return _brought_up_to_date(connection, store, wanted, before or {}, now)


def _made(path: Path) -> dict[str, Made] | None:
    """What the database was made from; None where it is to be made."""
    if not usable(path):
        return None
    with explained(path), discarding(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        return made(connection)


def _brought_up_to_date(
    connection: sqlite3.Connection,
    store: Store,
    wanted: Mapping[str, Council],
    before: Mapping[str, Made],
    now: Mapping[str, str],
) -> bool:
    """Write again the rows of the councils of which something changed, and of those that belong together with them."""
    changed = {urn for urn in before.keys() | now if urn not in before or before[urn].digest != now.get(urn)}
    linked = links(store, changed & now.keys())
    urns = together(changed, {urn: part.linked for urn, part in before.items()}, linked)
    rows = gather(store, wanted, urns)
    packed = texts.packed(store, (letter.sha256 for letter in rows.letter if letter.sha256))
    note(connection, {urn: Made(now[urn], those) for urn, those in linked.items()}, changed - now.keys())
    return fill(connection, urns, rows, packed)


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
    """Remove a public database that turns out to be damaged, and raise DamagedError: the next crawl makes it again."""
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
    with transaction(connection):
        for statement in STATEMENTS:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
