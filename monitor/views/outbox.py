"""What is owed to whom: what waits for its time, is late, or is held because its recipient is not configured."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from monitor.config.channels import AnyChannel
from monitor.config.file import Config
from monitor.store import Store, outbox
from monitor.times import quiet_hours

OVERDUE, STUCK = timedelta(minutes=10), timedelta(hours=1)
"""How long after its time a delivery is called late, and then stuck."""


def routes(store: Store, config: Config, now: datetime) -> list[dict[str, Any]]:
    """Return each channel and recipient that was ever owed anything. `held`: why nothing is sent there.
    `overdue_since`: since when something should have been sent, if that is longer ago than OVERDUE. `stuck`: whether it
    is longer ago than STUCK."""
    return [row | _standing(row, config, now) for row in outbox.by_route(store)]


def held(found: list[dict[str, Any]], channel: str) -> list[str]:
    """The recipients of a channel for whom something is held."""
    return [row["recipient"] for row in found if row["channel"] == channel and row["held"] and row["owed"]]


def _standing(row: dict[str, Any], config: Config, now: datetime) -> dict[str, Any]:
    channel = next((c for c in config.channels if c.name == row["channel"]), None)
    reason = _held(row, channel)
    since = datetime.fromisoformat(row["owed_from"]) if row["owed"] and not reason else None
    late = now - since if since and channel and not _quiet(channel, now) else timedelta(0)
    return {"held": reason, "overdue_since": row["owed_from"] if late > OVERDUE else None, "stuck": late > STUCK}


def _held(row: dict[str, Any], channel: AnyChannel | None) -> str | None:
    if channel is None:
        return "no channel of this name is configured"
    return None if row["recipient"] in channel.recipients() else "the channel has no such recipient any more"


def _quiet(channel: AnyChannel, now: datetime) -> bool:
    """Whether the channel is quiet, or was within the time after which something is stuck."""
    moments = (now, now - OVERDUE, now - STUCK)
    return any(quiet_hours.until(channel.quiet_hours(), channel.quiet_weekends, m) > m for m in moments)
