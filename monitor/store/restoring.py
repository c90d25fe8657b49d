"""Replaces the database by a backup.

First it copies the backup into the data folder and checks it there. Then the present database gets a second, dated
name. Last, one rename puts the copy in its place. If this is interrupted at any moment, a whole database has the usual
name.
"""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from monitor.store import packed
from monitor.store.backups import new_file, verify
from monitor.store.database import NAME, Store
from monitor.store.explain import StoreError, explained
from monitor.store.lock import SENDER_LOCK, alone
from monitor.store.replica import STATE, Replica
from monitor.store.sqlite import DAMAGED, sqlite3

IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
DOUBT = timedelta(days=8)
"""For this long after a restore any message may have been sent before: until every weekly schedule has come round."""
RESTORED = "restored"
"""The file in the data folder whose time says when the database was restored."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restore: the version of the database, how many documents came with it, where the old database
    is, and the documents in the backup that are not what their names say."""

    version: int
    documents: int
    kept: Path | None
    left_out: tuple[str, ...] = ()


def restore(folder: Path, backup: Path, now: datetime) -> Restored:
    """Replace the database of a data folder by a backup. No process may use the folder.

    Raises StoreError, and LockedError if a process uses the folder. In both cases the old database stays whole.
    """
    path = folder / NAME
    with explained(path):
        folder.mkdir(parents=True, exist_ok=True)
        with _nobody_else(folder), new_file(path) as new:
            version, documents, left_out = _taken(backup, new)
            kept = _kept(path, now)
            (folder / RESTORED).write_text(f"{now.isoformat()}\n", encoding="ascii")
            shutil.rmtree(folder / STATE, ignore_errors=True)  # Litestream's notes are of the database before
    with Store(folder):
        pass  # an older database is brought up to date, with a copy of it first
    return Restored(version, documents, kept, tuple(left_out))


def restore_replica(replica: Replica, now: datetime) -> Restored:
    """Put the newest state of a replica into its data folder, with the documents. Raises as `restore` does."""
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-") as scratch:
        copy = Path(scratch) / NAME
        replica.restore(copy)
        done = restore(replica.folder, copy, now)
    brought, left_out = replica.bring_documents(replica.folder / "documents")
    return replace(done, documents=brought, left_out=tuple(left_out))


def is_doubted(folder: Path, now: datetime) -> bool:
    """Whether the database was put back lately, so that a message may have been sent that it does not know of."""
    try:
        since = datetime.fromisoformat((folder / RESTORED).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return False
    return now - since < DOUBT


@contextmanager
def _nobody_else(folder: Path) -> Iterator[None]:
    """Make sure that no `run`, no sender and no crawl uses the folder, or begins to meanwhile."""
    with ExitStack() as held:
        for lock in (folder / "run.lock", folder / SENDER_LOCK, *sorted(folder.glob("crawl-*.lock"))):
            held.enter_context(alone(lock))
        yield


def _taken(backup: Path, new: Path) -> tuple[int, int, list[str]]:
    """Copy a backup's database into a new file, checked and safe on the disk, and its documents into their folder.
    Return the database's version, how many documents came, and those that were left out."""
    try:
        with backup.open("rb") as file, new.open("wb") as target:
            together = tarfile.is_tarfile(backup)
            with packed.database(backup) if together else file as source:
                shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        version = verify(new, backup)
        brought, left_out = packed.bring_documents(backup, new.parent) if together else (0, [])
        return version, brought, left_out
    except (tarfile.TarError, EOFError) as error:
        raise StoreError(f"{backup}: no whole tar file: {error}") from error


def _kept(path: Path, now: datetime) -> Path | None:
    """Give the present database a second, dated name; None if there is none. A broken database is kept as it is, with
    its log. Afterwards no log is left at the usual place that SQLite could apply to the new database."""
    if not path.exists():
        return None
    kept = path.with_stem(f"{path.stem}-before-restore-{now:%Y%m%d-%H%M%S}")
    if kept.exists():
        raise StoreError(f"{kept}: is there already and was left as it is")
    try:
        _fold(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in IN_USE:
            raise StoreError(f"{path}: another process uses it: stop it first") from error
        if error.sqlite_errorcode not in DAMAGED:
            raise
        for end in ("-wal", "-shm", "-journal"):
            if (log := path.with_name(path.name + end)).exists():
                log.replace(kept.with_name(kept.name + end))
    _second_name(path, kept)
    return kept


def _fold(path: Path) -> None:
    """Fold the journal into the database. SQLite refuses while another process has it open with a write-ahead log."""
    with closing(sqlite3.connect(path, timeout=1)) as present:
        present.execute("PRAGMA journal_mode = DELETE")


def _second_name(path: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(path)
    except OSError:  # a file system without a second name for a file
        shutil.copy2(path, kept)
