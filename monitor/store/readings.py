"""Documents that are kept and still to be read: a reading failed, or a look had no time left for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.store.database import Store


def attempts(store: Store, sha256: str) -> int:
    """How often reading a document has failed."""
    rows = store.rows("SELECT attempts FROM unread_documents WHERE sha256 = ?", sha256)
    return int(rows[0]["attempts"]) if rows else 0


def failed(store: Store, sha256: str, now: datetime, reason: str) -> None:
    """Count a reading that failed."""
    _note(store, sha256, 1, now, reason)


def put_off(store: Store, sha256: str, now: datetime, reason: str) -> None:
    """Leave a document to a later look; that is no failure."""
    _note(store, sha256, 0, now, reason)


def _note(store: Store, sha256: str, failures: int, now: datetime, reason: str) -> None:
    with store.transaction() as connection:
        connection.execute(
            """INSERT INTO unread_documents VALUES (?1, ?2, ?3, ?4) ON CONFLICT (sha256) DO UPDATE SET
               attempts = attempts + ?2, last = ?3, reason = ?4""",
            (sha256, failures, now.isoformat(), reason),
        )


def done(store: Store, sha256: str) -> None:
    """A document has been read. Inside a transaction."""
    store.connection.execute("DELETE FROM unread_documents WHERE sha256 = ?", (sha256,))


def unread(store: Store, source: str) -> list[tuple[str, str]]:
    """The documents (target, sha256) of a source that are still to be read."""
    if not store.rows("SELECT 1 FROM unread_documents LIMIT 1"):
        return []
    sql = """SELECT DISTINCT r.target, u.sha256 FROM records r
             JOIN unread_documents u ON u.sha256 = json_extract(r.document, '$.sha256')
             WHERE r.source = ? ORDER BY u.attempts, u.last, u.sha256"""
    return [(row["target"], row["sha256"]) for row in store.rows(sql, source)]


def waiting(store: Store, shas: Iterable[str]) -> set[str]:
    """Those of the documents that are still to be read."""
    wanted = set(shas)
    return wanted & {row["sha256"] for row in store.rows("SELECT sha256 FROM unread_documents")} if wanted else set()
