"""Messages on their way out: put together, claimed, and marked with what became of them.

A message gets its id in the transaction that claims it, before anything is sent. The same deliveries keep that id at
every attempt for as long as the message may have been taken, so a channel that can be asked recognises it. Only the
holder of the sender's lock sends; a claim that is found at the start was left by a process that died.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from monitor.channels.digests import ordered
from monitor.model import Event, event_from_json
from monitor.model.delivery import Batch, Message, PendingDelivery, Route
from monitor.model.event import WordingError, story_of
from monitor.store.database import Store
from monitor.store.sqlite import sqlite3


def message(store: Store, route: Route, batch: Batch) -> Message:
    """What a batch sends, still without its events. Its id is made from what it says to whom."""
    made = _id(route, [row[0] for row in _rows(store, batch.ids)])
    return Message(batch.message or made, route, batch.ids, (), batch.attempts, batch.message is not None)


def _id(route: Route, named: Collection[str]) -> str:
    return sha256("|".join([*route, *named]).encode()).hexdigest()[:32]


def singly(store: Store, route: Route, found: Collection[PendingDelivery]) -> list[PendingDelivery]:
    """The same deliveries, each in a message of its own that may have been sent before: by a store that was lost."""
    named = {one.id: row[0] for one in found for row in _rows(store, [one.id])}
    return [replace(one, message=one.message or _id(route, [named[one.id]])) for one in found]


def with_events(store: Store, message: Message) -> Message:
    """The message with its events, as they are shown. Raises WordingError with those that cannot be read back."""
    told, broken = [], []
    for id_, body in _rows(store, message.ids):
        try:
            told.extend(ordered([event_from_json(json.loads(body))]))
        except (ValueError, TypeError, KeyError, AttributeError):
            broken.append(id_)
    if broken:
        raise WordingError(broken)
    return replace(message, events=tuple(ordered(told)))


def of_events(store: Store, message: Message, events: Collection[str]) -> tuple[int, ...]:
    """The deliveries of a message that tell one of these events."""
    sql = """SELECT id FROM deliveries WHERE id IN (SELECT value FROM json_each(?))
             AND coalesce(event, receipt) IN (SELECT value FROM json_each(?)) ORDER BY id"""
    return tuple(row[0] for row in store.rows(sql, json.dumps(message.ids), json.dumps(list(events))))


def _rows(store: Store, ids: Collection[int]) -> list[tuple[str, str]]:
    sql = """SELECT coalesce(d.event, d.receipt), coalesce(e.body, r.body) FROM deliveries d
             LEFT JOIN events e ON e.id = d.event LEFT JOIN receipts r ON r.id = d.receipt
             WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id"""
    return [(row[0], row[1]) for row in store.rows(sql, json.dumps(list(ids)))]


def events_of(store: Store, message: Message) -> list[str]:
    """The ids of what a message tells, in the order of its deliveries."""
    return [row[0] for row in _rows(store, message.ids)]


def claim(store: Store, message: Message, at: str, *, counted: bool = True) -> None:
    """Fix a message and note, before it is sent, that it is being sent: a crash from here on leaves it half done."""
    _update(
        store, message, "state = 'sending', message = ?, claimed = ?, attempts = attempts + ?", message.id, at, counted
    )


def mark_sent(store: Store, message: Message, remote: str | None, place: str, at: str) -> None:
    """Mark a message as sent. `remote` is the other side's name for it; `place` is where it went."""
    with store.transaction() as connection:
        _set(store, message, "state = 'sent', remote = ?, sent = ?, error = NULL", remote, at)
        if remote is not None:
            connection.execute(
                """INSERT OR IGNORE INTO posts (message, channel, recipient, place, remote, story, at)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (message.id, *message.route, place, remote, story_of(message.events), at),
            )


def mark_needless(store: Store, message: Message, why: str) -> None:
    """Mark a message as done that was not sent, because it would say nothing where it was to go."""
    with store.transaction():
        _set(store, message, "state = 'sent', remote = NULL, sent = NULL, error = ?", why)


def postpone(store: Store, message: Message, due: str, error: str, *, maybe_sent: bool, apart: bool = False) -> None:
    """Put a message that was refused, or that may not have arrived, off until `due`. If it surely was not taken, its
    deliveries may be put together anew. `apart`: other messages do not wait for it."""
    unsure = maybe_sent or message.maybe_sent
    change = "state = 'queued', due = ?, error = ?, maybe_sent = ?, message = ?, apart = max(apart, ?)"
    _update(store, message, change, due, error, unsure, message.id if unsure else None, apart)


def put_back(store: Store, message: Message) -> None:
    """A claimed message was not tried after all: its deliveries are owed as they were."""
    _update(store, message, "state = 'queued', message = NULL, attempts = attempts - 1")


def last_sent(store: Store, most: int) -> list[tuple[str, Route, list[Event]]]:
    """The messages that were sent last, the newest first: when (ISO 8601), over which way, and what they told."""
    rows = store.rows(
        """SELECT max(sent) AS at, channel, recipient, message FROM deliveries WHERE state = 'sent' AND sent IS NOT NULL
           GROUP BY channel, recipient, message ORDER BY at DESC LIMIT ?""",
        most,
    )
    return [(r["at"], Route(r["channel"], r["recipient"]), _told_by(store, r)) for r in rows]


def _told_by(store: Store, row: sqlite3.Row) -> list[Event]:
    """The events and receipts of one sent message; those that cannot be read back are left out."""
    sql = "SELECT id FROM deliveries WHERE channel = ? AND recipient = ? AND message IS ? AND state = 'sent'"
    ids = [r["id"] for r in store.rows(sql, row["channel"], row["recipient"], row["message"])]
    found = []
    for _, body in _rows(store, ids):
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            found.append(event_from_json(json.loads(body)))
    return ordered(found)


def give_up(store: Store, message: Message, error: str, least: int = 0) -> None:
    """Mark as failed those deliveries of a message that have had at least `least` attempts. Inside a transaction."""
    store.connection.execute(
        """UPDATE deliveries SET state = 'failed', error = ?
           WHERE id IN (SELECT value FROM json_each(?)) AND attempts >= ?""",
        (error, json.dumps(message.ids), least),
    )


def _update(store: Store, message: Message, change: str, *values: object) -> None:
    with store.transaction():
        _set(store, message, change, *values)


def _set(store: Store, message: Message, change: str, *values: object) -> None:
    sql = f"UPDATE deliveries SET {change} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - written above
    store.connection.execute(sql, (*values, json.dumps(message.ids)))
