"""The ledger of scheduled jobs, and what the runs asked of the sources."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from monitor.model.state import Last
from monitor.store.database import Store


def ledger(store: Store) -> dict[str, Last]:
    """How each job went last."""
    rows = store.rows("SELECT job, slot, attempts, started, finished, outcome FROM jobs")
    return {
        r["job"]: Last(_utc(r["slot"]), r["attempts"], _maybe(r["started"]), _maybe(r["finished"]), r["outcome"])
        for r in rows
    }


def started(store: Store, job: str, slot: datetime, now: datetime) -> None:
    """A job begins for a slot; once more for the same slot counts as another attempt."""
    with store.transaction() as connection:
        connection.execute(
            """INSERT INTO jobs (job, slot, attempts, started) VALUES (?1, ?2, 1, ?3)
               ON CONFLICT (job) DO UPDATE SET attempts = CASE slot WHEN excluded.slot THEN attempts + 1 ELSE 1 END,
               slot = excluded.slot, started = excluded.started, finished = NULL, outcome = NULL""",
            (job, slot.isoformat(), now.isoformat()),
        )


def ended(store: Store, job: str, now: datetime, outcome: str) -> None:
    """A job that began has ended, well or not."""
    with store.transaction() as connection:
        connection.execute("UPDATE jobs SET finished = ?, outcome = ? WHERE job = ?", (now.isoformat(), outcome, job))


def given_back(store: Store, job: str) -> None:
    """A job that began was stopped by us: that is no attempt, and it is still owed."""
    with store.transaction() as connection:
        connection.execute("UPDATE jobs SET attempts = attempts - 1 WHERE job = ?", (job,))


def passed(store: Store, job: str, slot: datetime, outcome: str) -> None:
    """A job's slot is settled without a run of its own."""
    with store.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO jobs (job, slot, attempts, finished, outcome) VALUES (?1, ?2, 0, ?2, ?3)",
            (job, slot.isoformat(), outcome),
        )


def moved(store: Store, job: str, now: datetime) -> None:
    """What the job's line had before now counts as done."""
    with store.transaction() as connection:
        connection.execute("UPDATE jobs SET slot = ?1 WHERE job = ?2 AND slot < ?1", (now.isoformat(), job))


def by_day(store: Store, since: str) -> list[dict[str, Any]]:
    """What was asked of each source on each day: crawls, looks, requests, bytes, and looks that the source
    itself answered with "unchanged"."""
    sql = """SELECT substr(started, 1, 10) AS day, source, count(*) AS crawls, sum(polls) AS polls,
               sum(unchanged) AS unchanged, sum(requests) AS requests, sum(bytes) AS bytes
             FROM runs WHERE started >= ? GROUP BY day, source ORDER BY day, source"""
    return [dict(row) for row in store.rows(sql, since)]


def days_of_news(store: Store, source: str) -> dict[str, set[str]]:
    """The days (ISO) on which each target of a source had something new: of publication, where it is known. Of news
    the hour is known too."""
    sql = """SELECT DISTINCT target, substr(coalesce(published, first_seen), 1, 10) AS day FROM records
             WHERE source = ? AND state = 'listed'"""
    found: dict[str, set[str]] = {}
    for row in store.rows(sql, source):
        found.setdefault(row["target"], set()).add(row["day"])
    return found


def _maybe(text: str | None) -> datetime | None:
    return _utc(text) if text else None


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
