"""The steps to the database of the first edition (version 8): what every later one begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def run(db: Database, *statements: str) -> None:
    """Execute statements one after the other, inside the step's transaction."""
    for statement in statements:
        db.execute(statement)


def m001_sources(db: Database) -> None:
    """What is watched, and how each source and target stood when last seen."""
    run(
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
    run(
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
    run(
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
    run(db, "ALTER TABLE records ADD COLUMN text TEXT", "ALTER TABLE records ADD COLUMN facts TEXT")


def m005_stories(db: Database) -> None:
    """What belongs to one inspection or visit, why, and what a person said of it."""
    run(
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
    run(
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
    run(
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
    run(
        db,
        """CREATE TABLE jobs (
            job TEXT PRIMARY KEY, slot TEXT NOT NULL, attempts INTEGER NOT NULL, started TEXT, finished TEXT,
            outcome TEXT) STRICT, WITHOUT ROWID""",
        "ALTER TABLE runs ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0",
    )
