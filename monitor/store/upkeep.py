"""Deletes what is no longer needed, and frees its space.

The store keeps events, readable letters and deliveries for ever, with all that they refer to: they are the program's
knowledge, and the proof of what it said. It deletes old records of runs, and documents that nothing refers to.
"""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta

from monitor.store.backups import UNFINISHED
from monitor.store.database import Store
from monitor.store.explain import explained

HASH = re.compile(r"\b[0-9a-f]{64}\b")
MIN_INTERRUPTED_AGE = timedelta(days=1)
"""An unfinished file of this age is no longer being written."""
MIN_PAGES_TO_COMPACT, MIN_FREE_SHARE = 1000, 0.25
"""A database of more pages (4 MB) is rewritten if so large a share of it is empty."""


def forget_runs(store: Store, before: datetime) -> int:
    """Delete the records of runs that began before a moment. Return how many."""
    with store.transaction() as connection:
        return connection.execute("DELETE FROM runs WHERE started < ?", (before.isoformat(),)).rowcount


def forget_documents(store: Store, before: datetime) -> int:
    """Delete documents from before a moment that no record, letter, story or event refers to. Return how many."""
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
    """Return the hashes of all documents that the database refers to."""
    texts = (
        "SELECT document FROM records WHERE document IS NOT NULL",
        "SELECT sha256 FROM letters WHERE kind != 'unknown'",
        "SELECT body FROM story_pieces",
        "SELECT body FROM events",
    )
    return {sha for sql in texts for row in store.rows(sql) for sha in HASH.findall(row[0])}


def clear_unfinished(store: Store, now: datetime) -> int:
    """Delete files that a killed process left unfinished. Return how many."""
    with explained(store.folder):
        before, unfinished = (now - MIN_INTERRUPTED_AGE).timestamp(), store.folder.rglob(f"{UNFINISHED}*")
        left = [path for path in unfinished if path.is_file() and path.stat().st_mtime < before]
        for path in left:
            path.unlink()
    return len(left)


def compact(store: Store) -> int:
    """Rewrite the database if much of it is empty and the disk has room for a second one. Return the bytes freed."""
    asked = ("PRAGMA page_count", "PRAGMA freelist_count", "PRAGMA page_size")
    pages, free, size = (int(store.rows(sql)[0][0]) for sql in asked)
    if (
        pages < MIN_PAGES_TO_COMPACT
        or free < pages * MIN_FREE_SHARE
        or shutil.disk_usage(store.folder).free < 3 * pages * size
    ):
        return 0
    with explained(store.path):
        store.connection.execute("VACUUM")
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return free * size
