"""What the next crawl is told of a source's records, of which it needs little: they are not loaded for it."""

from __future__ import annotations

import json

from monitor.model import DocumentError, Known
from monitor.model.state import Remembered
from monitor.store.database import Store


def remembered(store: Store, source: str) -> dict[str, dict[str, Remembered]]:
    """What the next crawl is told of a source's records, by target and key."""
    found: dict[str, dict[str, Remembered]] = {}
    sql = "SELECT target, key, state, published, document, document_error FROM records WHERE source = ?"
    for row in store.rows(sql, source):
        document = Known(**json.loads(row["document"])) if row["document"] else None
        gone = bool(row["document_error"]) and DocumentError(**json.loads(row["document_error"])).gone
        known = Remembered(row["state"], row["published"], document, gone)
        found.setdefault(row["target"], {})[row["key"]] = known
    return found


def documents(store: Store, source: str, since: str) -> dict[str, dict[str, Known]]:
    """The documents of a source's records that were first seen `since` a time, by target and key. Where a committee's
    document and an agenda item with printed minutes happen to have one number, the document's own file counts."""
    found: dict[str, dict[str, Known]] = {}
    sql = """SELECT target, key, document FROM records
             WHERE source = ? AND first_seen >= ? AND document IS NOT NULL ORDER BY kind = 'document'"""
    for row in store.rows(sql, source, since):
        found.setdefault(row["target"], {})[row["key"]] = Known(**json.loads(row["document"]))
    return found


def asked(store: Store, source: str) -> dict[tuple[str, str], str]:
    """When each document was last asked for, by target and key."""
    sql = "SELECT target, key, asked FROM records WHERE source = ? AND asked IS NOT NULL"
    return {(r["target"], r["key"]): r["asked"] for r in store.rows(sql, source)}
