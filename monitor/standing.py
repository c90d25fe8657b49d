"""How everything stands: each source and target, the outbox. What `status` and the health check say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from monitor import plan
from monitor.config import Config
from monitor.events import QUARANTINED
from monitor.health import WHOLE, Episode
from monitor.store import Store, outbox, sources

STALE = timedelta(days=4)
"""Without a healthy poll for so long a source is not watched, whatever it said last. The longest pause of
the default schedule is an Easter week-end."""


def of(store: Store, config: Config, now: datetime) -> dict[str, Any]:
    """One JSON object: `healthy`, `outbox` (unsent deliveries), and each source with its targets."""
    known = [_source(store, config, name, now) for name in config.sources.enabled()]
    return {
        "healthy": all(s["status"] == "ok" for s in known) and not outbox.failed(store),
        "outbox": outbox.unsent(store),
        "given_up": outbox.failed(store),
        "channels": outbox.ways(store),
        "sources": known,
    }


def _source(store: Store, config: Config, name: str, now: datetime) -> dict[str, Any]:
    episodes = sources.episodes(store, name)
    targets = [_target(config, row, episodes) for row in sources.targets(store, name)]
    seen = [t["last_ok"] for t in targets if t["last_ok"]]
    oldest = min(seen, default=None)
    return {
        "source": name,
        "status": _status(episodes, max(seen, default=None), now),
        "reason": next((episodes[t].reason for t in (WHOLE, QUARANTINED) if t in episodes), None),
        "since": next((episodes[t].since for t in (WHOLE, QUARANTINED) if t in episodes), None),
        "last_ok": max(seen, default=None),
        "oldest_ok": oldest,
        "listing_trusted": plan.DISTRUST not in sources.facts(store, name),
        "targets": targets,
    }


def _status(episodes: dict[str, Episode], newest: str | None, now: datetime) -> str:
    if QUARANTINED in episodes:
        return "quarantined"
    if WHOLE in episodes:
        return "failing"
    if newest is None:
        return "never seen"
    if now - datetime.fromisoformat(newest) > STALE:
        return "stale"
    return "degraded" if episodes.keys() - {plan.SEARCH} else "ok"


def _target(config: Config, row: dict[str, Any], episodes: dict[str, Episode]) -> dict[str, Any]:
    council = config.registry.by_urn(row["target"])
    episode = episodes.get(row["target"])
    return {
        "target": row["target"],
        "council": council.name if council else None,
        "status": "failing" if episode else "ok",
        "outcome": row["outcome"],
        "reason": episode.reason if episode else None,
        "since": episode.since if episode else None,
        "last_poll": row["polled"],
        "last_ok": row["healthy"],
    }
