"""Sources and targets in the store: when last seen, how healthy, what they said of themselves."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from monitor.model import Poll
from monitor.model.state import Episode, Health, PolledTarget, Quarantine
from monitor.store.database import Store


def cursors(store: Store, source: str) -> dict[str, str | None]:
    """What each target's last crawl asked to be handed back, by target. The column keeps its older name."""
    rows = store.rows("SELECT target, mark FROM targets WHERE source = ?", source)
    return {r["target"]: r["mark"] for r in rows}


def baselined(store: Store, source: str) -> set[str]:
    """The targets of which a healthy poll has been seen."""
    sql = "SELECT target FROM targets WHERE source = ? AND baselined IS NOT NULL"
    return {r["target"] for r in store.rows(sql, source)}


def first_seen(store: Store, source: str) -> list[datetime]:
    """When each target of a source was first seen well."""
    sql = "SELECT baselined FROM targets WHERE source = ? AND baselined IS NOT NULL"
    return [_utc(r["baselined"]) for r in store.rows(sql, source)]


def seen_since(store: Store, source: str, since: datetime) -> set[str]:
    """The targets that were seen well since a time."""
    rows = store.rows("SELECT target, healthy FROM targets WHERE source = ? AND healthy IS NOT NULL", source)
    return {r["target"] for r in rows if _utc(r["healthy"]) >= since}


def last_healthy(store: Store, source: str, targets: Collection[str] = ()) -> datetime | None:
    """When any target of a source, or of these targets of it, was last seen well."""
    sql = """SELECT max(healthy) AS seen FROM targets
             WHERE source = ?1 AND (?2 = '[]' OR target IN (SELECT value FROM json_each(?2)))"""
    rows = store.rows(sql, source, json.dumps(list(targets)))
    return _utc(rows[0]["seen"]) if rows[0]["seen"] else None


def _utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def save_polls(store: Store, closed: Iterable[PolledTarget], health: Health, *, windowed: bool = False) -> None:
    """Each target as it stands after a run. Inside a transaction."""
    store.connection.executemany(
        """INSERT INTO targets (source, target, mark, baselined, polled, healthy, outcome, detail)
           VALUES (:source, :target, :mark, :baselined, :polled, :healthy, :outcome, :detail)
           ON CONFLICT (source, target) DO UPDATE SET mark = excluded.mark,
           baselined = coalesce(targets.baselined, excluded.baselined), polled = excluded.polled,
           healthy = coalesce(excluded.healthy, targets.healthy), outcome = excluded.outcome,
           detail = excluded.detail""",
        [_target_row(c, healthy=c.poll.target not in health.broken, windowed=windowed) for c in closed],
    )


def _target_row(closed: PolledTarget, *, healthy: bool, windowed: bool) -> dict[str, str | None]:
    poll = closed.poll
    return {
        "source": poll.source,
        "target": poll.target,
        "mark": poll.cursor if healthy or windowed else None,
        "baselined": poll.finished if page_was_read(closed, windowed=windowed) else None,
        "polled": poll.finished,
        "healthy": poll.finished if healthy else None,
        "outcome": poll.outcome,
        "detail": poll.detail,
    }


def page_was_read(closed: PolledTarget, *, windowed: bool = False) -> bool:
    """Whether the list itself was read whole, even where a document on it could not be had. A window on what
    is new is never the whole."""
    sound = closed.poll.outcome == "ok" and (closed.poll.complete or windowed)
    return sound or any(r.document_error for r in closed.records)


def save_run(store: Store, run: str, polls: list[Poll], health: Health) -> None:
    """One line for a run: how much it asked of the source, and what broke. Inside a transaction."""
    broken = health.wide or "; ".join(f"{t}: {r}" for t, r in health.broken.items()) or None
    store.connection.execute(
        "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run,
            polls[0].source,
            min(p.started for p in polls),
            max(p.finished for p in polls),
            len(polls),
            sum(p.requests for p in polls),
            sum(p.bytes for p in polls),
            broken,
            sum(p.outcome == "unchanged" for p in polls),
        ),
    )


def episodes(store: Store, source: str) -> dict[str, Episode]:
    """The open episodes of a source, by target."""
    rows = store.rows("SELECT target, since, reason FROM episodes WHERE source = ?", source)
    return {r["target"]: Episode(r["target"], r["since"], r["reason"]) for r in rows}


def save_episodes(store: Store, source: str, begun: Iterable[Episode], ended: Iterable[Episode]) -> None:
    """Open and close episodes. Inside a transaction."""
    store.connection.executemany(
        "INSERT INTO episodes VALUES (?, ?, ?, ?)", [(source, e.target, e.since, e.reason) for e in begun]
    )
    store.connection.executemany(
        "DELETE FROM episodes WHERE source = ? AND target = ?", [(source, e.target) for e in ended]
    )


def quarantine(store: Store, source: str) -> Quarantine | None:
    """The quarantine that a source is in, if it is in one."""
    sql = "SELECT since, reason, fingerprint, confirmations FROM quarantines WHERE source = ?"
    return next((Quarantine(*row) for row in store.rows(sql, source)), None)


def save_quarantine(store: Store, source: str, held: Quarantine | None) -> None:
    """Set or end a source's quarantine. Inside a transaction."""
    store.connection.execute("DELETE FROM quarantines WHERE source = ?", (source,))
    if held is not None:
        row = (source, held.since, held.reason, held.fingerprint, held.confirmations)
        store.connection.execute("INSERT INTO quarantines VALUES (?, ?, ?, ?, ?)", row)


def facts(store: Store, source: str) -> dict[str, str]:
    """Small things to remember of a source between runs: whether its listing is trusted, when to come back."""
    return {r["name"]: r["value"] for r in store.rows("SELECT name, value FROM facts WHERE source = ?", source)}


def save_facts(store: Store, source: str, values: Mapping[str, str | None]) -> None:
    """Remember or (None) forget facts. Inside a transaction."""
    for name, value in values.items():
        if value is None:
            store.connection.execute("DELETE FROM facts WHERE source = ? AND name = ?", (source, name))
        else:
            store.connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", (source, name, value))


def targets(store: Store, source: str) -> list[dict[str, str | None]]:
    """Every target of a source as it stood when last polled."""
    sql = "SELECT target, outcome, detail, polled, healthy FROM targets WHERE source = ? ORDER BY target"
    return [dict(row) for row in store.rows(sql, source)]
