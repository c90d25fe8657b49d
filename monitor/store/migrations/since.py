"""The steps since the first edition, but for the one in `troubles`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store.migrations.first_edition import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m009_pages(db: Database) -> None:
    """All watched pages are targets of one source, "page", where each was a source of its own, "page.NAME". A page's
    spells of being broken or quiet stay open; one that was in quarantine is judged again by its next crawl."""
    mine = "source GLOB 'page.*'"
    name = "substr(source, 6)"
    run(
        db,
        *(f"UPDATE {table} SET source = 'page' WHERE {mine}" for table in ("targets", "records", "runs")),  # noqa: S608
        f"""INSERT OR REPLACE INTO episodes SELECT 'page',
              CASE target WHEN '' THEN {name} WHEN 'quiet' THEN 'quiet:' || {name} ELSE target END, since, reason
            FROM episodes WHERE {mine} AND target <> 'quarantine'""",  # noqa: S608 - our own words
        *(f"DELETE FROM {table} WHERE {mine}" for table in ("episodes", "quarantines", "facts")),  # noqa: S608
        f"""UPDATE story_pieces SET body = json_set(body, '$.source', 'page'), source = 'page' WHERE {mine}""",  # noqa: S608
        "DELETE FROM jobs WHERE job GLOB 'page.*'",
    )


def m010_outbox(db: Database) -> None:
    """How severe an event is, since when a delivery should have been made, and what has to be tried by itself."""
    run(
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
    run(
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
    """Add indexes, so that no query for what is new reads what is old: `records` holds the texts of all pages."""
    run(
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
    run(
        db,
        "ALTER TABLE jobs ADD COLUMN ended TEXT",
        """UPDATE jobs SET ended = CASE WHEN started IS NULL THEN 'passed' WHEN outcome = 'ok' THEN 'done'
             WHEN outcome GLOB 'crashed:*' OR outcome GLOB 'failed:*' THEN 'fault' ELSE 'unseen' END
           WHERE outcome IS NOT NULL""",
    )


def m014_texts(db: Database) -> None:
    """The words of each letter by paragraphs, compressed."""
    run(
        db,
        """CREATE TABLE letter_texts (
            sha256 TEXT PRIMARY KEY, reader INTEGER NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID""",
    )


def m015_words(db: Database) -> None:
    """Words that people asked to be told of in their channels, and a way to the pages that they are looked for in."""
    run(
        db,
        """CREATE TABLE word_subscriptions (
            channel TEXT NOT NULL, words TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (channel, words)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX records_with_text ON records (source, url) WHERE text IS NOT NULL",
    )
