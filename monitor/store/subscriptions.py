"""What people asked for in their channels, in the store."""

from __future__ import annotations

import json
from dataclasses import astuple

from monitor.model import Event, event_from_json
from monitor.model.subscription import (
    Asked,
    Change,
    Mute,
    NotRelevant,
    Subscription,
    TakenBack,
    WordsTakenBack,
    WordSubscription,
)
from monitor.store.database import Store


def asked(store: Store) -> Asked:
    """All subscriptions and mutes, also those that have ended."""
    told = store.rows("SELECT channel, urn, by, at FROM subscriptions ORDER BY channel, at, urn")
    quiet = store.rows("SELECT channel, urn, until, by, at FROM mutes ORDER BY channel, until, urn")
    words = store.rows("SELECT channel, words, by, at FROM word_subscriptions ORDER BY channel, at, words")
    return Asked(
        tuple(Subscription(*row) for row in told),
        tuple(Mute(*row) for row in quiet),
        tuple(WordSubscription(*row) for row in words),
    )


def save(store: Store, change: Change) -> None:
    """Keep what was asked. Inside a transaction."""
    run = store.connection.execute
    match change:
        case Subscription():
            run("INSERT OR IGNORE INTO subscriptions (channel, urn, by, at) VALUES (?, ?, ?, ?)", astuple(change))
        case WordSubscription():
            sql = "INSERT OR IGNORE INTO word_subscriptions (channel, words, by, at) VALUES (?, ?, ?, ?)"
            run(sql, astuple(change))
        case WordsTakenBack():
            run("DELETE FROM word_subscriptions WHERE channel = ? AND words = ?", astuple(change))
        case Mute():
            sql = "INSERT OR REPLACE INTO mutes (channel, urn, until, by, at) VALUES (?, ?, ?, ?, ?)"
            run(sql, astuple(change))
        case NotRelevant():
            sql = "INSERT OR IGNORE INTO irrelevant (channel, event, story, by, at) VALUES (?, ?, ?, ?, ?)"
            run(sql, astuple(change))
        case TakenBack(of, channel, urn):
            sql = "DELETE FROM subscriptions" if of is Subscription else "DELETE FROM mutes"
            run(f"{sql} WHERE channel = ? AND urn = ?", (channel, urn))


def noise(store: Store) -> list[tuple[str, str, int]]:
    """How many events people called not relevant, by channel and source."""
    rows = store.rows(
        """SELECT i.channel, coalesce(json_extract(e.body, '$.source'), '?') AS source, count(DISTINCT i.event)
           FROM irrelevant i LEFT JOIN events e ON e.id = i.event GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    return [(row[0], row[1], row[2]) for row in rows]


def event(store: Store, id_: str) -> Event | None:
    """The event of a message whose button was pressed."""
    rows = store.rows("SELECT body FROM events WHERE id = ?", id_)
    return event_from_json(json.loads(rows[0]["body"])) if rows else None
