"""What was sent, by kind of channel: without any channel's name, recipient or message."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.config.file import Config
from monitor.store import Store, outbox

DAYS = 30


@dataclass(frozen=True, slots=True)
class Told:
    """Deliveries over one kind of channel: how many were sent in the last `DAYS` days, how many wait, how many were
    given up, and when the last one was sent (ISO 8601)."""

    kind: str
    sent: int
    waiting: int
    given_up: int
    last_sent: str | None


def by_kind(store: Store, config: Config, now: datetime) -> list[Told]:
    """Each kind of channel that is configured or was ever owed anything; one that is configured no more is "other"."""
    kinds: dict[str, str] = {channel.name: channel.kind for channel in config.channels}
    since = (now - timedelta(days=DAYS)).isoformat()
    found: dict[str, list[dict[str, object]]] = defaultdict(list, {kind: [] for kind in kinds.values()})
    for row in outbox.sent_by_channel(store, since):
        found[kinds.get(str(row["channel"]), "other")].append(row)
    return [_told(kind, rows) for kind, rows in sorted(found.items())]


def _told(kind: str, rows: list[dict[str, object]]) -> Told:
    sums = {name: sum(int(str(row[name])) for row in rows) for name in ("sent", "waiting", "given_up")}
    last = max((str(row["last_sent"]) for row in rows if row["last_sent"]), default=None)
    return Told(kind, last_sent=last, **sums)
