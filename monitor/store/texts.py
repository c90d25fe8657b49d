"""The words of the letters, paragraph by paragraph: what search looks in.

They are kept compressed (an eighth of a letter's text is its size here), for they are only read as a whole. A row with
no paragraph says that the document has no words that can be read; a letter without a row is still to be taken apart.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

from monitor.model import Paragraph
from monitor.store.database import Store


def save(store: Store, sha256: str, paragraphs: Iterable[Paragraph], reader: int) -> None:
    """Keep a document's paragraphs with the version of the reader that found them. Inside a transaction."""
    rows = [[p.page, p.heading, p.text, int(p.asked)] for p in paragraphs]
    body = zlib.compress(json.dumps(rows, ensure_ascii=False).encode())
    store.connection.execute("INSERT OR REPLACE INTO letter_texts VALUES (?, ?, ?)", (sha256, reader, body))


def paragraphs(store: Store, sha256: str) -> list[Paragraph]:
    """A document's paragraphs in order; none where it was not taken apart, or has no words."""
    rows = store.rows("SELECT body FROM letter_texts WHERE sha256 = ?", sha256)
    return _paragraphs(rows[0]["body"]) if rows else []


def missing(store: Store) -> list[str]:
    """The documents that have been read and not been taken apart: those of an earlier version of the program, and
    those at which the reader failed."""
    sql = "SELECT sha256 FROM letters WHERE sha256 NOT IN (SELECT sha256 FROM letter_texts) ORDER BY sha256"
    return [row["sha256"] for row in store.rows(sql)]


def _paragraphs(body: bytes) -> list[Paragraph]:
    return [Paragraph(page, head, text, bool(asked)) for page, head, text, asked in json.loads(zlib.decompress(body))]
