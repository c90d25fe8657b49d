"""What is let go after a time, and the room that it gave back.

Events, letters that could be read, deliveries and whatever they point at are kept for ever: they are what the watch
knows and the proof of what it said. What goes is the record of runs, and documents that nothing speaks of.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from monitor.store.backups import UNFINISHED
from monitor.store.database import Store
from monitor.store.explain import explained

HASH = re.compile(r"\b[0-9a-f]{64}\b")
CUT_OFF = timedelta(days=1)
"""A file that has been unfinished for so long is not being written any more."""
MANY_PAGES, MANY_FREE = 1000, 0.25
"""A database of more than 4 MB is rewritten when so much of it is empty."""


def forget_runs(store: Store, before: datetime) -> int:
    """Let go of the record of runs that began before a moment; how many."""
    with store.transaction() as connection:
        return connection.execute("DELETE FROM runs WHERE started < ?", (before.isoformat(),)).rowcount


def forget_documents(store: Store, before: datetime) -> int:
    """Let go of documents of which no record, letter, story or event speaks and that came before a moment; how many."""
    with explained(store.documents):
        old = [path for path in store.documents.rglob("*.pdf") if path.stat().st_mtime < before.timestamp()]
        if not old:
            return 0
        wanted = evidence(store)
        loose = [path for path in old if path.stem not in wanted]
        for path in loose:
            path.unlink()
    return len(loose)


def evidence(store: Store) -> set[str]:
    """The hashes of all documents that something in the database speaks of."""
    texts = (
        "SELECT document FROM records WHERE document IS NOT NULL",
        "SELECT sha256 FROM letters WHERE kind != 'unknown'",
        "SELECT body FROM story_pieces",
        "SELECT body FROM events",
    )
    return {sha for sql in texts for row in store.rows(sql) for sha in HASH.findall(row[0])}


def clear_unfinished(store: Store, now: datetime) -> int:
    """Remove files that were being written when a process was killed; how many."""
    with explained(store.folder):
        left = [p for p in _unfinished(store.folder) if p.stat().st_mtime < (now - CUT_OFF).timestamp()]
        for path in left:
            path.unlink()
    return len(left)


def _unfinished(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob(f"{UNFINISHED}*") if path.is_file())


def compact(store: Store) -> int:
    """Rewrite the database where much of it is empty and the disk has room for a second one; the bytes won."""
    asked = ("PRAGMA page_count", "PRAGMA freelist_count", "PRAGMA page_size")
    pages, free, size = (int(store.rows(sql)[0][0]) for sql in asked)
    if pages < MANY_PAGES or free < pages * MANY_FREE or shutil.disk_usage(store.folder).free < 3 * pages * size:
        return 0
    with explained(store.path):
        store.connection.execute("VACUUM")
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return free * size
