"""Sources and targets in the store: when last seen, how healthy, what they said of themselves."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from monitor.model import Poll
from monitor.model.days import CLOCK_WRONG, moment
from monitor.model.reach import Shows
from monitor.model.state import PolledTarget
from monitor.model.trouble import Episode, Health, Listing, Quarantine, Reason, SourceState, Targets, Trouble
from monitor.store.database import Store
from monitor.store.sqlite import sqlite3


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
    return [moment(r["baselined"]) for r in store.rows(sql, source)]


def last_seen(store: Store, source: str) -> dict[str, datetime]:
    """When each target of a source was last seen well."""
    rows = store.rows("SELECT target, healthy FROM targets WHERE source = ? AND healthy IS NOT NULL", source)
    return {r["target"]: moment(r["healthy"]) for r in rows}


def last_healthy(store: Store, source: str, targets: Collection[str] = ()) -> datetime | None:
    """When any target of a source, or of these targets of it, was last seen well."""
    sql = """SELECT max(healthy) AS seen FROM targets
             WHERE source = ?1 AND (?2 = '[]' OR target IN (SELECT value FROM json_each(?2)))"""
    rows = store.rows(sql, source, json.dumps(list(targets)))
    return moment(rows[0]["seen"]) if rows[0]["seen"] else None


def known_time(store: Store, now: datetime) -> datetime:
    """Now, or where most looks were noted later than that, so that the clock must be behind, the time of the middle
    one."""
    sql = "SELECT polled FROM targets ORDER BY polled LIMIT 1 OFFSET (SELECT count(*) / 2 FROM targets)"
    middle = [moment(row["polled"]) for row in store.rows(sql)]
    return next((time for time in middle if time > now + CLOCK_WRONG), now)


def save_polls(
    store: Store, closed: Iterable[PolledTarget], broken: Collection[str] = (), shows: Shows = Shows.EVERYTHING
) -> None:
    """Each target as it stands after a look; `broken` ones were not seen well. Inside a transaction."""
    store.connection.executemany(
        """INSERT INTO targets (source, target, mark, baselined, polled, healthy, outcome, detail)
           VALUES (:source, :target, :mark, :baselined, :polled, :healthy, :outcome, :detail)
           ON CONFLICT (source, target) DO UPDATE SET mark = excluded.mark,
           baselined = coalesce(targets.baselined, excluded.baselined), polled = excluded.polled,
           healthy = coalesce(excluded.healthy, targets.healthy), outcome = excluded.outcome,
           detail = excluded.detail""",
        [_target_row(c, healthy=c.poll.target not in broken, shows=shows) for c in closed],
    )


def _target_row(closed: PolledTarget, *, healthy: bool, shows: Shows) -> dict[str, str | None]:
    poll = closed.poll
    return {
        "source": poll.source,
        "target": poll.target,
        "mark": poll.cursor if healthy or shows is Shows.RECENT else None,
        "baselined": poll.finished if page_was_read(closed, shows) else None,
        "polled": poll.finished,
        "healthy": poll.finished if healthy else None,
        "outcome": poll.outcome,
        "detail": poll.detail,
    }


def page_was_read(closed: PolledTarget, shows: Shows) -> bool:
    """True if the list itself was read, even where a document on it could not be had. A site that shows only what is
    new never shows the whole."""
    sound = closed.poll.outcome == "ok" and (closed.poll.complete or shows is Shows.RECENT)
    return sound or any(r.document_error for r in closed.records)


def save_run(store: Store, run: str, polls: list[Poll], health: Health) -> None:
    """One line for a run: how much it asked of the source, and what broke. Inside a transaction."""
    broken = str(health.wide or "; ".join(f"{t}: {r}" for t, r in health.broken.items())) or None
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


def state(store: Store, source: str) -> SourceState:
    """What is remembered of a source between runs."""
    sql = """SELECT generation, released, not_before, listing_swept, listing_hides, listing_agreed
             FROM source_states WHERE source = ?"""
    for row in store.rows(sql, source):
        until = moment(row["not_before"]) if row["not_before"] else None
        listing = Listing(bool(row["listing_swept"]), row["listing_hides"], row["listing_agreed"])
        return SourceState(row["generation"], bool(row["released"]), until, listing)
    return SourceState()


def save_state(store: Store, source: str, state: SourceState) -> None:
    """Remember a source's state, and count that it was written. Inside a transaction."""
    until = state.not_before.astimezone(UTC).isoformat() if state.not_before else None
    listing = (state.listing.swept, state.listing.hides, state.listing.agreed)
    store.connection.execute(
        """INSERT INTO source_states VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (source) DO UPDATE SET
           generation = generation + 1, released = ?2, not_before = ?3, listing_swept = ?4, listing_hides = ?5,
           listing_agreed = ?6""",
        (source, state.released, until, *listing),
    )


def moved(store: Store, source: str) -> None:
    """Count that a source's state was written: who decided on the old one decides again. Inside a transaction."""
    store.connection.execute(
        """INSERT INTO source_states (source, generation) VALUES (?, 1)
           ON CONFLICT (source) DO UPDATE SET generation = generation + 1""",
        (source,),
    )


def release(store: Store, source: str) -> None:
    """Believe the source's next whole crawl and each target's next look; wait for no host. Inside a transaction."""
    moved(store, source)
    store.connection.execute("UPDATE source_states SET released = 1, not_before = NULL WHERE source = ?", (source,))
    store.connection.execute("UPDATE targets SET released = 1 WHERE source = ?", (source,))


def released(store: Store, source: str) -> set[str]:
    """The targets of which a person said that their next look is believed."""
    return {r["target"] for r in store.rows("SELECT target FROM targets WHERE source = ? AND released", source)}


def use_release(store: Store, source: str, targets: Iterable[str]) -> None:
    """These targets have had the look that was to be believed. Inside a transaction."""
    store.connection.executemany(
        "UPDATE targets SET released = 0 WHERE source = ? AND target = ? AND released", [(source, t) for t in targets]
    )


def episodes(store: Store, source: str) -> tuple[Episode, ...]:
    """The open episodes of a source, oldest first."""
    sql = "SELECT * FROM episodes WHERE source = ? ORDER BY since, trouble, targets"
    return tuple(_episode(row) for row in store.rows(sql, source))


def _episode(row: sqlite3.Row) -> Episode:
    reason = Reason(row["outcome"], row["reason"], bool(row["second_hand"]))
    return Episode(row["source"], tuple(json.loads(row["targets"])), Trouble(row["trouble"]), row["since"], reason)


def save_episodes(store: Store, begun: Iterable[Episode], ended: Iterable[Episode]) -> None:
    """Open and close episodes. Inside a transaction."""
    store.connection.executemany(
        "INSERT INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*_named(e), e.since, e.reason.words, e.reason.outcome, e.reason.second_hand) for e in begun],
    )
    store.connection.executemany(
        "DELETE FROM episodes WHERE source = ? AND trouble = ? AND targets = ?", map(_named, ended)
    )


def _named(episode: Episode) -> tuple[str, str, str]:
    return episode.source, episode.trouble.value, _dumped(episode.targets)


def _dumped(targets: Targets) -> str:
    return json.dumps(list(targets), ensure_ascii=False)


def holds(store: Store, source: str) -> dict[Targets, Quarantine]:
    """The quarantines that a source is in: () is the one of the whole source."""
    sql = "SELECT targets, since, reason, fingerprint, confirmations FROM quarantines WHERE source = ?"
    return {tuple(json.loads(targets)): Quarantine(*row) for targets, *row in store.rows(sql, source)}


def save_hold(store: Store, source: str, targets: Targets, held: Quarantine | None) -> None:
    """Set or end a quarantine. Inside a transaction."""
    name = (source, _dumped(targets))
    store.connection.execute("DELETE FROM quarantines WHERE source = ? AND targets = ?", name)
    if held is not None:
        row = (*name, held.since, held.reason, held.fingerprint, held.confirmations)
        store.connection.execute("INSERT INTO quarantines VALUES (?, ?, ?, ?, ?, ?)", row)


def targets(store: Store, source: str) -> list[dict[str, str | None]]:
    """Every target of a source as it stood when last polled."""
    sql = "SELECT target, outcome, detail, polled, healthy FROM targets WHERE source = ? ORDER BY target"
    return [dict(row) for row in store.rows(sql, source)]
