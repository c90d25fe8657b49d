"""The table of job runs, and the requests that the runs made to the sources."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from monitor.model.state import End, Ended, Last
from monitor.store.database import Store
from monitor.store.sqlite import sqlite3


def ledger(store: Store) -> dict[str, Last]:
    """Return the last run of each job."""
    rows = store.rows("SELECT job, slot, attempts, started, finished, ended, outcome FROM jobs")
    return {
        r["job"]: Last(_utc(r["slot"]), r["attempts"], _maybe(r["started"]), _maybe(r["finished"]), _ended(r))
        for r in rows
    }


def started(store: Store, job: str, slot: datetime, now: datetime) -> None:
    """Record that a job begins for a slot. Beginning again for the same slot counts as another attempt."""
    with store.transaction() as connection:
        connection.execute(
            """INSERT INTO jobs (job, slot, attempts, started) VALUES (?1, ?2, 1, ?3)
               ON CONFLICT (job) DO UPDATE SET attempts = CASE slot WHEN excluded.slot THEN attempts + 1 ELSE 1 END,
               slot = excluded.slot, started = excluded.started, finished = NULL, ended = NULL, outcome = NULL""",
            (job, slot.isoformat(), now.isoformat()),
        )


def ended(store: Store, job: str, now: datetime, how: Ended) -> None:
    """Record that a job has ended, well or not."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE jobs SET finished = ?, ended = ?, outcome = ? WHERE job = ?",
            (now.isoformat(), how.end, how.words, job),
        )


def given_back(store: Store, job: str) -> None:
    """Record that the program stopped a job. That is no attempt, and the job is due again."""
    with store.transaction() as connection:
        connection.execute("UPDATE jobs SET attempts = attempts - 1 WHERE job = ?", (job,))


def passed(store: Store, job: str, slot: datetime, why: str) -> None:
    """Record that a slot needs no run of its own."""
    with store.transaction() as connection:
        connection.execute(
            """INSERT OR REPLACE INTO jobs (job, slot, attempts, finished, ended, outcome)
               VALUES (?1, ?2, 0, ?2, ?3, ?4)""",
            (job, slot.isoformat(), End.PASSED, why),
        )


def moved(store: Store, job: str, now: datetime) -> None:
    """Count all slots of a job before `now` as done, because its schedule has changed."""
    with store.transaction() as connection:
        connection.execute("UPDATE jobs SET slot = ?1 WHERE job = ?2 AND slot < ?1", (now.isoformat(), job))


def by_day(store: Store, since: str) -> list[dict[str, Any]]:
    """Return for each day since one, newest last, and each source the number of crawls, polls, requests and bytes, and
    of polls that the source itself answered with "unchanged". Hosts are not told apart."""
    sql = """SELECT substr(started, 1, 10) AS day, source, count(*) AS crawls, sum(polls) AS polls,
               sum(unchanged) AS unchanged, sum(requests) AS requests, sum(bytes) AS bytes
             FROM runs WHERE started >= ? GROUP BY day, source ORDER BY day, source"""
    return [dict(row) for row in store.rows(sql, since)]


def days_of_news(store: Store, source: str, most: int) -> dict[str, set[str]]:
    """Return the last days (ISO) on which each target of a source had something new, `most` of each: the day of
    publication if it is known, for news with the hour. Each day is sought in the index from the one after it, however
    many records a day has."""
    day = "substr(coalesce(published, first_seen), 1, 10)"
    last = f"SELECT max({day}) FROM records WHERE source = ?1 AND target = t.target AND state = 'listed'"  # noqa: S608
    rows = store.rows(
        f"""WITH RECURSIVE days (target, day, number) AS (
              SELECT t.target, ({last}), 1 FROM targets t WHERE t.source = ?1
              UNION ALL
              SELECT t.target, ({last} AND {day} < t.day), number + 1 FROM days t
                WHERE t.day IS NOT NULL AND number < ?2)
            SELECT target, day FROM days WHERE day IS NOT NULL""",  # noqa: S608 - our own words
        source,
        most,
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["target"], set()).add(row["day"])
    return found


def _ended(row: sqlite3.Row) -> Ended | None:
    return Ended(End(row["ended"]), row["outcome"]) if row["ended"] else None


def _maybe(text: str | None) -> datetime | None:
    return _utc(text) if text else None


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
