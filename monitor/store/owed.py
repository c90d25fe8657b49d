"""What is owed over each way: since when, until when it waits, and since when a way takes nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from monitor.channels.bundles import share_of
from monitor.model.delivery import PendingDelivery, Route, Share
from monitor.store.database import Store
from monitor.store.sqlite import sqlite3

OWED = "state IN ('queued', 'sending')"
_AHEAD = "SELECT id FROM deliveries WHERE channel = ?1 AND recipient = ?2 AND sent > ?3"


def routes(store: Store) -> list[Route]:
    """The ways over which something is owed, the longest waiting first."""
    sql = f"SELECT channel, recipient FROM deliveries WHERE {OWED} GROUP BY channel, recipient ORDER BY min(id)"  # noqa: S608
    return [Route(*row) for row in store.rows(sql)]


def pending(store: Store, route: Route) -> list[PendingDelivery]:
    """What is owed over one route, in order."""
    rows = store.rows(
        f"""SELECT d.id, due, attempts, CASE WHEN maybe_sent OR state = 'sending' THEN message END AS fixed,
              error IS NOT NULL AND state = 'queued' AS put_off,
              coalesce(e.severity = 'critical', 0) AS critical, d.apart,
              e.kind, e.severity, e.urn, CASE WHEN e.kind NOT GLOB 'report.*' THEN e.body END AS body
            FROM deliveries d LEFT JOIN events e ON e.id = d.event
            WHERE channel = ? AND recipient = ? AND {OWED} ORDER BY d.id""",  # noqa: S608 - OWED is ours
        *route,
    )
    return [
        PendingDelivery(
            r["id"], datetime.fromisoformat(r["due"]), r["attempts"], r["fixed"],
            put_off=bool(r["put_off"]), critical=bool(r["critical"]), apart=bool(r["apart"]), share=_share(r),
        )
        for r in rows
    ]  # fmt: skip


def _share(row: sqlite3.Row) -> Share:
    """With which others a delivery goes out. A body that cannot be read is told by itself, and found out there."""
    kind = row["kind"] or ""
    try:
        body = json.loads(row["body"] or "{}")
        story, meeting = body.get("story"), (body.get("after") or {}).get("meeting")
    except (ValueError, AttributeError):
        story = meeting = None
    return share_of(
        kind,
        row["severity"] or "info",
        row["urn"],
        story if isinstance(story, str) else None,
        meeting if isinstance(meeting, str) else None,
    )


def owed_since(store: Store, ids: Collection[int]) -> datetime:
    """Since when the oldest of some deliveries should have been sent."""
    sql = "SELECT min(owed_from) FROM deliveries WHERE id IN (SELECT value FROM json_each(?))"
    return datetime.fromisoformat(store.rows(sql, json.dumps(list(ids)))[0][0])


def are_outages(store: Store, ids: Collection[int]) -> bool:
    """Return True if deliveries tell only of troubles, ours or a source's."""
    sql = """SELECT count(*) FROM deliveries d LEFT JOIN events e ON e.id = d.event
             WHERE d.id IN (SELECT value FROM json_each(?)) AND coalesce(e.kind, '') NOT GLOB 'source.*'"""
    return not store.rows(sql, json.dumps(list(ids)))[0][0]


def pull_in(store: Store, ids: Collection[int], due: str) -> None:
    """Let deliveries be due from an earlier moment on."""
    sql = "UPDATE deliveries SET due = ?1, owed_from = min(owed_from, ?1) WHERE id IN (SELECT value FROM json_each(?2))"
    with store.transaction() as connection:
        connection.execute(sql, (due, json.dumps(list(ids))))


def next_due(store: Store, after: str) -> str | None:
    """The first moment after this one from which on something more is due."""
    sql = f"SELECT min(due) FROM deliveries WHERE {OWED} AND due > ?"  # noqa: S608 - OWED is ours
    found = store.rows(sql, after)[0][0]
    return None if found is None else str(found)


def down_since(store: Store, route: Route) -> str:
    """Return since when a route that gave something up has taken nothing: the time of its last success, or else of the
    first event that it was not given."""
    sql = """SELECT coalesce(max(d.sent), min(CASE WHEN d.state = 'failed' THEN coalesce(e.at, d.due) END), '')
             FROM deliveries d LEFT JOIN events e ON e.id = d.event WHERE channel = ? AND recipient = ?"""
    return str(store.rows(sql, *route)[0][0])


def pull_back(store: Store, routes: Collection[Route], now: str) -> None:
    """Take back times that lie ahead of now, written while the clock was wrong: when something was sent over these
    routes, or given up. Otherwise a route would seem to work, or to be down, until then."""
    ahead = [route for route in routes if store.rows(f"{_AHEAD} LIMIT 1", *route, now)]
    if not ahead and not store.rows("SELECT 1 FROM deliveries WHERE state = 'failed' AND claimed > ? LIMIT 1", now):
        return
    with store.transaction() as connection:
        for route in ahead:
            sql = f"UPDATE deliveries SET sent = ?3, claimed = min(claimed, ?3) WHERE id IN ({_AHEAD})"  # noqa: S608
            connection.execute(sql, (*route, now))
        connection.execute("UPDATE deliveries SET claimed = ?1 WHERE state = 'failed' AND claimed > ?1", (now,))


def tried_since(store: Store, channels: Collection[str], since: str) -> int:
    """Count the messages that were tried over these channels since a time. Only the last try of each is known."""
    sql = """SELECT count(DISTINCT message) FROM deliveries
             WHERE channel IN (SELECT value FROM json_each(?)) AND claimed >= ?"""
    return int(store.rows(sql, json.dumps(sorted(channels)), since)[0][0])
