"""Messages on their way out: put together, claimed, and marked with what became of them.

A message is fixed in the transaction that claims it, before anything is sent, and kept for as long as it
may have been taken: the same deliveries have the same message id at every attempt, by which a channel that
can be asked recognises it. A claim goes with the process that made it, for one sender at a time holds the
lock: one that is found belongs to a process that is gone.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from monitor.channels.bundles import share_of
from monitor.channels.digests import ordered
from monitor.model import Event, event_from_json
from monitor.model.delivery import Batch, Message, PendingDelivery, Route, Share
from monitor.model.event import WordingError, story_of
from monitor.store.database import Store
from monitor.store.sqlite import sqlite3

OWED = "state IN ('queued', 'sending')"


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
    """The message with its events, in the order in which they are shown. Raises WordingError, which names those that
    cannot be read back."""
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


def owed_since(store: Store, ids: Collection[int]) -> datetime:
    """Since when the oldest of some deliveries should have been sent."""
    sql = "SELECT min(owed_from) FROM deliveries WHERE id IN (SELECT value FROM json_each(?))"
    return datetime.fromisoformat(store.rows(sql, json.dumps(list(ids)))[0][0])


def are_outages(store: Store, ids: Collection[int]) -> bool:
    """Whether deliveries tell of nothing but a trouble of ours or of a source."""
    sql = """SELECT count(*) FROM deliveries d LEFT JOIN events e ON e.id = d.event
             WHERE d.id IN (SELECT value FROM json_each(?)) AND coalesce(e.kind, '') NOT GLOB 'source.*'"""
    return not store.rows(sql, json.dumps(list(ids)))[0][0]


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
                (message.id, *message.route, place, remote, story_of(message.events), at),
            )


def mark_needless(store: Store, message: Message, why: str) -> None:
    """A message that has nothing to say where it would go is done with, and was not sent."""
    with store.transaction():
        _set(store, message, "state = 'sent', remote = NULL, sent = NULL, error = ?", why)


def postpone(store: Store, message: Message, due: str, error: str, *, maybe_sent: bool, apart: bool = False) -> None:
    """A message was not taken, or perhaps, and is tried again from `due` on. Where it surely was not, its
    deliveries may be put together anew. `apart`: it holds up nobody."""
    unsure = maybe_sent or message.maybe_sent
    change = "state = 'queued', due = ?, error = ?, maybe_sent = ?, message = ?, apart = max(apart, ?)"
    _update(store, message, change, due, error, unsure, message.id if unsure else None, apart)


def put_back(store: Store, message: Message) -> None:
    """A claimed message was not tried after all: its deliveries are owed as they were."""
    _update(store, message, "state = 'queued', message = NULL, attempts = attempts - 1")


def pull_in(store: Store, ids: Collection[int], due: str) -> None:
    """Let deliveries be due from an earlier moment on."""
    sql = "UPDATE deliveries SET due = ?1, owed_from = min(owed_from, ?1) WHERE id IN (SELECT value FROM json_each(?2))"
    with store.transaction() as connection:
        connection.execute(sql, (due, json.dumps(list(ids))))


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


def next_due(store: Store, after: str) -> str | None:
    """The first moment after this one from which on something more is due."""
    sql = f"SELECT min(due) FROM deliveries WHERE {OWED} AND due > ?"  # noqa: S608 - OWED is ours
    found = store.rows(sql, after)[0][0]
    return None if found is None else str(found)


def give_up(store: Store, message: Message, error: str, least: int = 0) -> None:
    """Stop those deliveries of a message that were tried at `least` so often. Inside a transaction."""
    store.connection.execute(
        """UPDATE deliveries SET state = 'failed', error = ?
           WHERE id IN (SELECT value FROM json_each(?)) AND attempts >= ?""",
        (error, json.dumps(message.ids), least),
    )


def down_since(store: Store, route: Route) -> str:
    """Since when a way that gave something up has taken nothing: its last success, or else the time of the
    first event that it was not given."""
    sql = """SELECT coalesce(max(d.sent), min(CASE WHEN d.state = 'failed' THEN coalesce(e.at, d.due) END), '')
             FROM deliveries d LEFT JOIN events e ON e.id = d.event WHERE channel = ? AND recipient = ?"""
    return str(store.rows(sql, *route)[0][0])


def pull_back(store: Store, routes: Collection[Route], now: str) -> None:
    """What was noted by a clock that was ahead counts as of now: what was sent over these routes, and what was given
    up. Otherwise a way would seem to work, or to be down, until that time comes."""
    ahead = [route for route in routes if store.rows(f"{_AHEAD} LIMIT 1", *route, now)]
    if not ahead and not store.rows("SELECT 1 FROM deliveries WHERE state = 'failed' AND claimed > ? LIMIT 1", now):
        return
    with store.transaction() as connection:
        for route in ahead:
            sql = f"UPDATE deliveries SET sent = ?3, claimed = min(claimed, ?3) WHERE id IN ({_AHEAD})"  # noqa: S608
            connection.execute(sql, (*route, now))
        connection.execute("UPDATE deliveries SET claimed = ?1 WHERE state = 'failed' AND claimed > ?1", (now,))


_AHEAD = "SELECT id FROM deliveries WHERE channel = ?1 AND recipient = ?2 AND sent > ?3"


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
