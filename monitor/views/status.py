"""How everything stands: each source and target, the outbox. What `status` and the health check say."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from monitor.config.file import Config
from monitor.config.sources import Source, WatchedPages
from monitor.model.crawl import SEEN
from monitor.model.state import Last
from monitor.model.trouble import WHOLE, Episode, Trouble
from monitor.schedule.jobs import due, jobs
from monitor.store import Store, job_runs, outbox, sources
from monitor.store.lock import SENDER_LOCK, stopped_holder
from monitor.store.replica import DRILL, Replica
from monitor.store.sqlite import LIBRARY, journal
from monitor.views import outbox as outbox_view

STATES = ("ok", "quiet", "degraded", "failing", "blocked", "quarantined", "stale", "never seen")
"""What a source may be: seen well; well, with nothing new for improbably long; some targets not seen; not seen;
refused to us; held for changing too much; a look is due for days; not looked at yet."""
WELL = ("ok", "quiet")
SEEN_IN_PART = (*WELL, "degraded")
"""The states of a source that was seen, at least in part. In any other its pages' last states say nothing of now."""
UNSEEN = (Trouble.BROKEN, Trouble.UNREADABLE)
"""The troubles in which something goes unseen."""
GRAVEST = (Trouble.BROKEN, Trouble.HELD, Trouble.QUIET)
"""The troubles of a whole source, in the order in which they are said."""
UNSEEN_AFTER = timedelta(days=4)
"""A source counts as not watched if a look has been due for longer than this without one that succeeded. The longest
pause of the default schedule is an Easter week-end."""


def of(store: Store, config: Config, now: datetime) -> dict[str, Any]:
    """Return one JSON object: `healthy`; the last look and the next; what was `found_last`; `outbox`, the number of
    unsent deliveries, and how many of them are `waiting` for their time, `held` (their recipient is not configured),
    `overdue` or `stuck`; each source with its targets; the SQLite library and the database's journal."""
    ledger = job_runs.ledger(store)
    channels = outbox_view.routes(store, config, now)
    stuck = sum(row["owed"] for row in channels if row["stuck"])
    found = outbox.latest(store)
    known = [_source(store, config, name, ledger, now) for name in config.sources.enabled()]
    return {
        "healthy": all(s["status"] in WELL for s in known) and not outbox.failed(store) and not stuck,
        "last_look": max((t["last_poll"] for s in known for t in s["targets"] if t["last_poll"]), default=None),
        "next_look": next_look(config, ledger, now),
        "found_last": found and {"at": found.at, "kind": found.kind, "council": found.council, "title": found.title},
        "outbox": outbox.unsent(store),
        "waiting": sum(row["owed"] for row in channels if not row["held"] and not row["overdue_since"]),
        "held": sum(row["owed"] for row in channels if row["held"]),
        "overdue": sum(row["owed"] for row in channels if row["overdue_since"]),
        "stuck": stuck,
        "sender_stopped": stopped_holder(store.folder / SENDER_LOCK),
        "given_up": outbox.failed(store),
        "channels": channels,
        "sources": known,
        "replica": _replica(config, ledger),
        "sqlite": LIBRARY.described() | {"journal": journal(store.connection)},
    }


def next_look(config: Config, ledger: dict[str, Last], now: datetime) -> dict[str, Any] | None:
    """The source that is looked at next by its schedule, and when (ISO 8601). One that is `due` is next now."""
    found = []
    for job in jobs(config.sources.enabled(), 0):
        last = ledger.get(job.id)
        slot = now if due(job, last, now) else next(job.line.slots(now), None)
        found += [(slot, job.source)] if slot and not (job.full and last is None) else []
    at, name = min(found, default=(None, ""))
    return {"source": name, "at": at.isoformat(), "due": at == now} if at else None


def source(store: Store, config: Config, name: str, now: datetime) -> dict[str, Any]:
    """One source with its targets, as in `of`."""
    return _source(store, config, name, job_runs.ledger(store), now)


def _replica(config: Config, ledger: dict[str, Last]) -> dict[str, Any] | None:
    """The replica: where it is, when it was last known to be complete, and how its last drill went."""
    if config.store.replica is None:
        return None
    replica = Replica(config.store.replica, config.data_dir)
    complete, drill = replica.last_complete(), ledger.get(DRILL)
    return {
        "address": replica.address,
        "refusal": replica.refusal(),
        "complete": complete.isoformat() if complete else None,
        "drilled": drill.finished.isoformat() if drill and drill.finished else None,
        "drill": drill.ended.words if drill and drill.ended else None,
    }


def disk(store: Store) -> dict[str, int]:
    """Bytes on the disk: of database and log, documents, the rest of the data folder (backups, feeds), free ones."""
    sizes: Counter[str] = Counter(database=0, documents=0, other=0)
    documents, database = str(store.documents) + os.sep, str(store.path)
    for entry in _files(str(store.folder)):
        own = "database" if entry.path.startswith(database) else "other"
        sizes["documents" if entry.path.startswith(documents) else own] += _bytes(entry)
    return {**sizes, "free": shutil.disk_usage(store.folder).free}


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    """Every file below a folder. By `scandir`, for there are thousands and pathlib takes many times as long."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        else:
            yield entry


def _bytes(entry: os.DirEntry[str]) -> int:
    """A file's size; none if it has gone meanwhile: the log of the database comes and goes."""
    try:
        return entry.stat().st_size
    except FileNotFoundError:
        return 0


def _source(store: Store, config: Config, name: str, ledger: dict[str, Last], now: datetime) -> dict[str, Any]:
    episodes = sources.episodes(store, name)
    section = config.sources.enabled()[name]
    covers = config.covering(name, now)
    targets = [_target(config, row, episodes) for row in sources.targets(store, name) if covers(str(row["target"]))]
    whole = next((e for t in GRAVEST for e in episodes if e.trouble is t and e.targets == WHOLE), None)
    # What a clock wrote that was ahead says nothing.
    seen = [t["last_ok"] for t in targets if t["last_ok"] and datetime.fromisoformat(t["last_ok"]) <= now]
    oldest = min(seen, default=None)
    return {
        "source": name,
        "status": _status(episodes, _due_since(section, max(seen, default=None)), now),
        "reason": whole.reason.words if whole else None,
        "since": whole.since if whole else None,
        "last_ok": max(seen, default=None),
        "oldest_ok": oldest,
        "listing_trusted": sources.state(store, name).listing.hides is None,
        "runs": {job.id: _run(ledger[job.id]) for job in jobs({name: section}, 0) if job.id in ledger},
        "targets": targets,
    }


def _run(last: Last) -> dict[str, str | None]:
    return {
        "due": last.slot.isoformat(),
        "started": last.started.isoformat() if last.started else None,
        "finished": last.finished.isoformat() if last.finished else None,
        "outcome": last.ended.words if last.ended else None,
    }


def _due_since(section: Source | WatchedPages, newest: str | None) -> datetime | None:
    """When the first look was due after the source was last seen well; None if it never was. Between two looks, a week
    for a page that is due on Mondays, nothing is missed."""
    if newest is None:
        return None
    seen = datetime.fromisoformat(newest)
    due = (next(job.line.slots(seen), None) for job in jobs({"source": section}, 0))
    return min(filter(None, due), default=seen)


def _status(episodes: Sequence[Episode], due_since: datetime | None, now: datetime) -> str:
    whole = {e.trouble: e for e in episodes if e.targets == WHOLE}
    if Trouble.HELD in whole:
        return "quarantined"
    if broken := whole.get(Trouble.BROKEN):
        return "blocked" if broken.reason.outcome == "blocked" else "failing"
    if due_since is None:
        return "never seen"
    if now - due_since > UNSEEN_AFTER:
        return "stale"
    if any(e.trouble in (*UNSEEN, Trouble.HELD) for e in episodes):
        return "degraded"
    return "quiet" if Trouble.QUIET in whole else "ok"


def _target(config: Config, row: dict[str, Any], episodes: Sequence[Episode]) -> dict[str, Any]:
    council = config.registry.by_urn(row["target"])
    mine = [e for e in episodes if row["target"] in e.targets and e.trouble is not Trouble.HIDING]
    episode = min(mine, key=lambda e: e.trouble not in UNSEEN, default=None)
    return {
        "target": row["target"],
        "council": council.name if council else None,
        "status": _target_status(episode),
        "outcome": row["outcome"],
        "reason": episode.reason.words if episode else None,
        "remark": row["detail"] if row["outcome"] in SEEN else None,
        "since": episode.since if episode else None,
        "last_poll": row["polled"],
        "last_ok": row["healthy"],
    }


def _target_status(episode: Episode | None) -> str:
    if episode is None:
        return "ok"
    if episode.trouble is Trouble.BROKEN:
        return "blocked" if episode.reason.outcome == "blocked" else "failing"
    return {Trouble.QUIET: "quiet", Trouble.HELD: "quarantined"}.get(episode.trouble, "failing")
