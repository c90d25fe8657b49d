"""The database's shape, one function for each step. `PRAGMA user_version` counts the steps applied.

A step is never edited once released: a database out there has had it. sqlite-utils applies them,
each in a transaction together with its own record, and is imported only when one is due.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from monitor.store.migrations import words
from monitor.store.sqlite import sqlite3

if TYPE_CHECKING:
    from sqlite_utils import Database

SET = "ofsted-watch"


def m001_sources(db: Database) -> None:
    """What is watched, and how each source and target stood when last seen."""
    _run(
        db,
        """CREATE TABLE targets (
            source TEXT NOT NULL, target TEXT NOT NULL, url TEXT, mark TEXT, baselined TEXT,
            polled TEXT NOT NULL, healthy TEXT, outcome TEXT NOT NULL, detail TEXT,
            PRIMARY KEY (source, target)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE episodes (
            source TEXT NOT NULL, target TEXT NOT NULL, since TEXT NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY (source, target)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE quarantines (
            source TEXT PRIMARY KEY, since TEXT NOT NULL, reason TEXT NOT NULL, fingerprint TEXT NOT NULL,
            confirmations INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
        """CREATE TABLE facts (
            source TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (source, name)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE runs (
            id TEXT PRIMARY KEY, source TEXT NOT NULL, started TEXT NOT NULL, finished TEXT NOT NULL,
            polls INTEGER NOT NULL, requests INTEGER NOT NULL, bytes INTEGER NOT NULL,
            broken TEXT) STRICT, WITHOUT ROWID""",
    )


def m002_records(db: Database) -> None:
    """What the sources list, the documents, and what was read in them."""
    _run(
        db,
        """CREATE TABLE records (
            source TEXT NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
            url TEXT NOT NULL, title TEXT NOT NULL, published TEXT, fields TEXT NOT NULL,
            document TEXT, document_error TEXT, asked TEXT,
            state TEXT NOT NULL CHECK (state IN ('listed', 'pending', 'missing', 'gone')),
            first_seen TEXT NOT NULL, missing_since TEXT, announced INTEGER NOT NULL, versions INTEGER NOT NULL,
            PRIMARY KEY (source, target, kind, key)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE letters (
            sha256 TEXT PRIMARY KEY, reader INTEGER NOT NULL, read TEXT NOT NULL, kind TEXT NOT NULL,
            body TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    )


def m003_outbox(db: Database) -> None:
    """What happened, and what is owed to whom because of it."""
    _run(
        db,
        """CREATE TABLE events (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, kind TEXT NOT NULL,
            urn TEXT, published TEXT, body TEXT NOT NULL) STRICT""",
        "CREATE INDEX events_by_urn ON events (urn)",
        """CREATE TABLE deliveries (
            id INTEGER PRIMARY KEY, event TEXT NOT NULL REFERENCES events (id), channel TEXT NOT NULL,
            recipient TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
            due TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, message TEXT,
            maybe_sent INTEGER NOT NULL DEFAULT 0, remote TEXT, error TEXT, sent TEXT,
            UNIQUE (event, channel, recipient)) STRICT""",
        "CREATE INDEX deliveries_owed ON deliveries (state, due) WHERE state IN ('queued', 'sending')",
    )


def m004_text(db: Database) -> None:
    """What a page says, and the facts that were read from it."""
    _run(db, "ALTER TABLE records ADD COLUMN text TEXT", "ALTER TABLE records ADD COLUMN facts TEXT")


def m005_stories(db: Database) -> None:
    """What belongs to one inspection or visit, why, and what a person said of it."""
    _run(
        db,
        """CREATE TABLE stories (
            id TEXT PRIMARY KEY, urn TEXT NOT NULL, opener TEXT NOT NULL, kind TEXT, opened TEXT NOT NULL,
            closed TEXT, merged_into TEXT) STRICT, WITHOUT ROWID""",
        "CREATE INDEX stories_by_urn ON stories (urn)",
        """CREATE TABLE story_pieces (
            urn TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL,
            key TEXT NOT NULL, story TEXT REFERENCES stories (id), reason TEXT, score INTEGER, body TEXT NOT NULL,
            PRIMARY KEY (urn, name)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX story_pieces_by_record ON story_pieces (source, target, kind, key)",
        """CREATE TABLE story_hands (
            urn TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL,
            together INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (urn, one, other)) STRICT, WITHOUT ROWID""",
    )


def m006_threads(db: Database) -> None:
    """What the other sides call our messages, and receipts: deliveries that are owed without an event."""
    columns = "id, event, channel, recipient, state, due, attempts, message, maybe_sent, remote, error, sent"
    _run(
        db,
        """CREATE TABLE posts (
            seq INTEGER PRIMARY KEY, message TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, recipient TEXT NOT NULL,
            place TEXT NOT NULL, remote TEXT NOT NULL, story TEXT, at TEXT NOT NULL) STRICT""",
        "CREATE INDEX posts_by_story ON posts (story, channel) WHERE story IS NOT NULL",
        "CREATE TABLE receipts (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """CREATE TABLE deliveries_now (
            id INTEGER PRIMARY KEY, event TEXT REFERENCES events (id), receipt TEXT REFERENCES receipts (id),
            channel TEXT NOT NULL, recipient TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
            due TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, message TEXT,
            maybe_sent INTEGER NOT NULL DEFAULT 0, remote TEXT, error TEXT, sent TEXT, claimed TEXT,
            UNIQUE (event, channel, recipient), UNIQUE (receipt, channel, recipient),
            CHECK ((event IS NULL) <> (receipt IS NULL))) STRICT""",
        f"INSERT INTO deliveries_now ({columns}) SELECT {columns} FROM deliveries",  # noqa: S608 - our own names
        "DROP TABLE deliveries",
        "ALTER TABLE deliveries_now RENAME TO deliveries",
        "UPDATE deliveries SET message = NULL WHERE state = 'queued' AND NOT maybe_sent",
        "CREATE INDEX deliveries_owed ON deliveries (channel, recipient, id) WHERE state IN ('queued', 'sending')",
        "CREATE INDEX deliveries_by_message ON deliveries (message)",
        "CREATE INDEX deliveries_sent ON deliveries (channel, recipient, sent)",
    )


def m007_subscriptions(db: Database) -> None:
    """What people asked for in their channels: councils to be told of, councils to be quiet about for a while,
    and which messages were of no use to them."""
    _run(
        db,
        """CREATE TABLE subscriptions (
            channel TEXT NOT NULL, urn TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (channel, urn)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE mutes (
            channel TEXT NOT NULL, urn TEXT NOT NULL, until TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (channel, urn)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE irrelevant (
            channel TEXT NOT NULL, event TEXT NOT NULL, story TEXT, by TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (channel, event, by)) STRICT, WITHOUT ROWID""",
    )


def m008_standing(db: Database) -> None:
    """How each scheduled job went last, and how many looks of a run the source answered with "unchanged"."""
    _run(
        db,
        """CREATE TABLE jobs (
            job TEXT PRIMARY KEY, slot TEXT NOT NULL, attempts INTEGER NOT NULL, started TEXT, finished TEXT,
            outcome TEXT) STRICT, WITHOUT ROWID""",
        "ALTER TABLE runs ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0",
    )


def m009_pages(db: Database) -> None:
    """All watched pages are targets of one source, "page", where each was a source of its own, "page.NAME". A page's
    spells of being broken or quiet stay open; one that was in quarantine is judged again by its next crawl."""
    mine = "source GLOB 'page.*'"
    name = "substr(source, 6)"
    _run(
        db,
        *(f"UPDATE {table} SET source = 'page' WHERE {mine}" for table in ("targets", "records", "runs")),  # noqa: S608
        f"""INSERT OR REPLACE INTO episodes SELECT 'page',
              CASE target WHEN '' THEN {name} WHEN 'quiet' THEN 'quiet:' || {name} ELSE target END, since, reason
            FROM episodes WHERE {mine} AND target <> 'quarantine'""",  # noqa: S608 - our own words
        *(f"DELETE FROM {table} WHERE {mine}" for table in ("episodes", "quarantines", "facts")),  # noqa: S608
        f"""UPDATE story_pieces SET body = json_set(body, '$.source', 'page'), source = 'page' WHERE {mine}""",  # noqa: S608
        "DELETE FROM jobs WHERE job GLOB 'page.*'",
    )


def m009_troubles(db: Database) -> None:
    """Episodes, quarantines and what is remembered of a source as what they mean, and no longer as names; how often
    what a decision rests on was written; documents that are still to be read."""
    _run(
        db,
        """CREATE TABLE source_states (
            source TEXT PRIMARY KEY, generation INTEGER NOT NULL, released INTEGER NOT NULL DEFAULT 0,
            not_before TEXT, listing_swept INTEGER NOT NULL DEFAULT 0, listing_hides TEXT,
            listing_agreed INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID""",
        """INSERT INTO source_states SELECT source, 1, max(name = 'release'),
            max(CASE name WHEN 'not_before' THEN value END), max(name = 'listing_swept'),
            max(CASE name WHEN 'listing_hides' THEN value END),
            coalesce(max(CASE name WHEN 'listing_agreed' THEN CAST(value AS INTEGER) END), 0)
            FROM facts GROUP BY source""",
        "DROP TABLE facts",
        "ALTER TABLE targets ADD COLUMN released INTEGER NOT NULL DEFAULT 0",
        "UPDATE targets SET released = 1 WHERE source IN (SELECT source FROM source_states WHERE released)",
        """CREATE TABLE episodes_now (
            source TEXT NOT NULL, trouble TEXT NOT NULL, targets TEXT NOT NULL, since TEXT NOT NULL,
            reason TEXT NOT NULL, outcome TEXT, second_hand INTEGER NOT NULL,
            PRIMARY KEY (source, trouble, targets)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE quarantines_now (
            source TEXT NOT NULL, targets TEXT NOT NULL, since TEXT NOT NULL, reason TEXT NOT NULL,
            fingerprint TEXT NOT NULL, confirmations INTEGER NOT NULL,
            PRIMARY KEY (source, targets)) STRICT, WITHOUT ROWID""",
        """INSERT INTO quarantines_now
            SELECT source, '[]', since, reason, fingerprint, confirmations FROM quarantines""",
        """CREATE TABLE story_generations (
            urn TEXT PRIMARY KEY, generation INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
        """CREATE TABLE unread_documents (
            sha256 TEXT PRIMARY KEY, attempts INTEGER NOT NULL, last TEXT NOT NULL,
            reason TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    )
    _episodes_meant(db)
    _events_meant(db)
    _run(
        db,
        "DROP TABLE episodes",
        "ALTER TABLE episodes_now RENAME TO episodes",
        "DROP TABLE quarantines",
        "ALTER TABLE quarantines_now RENAME TO quarantines",
    )


def _episodes_meant(db: Database) -> None:
    held = {source for (source,) in db.execute("SELECT source FROM quarantines")}
    for source, target, since, reason in db.execute("SELECT source, target, since, reason FROM episodes").fetchall():
        trouble, targets = words.meant(source, target, reason, held=source in held)
        second_hand = bool(words.SECOND_HAND.search(reason))
        name = (source, trouble, words.dumped(targets))
        row = (*name, since, reason, words.outcome(reason), second_hand)
        db.execute("INSERT INTO episodes_now VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _events_meant(db: Database) -> None:
    """Name the trouble in what was told of sources, for some of it is still to be sent."""
    for seq, text in db.execute("SELECT seq, body FROM events WHERE kind GLOB 'source.*'").fetchall():
        event = json.loads(text)
        event["after"] = words.body(event["source"], event["kind"], event["after"] or {})
        db.execute("UPDATE events SET body = ? WHERE seq = ?", (json.dumps(event, ensure_ascii=False), seq))


def m010_outbox(db: Database) -> None:
    """How severe an event is, since when a delivery should have been made, and what has to be tried by itself."""
    _run(
        db,
        "ALTER TABLE events ADD COLUMN severity TEXT NOT NULL DEFAULT 'info'",
        "UPDATE events SET severity = coalesce(json_extract(body, '$.severity'), 'info')",
        "ALTER TABLE deliveries ADD COLUMN owed_from TEXT NOT NULL DEFAULT ''",
        "UPDATE deliveries SET owed_from = due",
        "ALTER TABLE deliveries ADD COLUMN apart INTEGER NOT NULL DEFAULT 0",
    )


def m011_returns(db: Database) -> None:
    """Reports that an older edition told as withdrawn and saw come back without a word: their next withdrawal is
    another one. Those whose link was taken down while their document was awaited wait for it again."""
    _run(
        db,
        """UPDATE records SET versions = versions + 1 WHERE state != 'gone' AND EXISTS (
             SELECT 1 FROM events e WHERE e.kind = 'report.withdrawn' AND e.urn = records.target
               AND json_extract(e.body, '$.source') = records.source
               AND json_extract(e.body, '$.after.key') = records.key)""",
        """UPDATE records SET state = 'pending', missing_since = NULL
           WHERE kind = 'report' AND state IN ('missing', 'gone') AND NOT announced AND document IS NULL
             AND document_error IS NOT NULL AND julianday(first_seen) > (
               SELECT julianday(t.baselined) + 1 FROM targets t
               WHERE t.source = records.source AND t.target = records.target)""",
    )


def m012_indexes(db: Database) -> None:
    """Indexes by which no question about what is new reads what is old: `records` holds the texts of all pages."""
    _run(
        db,
        """CREATE INDEX records_days ON records (source, target, substr(coalesce(published, first_seen), 1, 10))
             WHERE state = 'listed'""",
        "CREATE INDEX records_documents ON records (source, first_seen) WHERE document IS NOT NULL",
        "CREATE INDEX records_asked ON records (source) WHERE asked IS NOT NULL",
        "CREATE INDEX events_by_kind ON events (kind)",
        "CREATE INDEX deliveries_failed ON deliveries (channel) WHERE state = 'failed'",
        "CREATE INDEX deliveries_by_state ON deliveries (channel, state)",
        "CREATE INDEX runs_by_start ON runs (started)",
    )


def m013_ends(db: Database) -> None:
    """How a run of a job ended, beside the words that said it."""
    _run(
        db,
        "ALTER TABLE jobs ADD COLUMN ended TEXT",
        """UPDATE jobs SET ended = CASE WHEN started IS NULL THEN 'passed' WHEN outcome = 'ok' THEN 'done'
             WHEN outcome GLOB 'crashed:*' OR outcome GLOB 'failed:*' THEN 'fault' ELSE 'unseen' END
           WHERE outcome IS NOT NULL""",
    )


def m014_texts(db: Database) -> None:
    """The words of each letter by paragraphs, compressed."""
    _run(
        db,
        """CREATE TABLE letter_texts (
            sha256 TEXT PRIMARY KEY, reader INTEGER NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID""",
    )


def m015_words(db: Database) -> None:
    """Words that people asked to be told of in their channels, and a way to the pages that they are looked for in."""
    _run(
        db,
        """CREATE TABLE word_subscriptions (
            channel TEXT NOT NULL, words TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (channel, words)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX records_with_text ON records (source, url) WHERE text IS NOT NULL",
    )


STEPS: tuple[Callable[[Database], None], ...] = (
    m001_sources,
    m002_records,
    m003_outbox,
    m004_text,
    m005_stories,
    m006_threads,
    m007_subscriptions,
    m008_standing,
    m009_pages,
    m009_troubles,
    m010_outbox,
    m011_returns,
    m012_indexes,
    m013_ends,
    m014_texts,
    m015_words,
)
VERSION = len(STEPS)


def version(connection: sqlite3.Connection) -> int:
    """How many steps this database has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def apply(connection: sqlite3.Connection) -> None:
    """Bring a database up to date. Each step is whole or has not happened."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(SET)
    for step in STEPS:
        migrations(name=step.__name__)(step)
    migrations.apply(Database(connection))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _run(db: Database, *statements: str) -> None:
    for statement in statements:
        db.execute(statement)
