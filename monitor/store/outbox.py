"""The outbox: events, receipts, and the deliveries that they owe.

An event and its deliveries are written in the transaction that saves the new state, so nothing that
happened is ever without them. A delivery is `queued`, then `sending` while a message that holds it
is under way (see sending.py), then `sent` or `failed`. A receipt is owed like an event and is none: it
stands in a table of its own, so that what reads events never meets one.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from monitor.model import Event, event_from_json, to_json
from monitor.model.days import LONDON
from monitor.model.delivery import Recipient
from monitor.store.database import Store
from monitor.store.sqlite import sqlite3

log = logging.getLogger("ofsted-watch")


def add(store: Store, event: Event, owed: Iterable[Recipient]) -> bool:
    """Save an event with its deliveries; False, and nothing saved, where it is known already."""
    body = json.dumps(to_json(event), ensure_ascii=False)
    row = (event.id, event.at, event.kind, event.urn, event.published, event.severity, body)
    added = store.connection.execute(
        """INSERT OR IGNORE INTO events (id, at, kind, urn, published, severity, body)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        row,
    )
    if not added.rowcount:
        return False
    store.connection.executemany(
        """INSERT INTO deliveries (event, channel, recipient, state, due, owed_from)
           VALUES (?, ?, ?, 'queued', ?, ?)""",
        [(o.event, o.channel, o.recipient, o.due, o.due) for o in owed],
    )
    return True


def add_receipt(store: Store, receipt: Event, owed: Iterable[Recipient]) -> None:
    """Save a receipt with its deliveries, where they are not there already. Inside a transaction."""
    body = json.dumps(to_json(receipt), ensure_ascii=False)
    store.connection.execute("INSERT OR IGNORE INTO receipts VALUES (?, ?)", (receipt.id, body))
    store.connection.executemany(
        """INSERT OR IGNORE INTO deliveries (receipt, channel, recipient, state, due, owed_from)
           VALUES (?, ?, ?, 'queued', ?, ?)""",
        [(o.event, o.channel, o.recipient, o.due, o.due) for o in owed],
    )


def has_receipt(store: Store, id_: str) -> bool:
    """Whether a receipt has been owed already."""
    return bool(store.rows("SELECT 1 FROM receipts WHERE id = ?", id_))


def receipts(store: Store, kind: str) -> list[Event]:
    """The receipts of a kind that were ever owed."""
    rows = store.rows("SELECT id, body FROM receipts WHERE json_extract(body, '$.kind') = ?", kind)
    return _read(rows)


def events(store: Store, since: str | None = None, urn: str | None = None, kind: str | None = None) -> list[Event]:
    """What has been found, oldest first; `since` is a day (in London) or a time of finding, `kind` a pattern."""
    rows = store.rows(
        """SELECT id, body FROM events WHERE (?1 IS NULL OR at >= ?1)
           AND (?2 IS NULL OR urn = ?2) AND (?3 IS NULL OR kind GLOB ?3) ORDER BY seq""",
        since and _begin(since),
        urn,
        kind,
    )
    return _read(rows)


def _read(rows: Iterable[sqlite3.Row]) -> list[Event]:
    """The events of these rows. One that cannot be read back costs itself, and is said."""
    found = []
    for row in rows:
        try:
            found.append(event_from_json(json.loads(row["body"])))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            log.error("event %s cannot be read back and is left out: %s", row["id"], type(error).__name__)
    return found


def latest(store: Store) -> Event | None:
    """What was found last, other than news of the sources themselves."""
    rows = store.rows("SELECT id, body FROM events WHERE kind NOT GLOB 'source.*' ORDER BY seq DESC LIMIT 1")
    return next(iter(_read(rows)), None)


def versions_told(store: Store, source: str, urn: str) -> list[tuple[str, str]]:
    """The documents of a council's reports that people were told of, earlier versions too: (key, sha256)."""
    rows = store.rows(
        """SELECT json_extract(body, '$.after.key') AS key, json_extract(body, '$.after.sha256') AS now,
             iif(kind = 'report.replaced', json_extract(body, '$.before.sha256'), NULL) AS earlier
           FROM events WHERE urn = ? AND kind GLOB 'report.*' AND json_extract(body, '$.source') = ?""",
        urn,
        source,
    )
    return [(r["key"], sha256) for r in rows for sha256 in (r["now"], r["earlier"]) if r["key"] and sha256]


def known(store: Store, ids: Iterable[str]) -> set[str]:
    """Those of the events' ids that are saved."""
    sql = "SELECT id FROM events WHERE id IN (SELECT value FROM json_each(?))"
    return {row["id"] for row in store.rows(sql, json.dumps(list(ids)))}


def _begin(since: str) -> str:
    """A moment in UTC, as the times of finding are kept: a day begins at London's midnight."""
    moment = datetime.fromisoformat(since)
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC).isoformat()


def unsent(store: Store) -> int:
    """How many deliveries are still owed."""
    sql = "SELECT count(*) FROM deliveries INDEXED BY deliveries_owed WHERE state IN ('queued', 'sending')"
    return int(store.rows(sql)[0][0])


def failed(store: Store) -> int:
    """How many deliveries were given up."""
    return int(store.rows("SELECT count(*) FROM deliveries WHERE state = 'failed'")[0][0])


def told_since(store: Store, channel: str, recipient: str, since: str, until: str) -> bool:
    """Whether anything that happened was sent over this way since then, or was found before `until` and is owed."""
    sql = """SELECT 1 FROM deliveries d JOIN events e ON e.id = d.event WHERE d.channel = ? AND d.recipient = ?
             AND (d.sent >= ? OR (d.state IN ('queued', 'sending') AND e.at < ?)) LIMIT 1"""
    return bool(store.rows(sql, channel, recipient, since, until))


def by_kind(store: Store) -> dict[tuple[str, ...], int]:
    """How many events there are of each kind."""
    return {(r["kind"],): r["n"] for r in store.rows("SELECT kind, count(*) AS n FROM events GROUP BY kind")}


def by_state(store: Store) -> dict[tuple[str, ...], int]:
    """How many deliveries each channel has in each state."""
    rows = store.rows("SELECT channel, state, count(*) AS n FROM deliveries GROUP BY channel, state")
    return {(r["channel"], r["state"]): r["n"] for r in rows}


def untold_loss(store: Store) -> bool:
    """Whether something was given up since when nothing at all was sent: nobody can have been told of it."""
    sql = """SELECT 1 FROM deliveries WHERE state = 'failed'
             AND coalesce(claimed, due) > (SELECT coalesce(max(sent), '') FROM deliveries) LIMIT 1"""
    return bool(store.rows(sql))


ROUTES = """
    WITH RECURSIVE
      channels (channel) AS (
        SELECT min(channel) FROM deliveries
        UNION ALL
        SELECT (SELECT min(channel) FROM deliveries WHERE channel > c.channel) FROM channels c
          WHERE c.channel IS NOT NULL),
      ways (channel, recipient) AS (
        SELECT channel, (SELECT min(recipient) FROM deliveries WHERE channel = c.channel) FROM channels c
          WHERE c.channel IS NOT NULL
        UNION ALL
        SELECT channel, (SELECT min(recipient) FROM deliveries WHERE channel = w.channel AND recipient > w.recipient)
          FROM ways w WHERE w.recipient IS NOT NULL),
      unsent AS (
        SELECT *, 1 AS owed FROM deliveries INDEXED BY deliveries_owed WHERE state IN ('queued', 'sending')
        UNION ALL
        SELECT *, 0 AS owed FROM deliveries INDEXED BY deliveries_failed WHERE state = 'failed')
    SELECT w.channel, w.recipient, coalesce(sum(u.owed), 0) AS owed, coalesce(sum(NOT u.owed), 0) AS given_up,
      (SELECT max(sent) FROM deliveries d WHERE d.channel = w.channel AND d.recipient = w.recipient) AS last_sent,
      max(CASE WHEN u.owed THEN u.attempts END) AS attempts, min(CASE WHEN u.owed THEN u.due END) AS due,
      min(CASE WHEN u.owed THEN u.owed_from END) AS owed_from, max(u.error) AS reason,
      coalesce(max(u.state = 'sending' OR (u.state = 'queued' AND u.maybe_sent)), 0) AS unsure
    FROM ways w LEFT JOIN unsent u ON u.channel = w.channel AND u.recipient = w.recipient
    WHERE w.recipient IS NOT NULL GROUP BY w.channel, w.recipient ORDER BY w.channel, w.recipient
"""
"""Each route is sought in the index from the one before it, so that what has been sent is not gone through."""


def by_route(store: Store) -> list[dict[str, Any]]:
    """Return each channel and recipient: what it is owed, how sending went so far, and why it waits."""
    return [dict(row) for row in store.rows(ROUTES)]


def sent_by_channel(store: Store, since: str) -> list[dict[str, Any]]:
    """For each channel how many deliveries were sent since a moment, wait and were given up; when the last one went."""
    rows = store.rows(
        """SELECT channel, sum(state = 'sent' AND sent >= ?) AS sent, sum(state IN ('queued', 'sending')) AS waiting,
             sum(state = 'failed') AS given_up, max(sent) AS last_sent FROM deliveries GROUP BY channel""",
        since,
    )
    return [dict(row) for row in rows]


def forget(store: Store, channel: str, held: Collection[str] = ()) -> int:
    """Owe a channel no longer what was given up, nor what waits for these recipients; how many deliveries that were."""
    with store.transaction() as connection:
        sql = """DELETE FROM deliveries WHERE channel = ? AND (state = 'failed'
                 OR (state IN ('queued', 'sending') AND recipient IN (SELECT value FROM json_each(?))))"""
        return connection.execute(sql, (channel, json.dumps(list(held)))).rowcount


def requeue(store: Store, now: str) -> None:
    """Owe again what was given up, and try at once what waits to be tried again. What may have been taken stays the
    message that it was; what had to be tried by itself may be put together with others again."""
    with store.transaction() as connection:
        connection.execute(
            """UPDATE deliveries SET state = 'queued', attempts = 0, due = ?1, owed_from = ?1, error = NULL, apart = 0,
               message = CASE WHEN maybe_sent THEN message END WHERE state = 'failed'""",
            (now,),
        )
        connection.execute(
            "UPDATE deliveries SET due = min(due, ?1), apart = 0 WHERE state = 'queued' AND error IS NOT NULL", (now,)
        )
