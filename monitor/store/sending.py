"""Messages on their way out: put together, claimed, and marked with what became of them.

A message is fixed in the transaction that claims it, before anything is sent, and kept for as long as it
may have been taken: the same deliveries have the same message id at every attempt, by which a channel that
can be asked recognises it. A claim goes with the process that made it, for one drain at a time holds the
lock: one that is found belongs to a process that is gone.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from monitor.channels.digests import ordered
from monitor.model import event_from_json
from monitor.model.delivery import Batch, Message, PendingDelivery, Route
from monitor.model.event import story_of
from monitor.store.database import Store

OWED = "state IN ('queued', 'sending')"


def routes(store: Store) -> list[Route]:
    """The ways over which something is owed, the longest waiting first."""
    sql = f"SELECT channel, recipient FROM deliveries WHERE {OWED} GROUP BY channel, recipient ORDER BY min(id)"  # noqa: S608
    return [Route(*row) for row in store.rows(sql)]


def pending(store: Store, way: Route) -> list[PendingDelivery]:
    """What is owed over one way, in order."""
    rows = store.rows(
        f"""SELECT d.id, due, attempts, CASE WHEN maybe_sent OR state = 'sending' THEN message END AS fixed,
              error IS NOT NULL AND state = 'queued' AS put_off,
              coalesce(json_extract(e.body, '$.severity') = 'critical', 0) AS critical
            FROM deliveries d LEFT JOIN events e ON e.id = d.event
            WHERE channel = ? AND recipient = ? AND {OWED} ORDER BY d.id""",  # noqa: S608 - OWED is ours
        *way,
    )
    return [PendingDelivery(r[0], datetime.fromisoformat(r[1]), r[2], r[3], bool(r[4]), bool(r[5])) for r in rows]


def message(store: Store, way: Route, turn: Batch) -> Message:
    """What a turn sends. Its id is made from what it says to whom."""
    rows = _rows(store, turn.ids)
    named = [row[0] for row in rows]
    made = sha256("|".join([*way, *named]).encode()).hexdigest()[:32]
    told = tuple(ordered(event_from_json(json.loads(row[1])) for row in rows))
    return Message(turn.message or made, way, turn.ids, told, turn.attempts, turn.message is not None)


def _rows(store: Store, ids: Collection[int]) -> list[tuple[str, str]]:
    sql = """SELECT coalesce(d.event, d.receipt), coalesce(e.body, r.body) FROM deliveries d
             LEFT JOIN events e ON e.id = d.event LEFT JOIN receipts r ON r.id = d.receipt
             WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id"""
    return [(row[0], row[1]) for row in store.rows(sql, json.dumps(list(ids)))]


def claim(store: Store, message: Message, at: str, *, counted: bool = True) -> None:
    """Fix a message and note, before it is sent, that it is being sent: a crash from here on leaves it half done."""
    _update(
        store, message, "state = 'sending', message = ?, claimed = ?, attempts = attempts + ?", message.id, at, counted
    )


def mark_sent(store: Store, message: Message, remote: str | None, place: str, at: str) -> None:
    """A message is through. `remote` is the other side's name for it, where it went to `place`."""
    with store.transaction() as connection:
        _set(store, message, "state = 'sent', remote = ?, sent = ?, error = NULL", remote, at)
        if remote is not None:
            connection.execute(
                """INSERT OR IGNORE INTO posts (message, channel, recipient, place, remote, story, at)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (message.id, *message.way, place, remote, story_of(message.events), at),
            )


def postpone(store: Store, message: Message, due: str, error: str, *, maybe_sent: bool) -> None:
    """A message was not taken, or perhaps, and is tried again from `due` on. Where it surely was not, its
    deliveries may be put together anew."""
    unsure = maybe_sent or message.maybe_sent
    change = "state = 'queued', due = ?, error = ?, maybe_sent = ?, message = ?"
    _update(store, message, change, due, error, unsure, message.id if unsure else None)


def give_up(store: Store, message: Message, error: str, least: int = 0) -> None:
    """Stop those deliveries of a message that were tried at `least` so often. Inside a transaction."""
    store.connection.execute(
        """UPDATE deliveries SET state = 'failed', error = ?
           WHERE id IN (SELECT value FROM json_each(?)) AND attempts >= ?""",
        (error, json.dumps(message.ids), least),
    )


def down_since(store: Store, way: Route) -> str:
    """Since when a way that gave something up has taken nothing: its last success, or else the time of the
    first event that it was not given."""
    sql = """SELECT coalesce(max(d.sent), min(CASE WHEN d.state = 'failed' THEN coalesce(e.at, d.due) END), '')
             FROM deliveries d LEFT JOIN events e ON e.id = d.event WHERE channel = ? AND recipient = ?"""
    return str(store.rows(sql, *way)[0][0])


def tried_since(store: Store, channels: Collection[str], since: str) -> int:
    """How many messages were tried over these channels since then, as far as their last tries tell."""
    sql = """SELECT count(DISTINCT message) FROM deliveries
             WHERE channel IN (SELECT value FROM json_each(?)) AND claimed >= ?"""
    return int(store.rows(sql, json.dumps(sorted(channels)), since)[0][0])


def _update(store: Store, message: Message, change: str, *values: object) -> None:
    with store.transaction():
        _set(store, message, change, *values)


def _set(store: Store, message: Message, change: str, *values: object) -> None:
    sql = f"UPDATE deliveries SET {change} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - written above
    store.connection.execute(sql, (*values, json.dumps(message.ids)))
