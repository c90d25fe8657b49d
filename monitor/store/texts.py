"""The words of the letters, paragraph by paragraph: what search looks in.

They are kept compressed (an eighth of a letter's text is its size here), for they are only read as a whole. A row with
no paragraph says that the document has no words that can be read; a letter without a row is still to be taken apart.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Iterable

from monitor.model import Paragraph
from monitor.store.database import Store

log = logging.getLogger("ofsted-watch")


def save(store: Store, sha256: str, paragraphs: Iterable[Paragraph], reader: int) -> None:
    """Keep a document's paragraphs with the version of the reader that found them. Inside a transaction."""
    rows = [[p.page, p.heading, p.text, int(p.asked)] for p in paragraphs]
    body = zlib.compress(json.dumps(rows, ensure_ascii=False).encode())
    store.connection.execute("INSERT OR REPLACE INTO letter_texts VALUES (?, ?, ?)", (sha256, reader, body))


def paragraphs(store: Store, sha256: str) -> list[Paragraph]:
    """Return a document's paragraphs in order; none if it was not taken apart, has no words, or the kept words are
    damaged. No message waits for that."""
    found = packed(store, [sha256])
    try:
        return unpacked(found[sha256]) if found else []
    except (ValueError, TypeError, zlib.error):
        log.exception("document %s: the words that are kept of it are damaged", sha256)
        return []


def packed(store: Store, shas: Iterable[str]) -> dict[str, bytes]:
    """The texts of documents as they are kept, by hash: two are the same if these bytes are."""
    wanted = json.dumps(sorted(set(shas)))
    rows = store.rows("SELECT sha256, body FROM letter_texts WHERE sha256 IN (SELECT value FROM json_each(?))", wanted)
    return {row["sha256"]: row["body"] for row in rows}


def readers(store: Store) -> dict[str, int]:
    """The documents that were taken apart, each with the version of the reader that did it."""
    return {row["sha256"]: row["reader"] for row in store.rows("SELECT sha256, reader FROM letter_texts")}


def missing(store: Store) -> list[str]:
    """The documents that have been read and not been taken apart: those of an earlier version of the program, and
    those at which the reader failed."""
    sql = "SELECT sha256 FROM letters WHERE sha256 NOT IN (SELECT sha256 FROM letter_texts) ORDER BY sha256"
    return [row["sha256"] for row in store.rows(sql)]


def unpacked(body: bytes) -> list[Paragraph]:
    """The paragraphs of a text as it is kept."""
    return [Paragraph(page, head, text, bool(asked)) for page, head, text, asked in json.loads(zlib.decompress(body))]
