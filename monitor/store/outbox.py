"""The outbox: events and the deliveries that they owe.

An event and its deliveries are written in the transaction that saves the new state, so nothing that
happened is ever without them. A delivery is `queued`, then `sending` while a message that holds it
is under way, then `sent` or `failed`. What a message consists of is fixed before it is first sent
and kept until it is through: the same deliveries have the same message id at every attempt, by which
a channel that can be asked recognises it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from monitor.channels import Owed
from monitor.model import Event, event_from_json, to_json
from monitor.store.database import Store


@dataclass(frozen=True, slots=True)
class Message:
    """Deliveries of one channel and recipient that go out together. `attempts` already made;
    `maybe_sent`: one of them ended without our knowing whether the message was taken."""

    id: str
    channel: str
    recipient: str
    events: tuple[Event, ...]
    attempts: int
    maybe_sent: bool


def add(store: Store, event: Event, owed: Iterable[Owed]) -> bool:
    """Save an event with its deliveries; False, and nothing saved, where it is known already."""
    body = json.dumps(to_json(event), ensure_ascii=False)
    row = (event.id, event.at, event.kind, event.urn, event.published, body)
    added = store.connection.execute(
        "INSERT OR IGNORE INTO events (id, at, kind, urn, published, body) VALUES (?, ?, ?, ?, ?, ?)", row
    )
    if not added.rowcount:
        return False
    store.connection.executemany(
        "INSERT INTO deliveries (event, channel, recipient, state, due) VALUES (?, ?, ?, 'queued', ?)",
        [(o.event, o.channel, o.recipient, o.due) for o in owed],
    )
    return True


def events(store: Store, since: str | None = None, urn: str | None = None, kind: str | None = None) -> list[Event]:
    """What has been found, oldest first; `since` is a date or time of finding, `kind` a pattern."""
    rows = store.rows(
        """SELECT body FROM events WHERE (?1 IS NULL OR at >= ?1)
           AND (?2 IS NULL OR urn = ?2) AND (?3 IS NULL OR kind GLOB ?3) ORDER BY seq""",
        since,
        urn,
        kind,
    )
    return [event_from_json(json.loads(r["body"])) for r in rows]


def unsent(store: Store) -> int:
    """How many deliveries are still owed."""
    return int(store.rows("SELECT count(*) FROM deliveries WHERE state IN ('queued', 'sending')")[0][0])


def failed(store: Store) -> int:
    """How many deliveries were given up."""
    return int(store.rows("SELECT count(*) FROM deliveries WHERE state = 'failed'")[0][0])


def by_kind(store: Store) -> dict[tuple[str, ...], int]:
    """How many events there are of each kind."""
    return {(r["kind"],): r["n"] for r in store.rows("SELECT kind, count(*) AS n FROM events GROUP BY kind")}


def by_state(store: Store) -> dict[tuple[str, ...], int]:
    """How many deliveries each channel has in each state."""
    rows = store.rows("SELECT channel, state, count(*) AS n FROM deliveries GROUP BY channel, state")
    return {(r["channel"], r["state"]): r["n"] for r in rows}


def stuck(store: Store, attempts: int) -> int:
    """How many deliveries were attempted so often without success."""
    sql = "SELECT count(*) FROM deliveries WHERE state IN ('queued', 'sending') AND attempts >= ?"
    return int(store.rows(sql, attempts)[0][0])


def compose(store: Store, now: str, most: int) -> None:
    """Put the due deliveries of each channel and recipient into messages.

    Up to `most` events get a message each; more of them, as on a bunched morning, become one.
    """
    with store.transaction():
        for channel, recipient, ids in _loose(store, now):
            batches = [[i] for i in ids] if len(ids) <= most else [ids]
            for batch in batches:
                _bind(store, channel, recipient, batch)


def _loose(store: Store, now: str) -> list[tuple[str, str, list[int]]]:
    rows = store.rows(
        """SELECT channel, recipient, json_group_array(id) AS ids FROM
             (SELECT * FROM deliveries WHERE state = 'queued' AND message IS NULL AND due <= ? ORDER BY id)
           GROUP BY channel, recipient""",
        now,
    )
    return [(r["channel"], r["recipient"], json.loads(r["ids"])) for r in rows]


def _bind(store: Store, channel: str, recipient: str, ids: list[int]) -> None:
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT event FROM deliveries WHERE id IN ({marks}) ORDER BY id"  # noqa: S608 - only question marks
    named = [r["event"] for r in store.rows(sql, *ids)]
    message = sha256("|".join([channel, recipient, *named]).encode()).hexdigest()[:32]
    store.connection.executemany("UPDATE deliveries SET message = ? WHERE id = ?", [(message, i) for i in ids])


def due(store: Store, now: str) -> list[Message]:
    """The messages that may be sent now, oldest first; among them those that a crash left half done."""
    rows = store.rows(
        """SELECT d.message, d.channel, d.recipient, max(d.attempts) AS attempts,
             max(d.maybe_sent OR d.state = 'sending') AS maybe_sent, json_group_array(json(e.body)) AS bodies
           FROM (SELECT * FROM deliveries ORDER BY id) d JOIN events e ON e.id = d.event
           WHERE d.state IN ('queued', 'sending') AND d.message IS NOT NULL
           GROUP BY d.message HAVING max(d.due) <= ? ORDER BY min(d.id)""",
        now,
    )
    return [_message(r) for r in rows]


def _message(row: sqlite3.Row) -> Message:
    found = tuple(event_from_json(b) for b in json.loads(row["bodies"]))
    return Message(row["message"], row["channel"], row["recipient"], found, row["attempts"], bool(row["maybe_sent"]))


def claim(store: Store, message: str) -> None:
    """Note, before it is sent, that a message is being sent: a crash from here on leaves it half done."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE deliveries SET state = 'sending', attempts = attempts + 1 WHERE message = ?", (message,)
        )


def mark_sent(store: Store, message: str, remote: str | None, at: str) -> None:
    """A message is through. `remote` is the other side's name for it."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE deliveries SET state = 'sent', remote = ?, sent = ?, error = NULL WHERE message = ?",
            (remote, at, message),
        )


def postpone(store: Store, message: str, due: str, error: str, *, maybe_sent: bool) -> None:
    """A message was not taken and is tried again from `due` on."""
    with store.transaction() as connection:
        connection.execute(
            """UPDATE deliveries SET state = 'queued', due = ?, error = ?, maybe_sent = maybe_sent OR ?
               WHERE message = ?""",
            (due, error, maybe_sent, message),
        )


def give_up(store: Store, message: str, error: str) -> None:
    """A message will not be taken, however often it is tried. Inside a transaction."""
    store.connection.execute("UPDATE deliveries SET state = 'failed', error = ? WHERE message = ?", (error, message))


def requeue(store: Store, now: str) -> None:
    """Owe again what was given up."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE deliveries SET state = 'queued', attempts = 0, due = ? WHERE state = 'failed'", (now,)
        )
