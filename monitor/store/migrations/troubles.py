"""The step by which troubles got names of their own. Until then a target's name could say what an episode was about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from monitor.store.migrations import words
from monitor.store.migrations.first_edition import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m009_troubles(db: Database) -> None:
    """Episodes, quarantines and what is remembered of a source as what they mean, and no longer as names; how often
    what a decision rests on was written; documents that are still to be read."""
    _source_states(db)
    _episodes(db)
    _events(db)
    _quarantines(db)
    run(
        db,
        """CREATE TABLE story_generations (
            urn TEXT PRIMARY KEY, generation INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
        """CREATE TABLE unread_documents (
            sha256 TEXT PRIMARY KEY, attempts INTEGER NOT NULL, last TEXT NOT NULL,
            reason TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    )


def _source_states(db: Database) -> None:
    """One row for a source, where each thing that was remembered of it had a name and a text."""
    run(
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
    )


def _episodes(db: Database) -> None:
    """Episodes by trouble and targets, where a target's name said what an episode was about."""
    held = {source for (source,) in db.execute("SELECT source FROM quarantines")}
    old = db.execute("SELECT source, target, since, reason FROM episodes").fetchall()
    run(
        db,
        "DROP TABLE episodes",
        """CREATE TABLE episodes (
            source TEXT NOT NULL, trouble TEXT NOT NULL, targets TEXT NOT NULL, since TEXT NOT NULL,
            reason TEXT NOT NULL, outcome TEXT, second_hand INTEGER NOT NULL,
            PRIMARY KEY (source, trouble, targets)) STRICT, WITHOUT ROWID""",
    )
    for source, target, since, reason in old:
        trouble, targets = words.meant(source, target, reason, held=source in held)
        second_hand = bool(words.SECOND_HAND.search(reason))
        name = (source, trouble, words.dumped(targets))
        row = (*name, since, reason, words.outcome(reason), second_hand)
        db.execute("INSERT INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _events(db: Database) -> None:
    """Name the trouble in what was told of sources, for some of it is still to be sent."""
    for seq, text in db.execute("SELECT seq, body FROM events WHERE kind GLOB 'source.*'").fetchall():
        event = json.loads(text)
        event["after"] = words.body(event["source"], event["kind"], event["after"] or {})
        db.execute("UPDATE events SET body = ? WHERE seq = ?", (json.dumps(event, ensure_ascii=False), seq))


def _quarantines(db: Database) -> None:
    """Quarantines of some targets beside those of a whole source."""
    run(
        db,
        """CREATE TABLE quarantines_now (
            source TEXT NOT NULL, targets TEXT NOT NULL, since TEXT NOT NULL, reason TEXT NOT NULL,
            fingerprint TEXT NOT NULL, confirmations INTEGER NOT NULL,
            PRIMARY KEY (source, targets)) STRICT, WITHOUT ROWID""",
        """INSERT INTO quarantines_now
            SELECT source, '[]', since, reason, fingerprint, confirmations FROM quarantines""",
        "DROP TABLE quarantines",
        "ALTER TABLE quarantines_now RENAME TO quarantines",
    )
