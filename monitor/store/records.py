"""Records and letters in the store."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from monitor.model import (
    Document,
    DocumentError,
    Fact,
    Kind,
    Letter,
    Record,
    letter_from_json,
    publication,
    to_json,
)
from monitor.model.letter import Inspection
from monitor.model.sources import SOURCES
from monitor.model.state import Key, KnownTarget, RecordChange, Stored, key_of
from monitor.store.database import Store
from monitor.store.sources import baselined, released
from monitor.store.sqlite import sqlite3


def before(
    store: Store,
    source: str,
    targets: Iterable[str] | None = None,
    opened: Iterable[str] | None = None,
    keys: Collection[Key] | None = None,
) -> dict[str, KnownTarget]:
    """What is known of a source's targets (all, or those named): whether baselined, and their records (of all, or of
    those `opened`; all, or those with these keys)."""
    wanted = None if targets is None else set(targets)
    settled, free = baselined(store, source), released(store, source)
    known: dict[str, dict[Key, Stored]] = {t: {} for t in settled if wanted is None or t in wanted}
    for stored in records(store, source, wanted if opened is None else opened, keys):
        known.setdefault(stored.record.target, {})[key_of(stored.record)] = stored
    return {target: KnownTarget(items, target in settled, target in free) for target, items in known.items()}


def records(
    store: Store, source: str, targets: Iterable[str] | None = None, keys: Collection[Key] | None = None
) -> list[Stored]:
    """The stored records of a source: all, or those of these targets, with these keys."""
    given = {"target": targets}
    if keys is not None:  # by both columns, for so the primary key finds them, however many a target has
        given |= {"kind": {kind for kind, _ in keys}, "key": {key for _, key in keys}}
    lists = {column: json.dumps(sorted(values)) for column, values in given.items() if values is not None}
    narrowed = "".join(f" AND {column} IN (SELECT value FROM json_each(?))" for column in lists)  # noqa: S608 - ours
    rows = store.rows(f"SELECT * FROM records WHERE source = ?{narrowed}", source, *lists.values())  # noqa: S608
    return [found for found in map(_stored, rows) if keys is None or key_of(found.record) in keys]


def of_kinds(store: Store, kinds: Iterable[Kind], targets: Iterable[str]) -> list[Stored]:
    """The listed records of these kinds that these targets have, of whatever source, without their texts."""
    rows = store.rows(
        """SELECT source, target, kind, key, url, title, published, fields, document, document_error, state,
             first_seen, missing_since, announced, versions, NULL AS text, facts
           FROM records WHERE state = 'listed' AND source IN (SELECT value FROM json_each(?))
             AND kind IN (SELECT value FROM json_each(?)) AND target IN (SELECT value FROM json_each(?))
           ORDER BY source, target, kind, key""",
        json.dumps(sorted(SOURCES)),  # for so the primary key finds them, and no page of news is gone through
        json.dumps(sorted(kinds)),
        json.dumps(sorted(targets)),
    )
    return [_stored(row) for row in rows]


def count(store: Store, source: str) -> int:
    """How many records of a source are listed."""
    return int(store.rows("SELECT count(*) FROM records WHERE source = ? AND state = 'listed'", source)[0][0])


def save(store: Store, changes: Iterable[RecordChange], at: str) -> None:
    """Keep each record as its change leaves it. Inside a transaction."""
    store.connection.executemany(
        """INSERT INTO records (source, target, kind, key, url, title, published, fields, document,
             document_error, asked, state, first_seen, missing_since, announced, versions, text, facts)
           VALUES (:source, :target, :kind, :key, :url, :title, :published, :fields, :document,
             :document_error, :asked, :state, :first_seen, :missing_since, :announced, :versions, :text, :facts)
           ON CONFLICT (source, target, kind, key) DO UPDATE SET url = excluded.url, title = excluded.title,
             published = excluded.published, fields = excluded.fields, document = excluded.document,
             document_error = excluded.document_error, state = excluded.state,
             missing_since = excluded.missing_since, announced = excluded.announced,
             versions = excluded.versions, text = excluded.text, facts = excluded.facts""",
        [_row(change.after, at) for change in changes],
    )


def save_asked(store: Store, source: str, keys: Iterable[tuple[str, str]], at: str) -> None:
    """Note that documents (target, key) were asked for again. Inside a transaction."""
    store.connection.executemany(
        "UPDATE records SET asked = ? WHERE source = ? AND target = ? AND key = ?",
        [(at, source, target, key) for target, key in keys],
    )


def _row(stored: Stored, at: str) -> dict[str, Any]:
    record = stored.record
    return {
        "source": record.source,
        "target": record.target,
        "kind": record.kind,
        "key": record.key,
        "url": record.url,
        "title": record.title,
        "published": record.published,
        "fields": json.dumps(record.fields, ensure_ascii=False, sort_keys=True),
        "document": _dumped(record.document),
        "document_error": _dumped(record.document_error),
        "asked": at if record.document else None,
        "state": stored.state,
        "first_seen": stored.first_seen,
        "missing_since": stored.missing_since,
        "announced": int(stored.announced),
        "versions": stored.versions,
        "text": record.text,
        "facts": json.dumps(to_json(record.facts), ensure_ascii=False) if record.facts else None,
    }


def _dumped(part: Document | DocumentError | None) -> str | None:
    return json.dumps(to_json(part)) if part else None


def _stored(row: sqlite3.Row) -> Stored:
    record = Record(
        source=row["source"],
        target=row["target"],
        kind=Kind.named(row["kind"]),
        key=row["key"],
        url=row["url"],
        title=row["title"],
        published=row["published"],
        fields=json.loads(row["fields"]),
        document=Document(**json.loads(row["document"])) if row["document"] else None,
        document_error=DocumentError(**json.loads(row["document_error"])) if row["document_error"] else None,
        text=row["text"],
        facts=tuple(Fact(**fact) for fact in json.loads(row["facts"])) if row["facts"] else (),
    )
    state, missing_since = row["state"], row["missing_since"]
    credible = publication.credible(record)
    return Stored(credible, state, row["first_seen"], missing_since, bool(row["announced"]), row["versions"])


def unread(store: Store, shas: Iterable[str]) -> list[str]:
    """Return those of the documents that have not been read."""
    wanted = list(dict.fromkeys(shas))
    sql = "SELECT sha256 FROM letters WHERE sha256 IN (SELECT value FROM json_each(?))"
    read = {r["sha256"] for r in store.rows(sql, json.dumps(wanted))}
    return [sha for sha in wanted if sha not in read]


def letters(store: Store, shas: Iterable[str]) -> dict[str, Letter]:
    """The kept readings of documents, by sha256."""
    wanted = json.dumps(sorted(set(shas)))
    rows = store.rows("SELECT sha256, body FROM letters WHERE sha256 IN (SELECT value FROM json_each(?))", wanted)
    return {row["sha256"]: letter_from_json(json.loads(row["body"])) for row in rows}


def unknown(store: Store) -> dict[str, Letter]:
    """The kept readings of documents in which nothing was found, by sha256."""
    rows = store.rows("SELECT sha256, body FROM letters WHERE kind = 'unknown'")
    return {row["sha256"]: letter_from_json(json.loads(row["body"])) for row in rows}


def save_letters(store: Store, read: Iterable[Letter], reader: int, at: str) -> None:
    """Keep readings with the version of the reader that made them. Inside a transaction."""
    store.connection.executemany(
        "INSERT OR REPLACE INTO letters VALUES (?, ?, ?, ?, ?)",
        [(x.sha256, reader, at, x.kind, json.dumps(to_json(x), ensure_ascii=False)) for x in read],
    )


def inspections(store: Store, source: str, target: str) -> list[Inspection]:
    """Return a target's reports that have been read, oldest first, also those that are no longer listed. A document
    about another council than the page's is left out."""
    return all_inspections(store, source, [target]).get(target, [])


def all_inspections(store: Store, source: str, targets: Iterable[str]) -> dict[str, list[Inspection]]:
    """The same of many targets at once, by target; a target without any is not in it."""
    rows = store.rows(
        """SELECT r.target, r.key, r.url, r.published, l.body FROM records r
           JOIN letters l ON l.sha256 = json_extract(r.document, '$.sha256')
           WHERE r.source = ?1 AND r.target IN (SELECT value FROM json_each(?2)) AND r.state != 'pending'
             AND coalesce(json_extract(l.body, '$.urn'), r.target) = r.target""",
        source,
        json.dumps(sorted(set(targets))),
    )
    found: dict[str, list[Inspection]] = {}
    for r in rows:
        inspection = Inspection.of(r["key"], r["url"], r["published"], letter_from_json(json.loads(r["body"])))
        found.setdefault(r["target"], []).append(inspection)
    return {target: sorted(those, key=lambda x: (x.published, x.key)) for target, those in found.items()}


def wordless(store: Store, source: str, targets: Iterable[str]) -> list[Record]:
    """The records of these targets whose documents are, or were, listed and have no words read; by target and date."""
    rows = store.rows(
        """SELECT r.* FROM records r LEFT JOIN letters l ON l.sha256 = json_extract(r.document, '$.sha256')
           WHERE r.source = ?1 AND r.target IN (SELECT value FROM json_each(?2)) AND r.state != 'pending'
             AND coalesce(json_extract(l.body, '$.pages'), 0) = 0 ORDER BY r.target, r.published, r.key""",
        source,
        json.dumps(sorted(set(targets))),
    )
    return [_stored(row).record for row in rows]


def readings(store: Store, older_than: int | None) -> list[str]:
    """Return the documents that have been read, or only those that an earlier version read."""
    sql = "SELECT sha256 FROM letters WHERE ?1 IS NULL OR reader < ?1 ORDER BY sha256"
    return [row["sha256"] for row in store.rows(sql, older_than)]
