"""Nothing to say, said once a week: that everything was looked at, so that silence can be told from a fault.

A receipt is owed and sent like an event, once for each channel, recipient and week, but it is none: no command,
feed or webhook shows it. It is made when it may go out, so that it is true of the week that it names to the minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.config.file import Config
from monitor.deliver.own_lines import line, owe
from monitor.model.delivery import Route
from monitor.model.payloads import ReceiptPayload
from monitor.store import Store, outbox, said

KIND = "receipt.weekly"
"""Not among the kinds of events: only the ways out that people read meet it."""
WEEK = timedelta(days=7)
LATE = timedelta(days=1)
"""Later than this a receipt is no longer given: the next one says it."""


def queue(store: Store, config: Config, audience: Sequence[Channel], now: datetime) -> int:
    """Owe the receipts that are due, where a week had no message. Returns how many there are."""
    return sum(_queue(store, config, channel, audience, now) for channel in audience if channel.receipt)


def _queue(store: Store, config: Config, channel: Channel, audience: Sequence[Channel], now: datetime) -> int:
    assert channel.receipt is not None
    moment = rules.latest(channel.receipt, now)
    silent = _silent(store, channel, moment, now)
    if not silent:
        return 0
    from monitor.views import status as status_view

    found = status_view.of(store, config, now)
    if not any(source["last_ok"] for source in found["sources"]):
        return 0  # nothing has ever been seen: there is nothing to acknowledge
    week = _week(store, config, channel, audience, found, moment)
    told = line(KIND, (channel.name, moment.isoformat()), "A week without news", now, week)
    owe(store, told, {Route(channel.name, recipient): now for recipient in silent})
    return len(silent)


def _silent(store: Store, channel: Channel, moment: datetime, now: datetime) -> list[str]:
    """The recipients who got no message in the week that ended then, where it is time to say so."""
    due = rules.quiet_until(channel, moment)
    if not due <= now <= due + LATE:
        return []
    week = (moment - WEEK).astimezone(UTC).isoformat(), moment.astimezone(UTC).isoformat()
    return [r for r in channel.recipients if not outbox.told_since(store, channel.name, r, *week)]


def _week(
    store: Store, config: Config, channel: Channel, audience: Sequence[Channel], found: dict[str, Any], moment: datetime
) -> ReceiptPayload:
    """What a receipt says of its week. Outages and identical documents are no news that the filters held back."""
    from monitor.views.quiet_week import quiet_week

    councils = [c for c in config.watched() if channel.urns is None or c.urn in channel.urns]
    week, texts = outbox.events(store, since=(moment - WEEK).isoformat()), said.of(store)
    news = (e for e in week if not (e.kind.startswith("source.") or e.copy) and datetime.fromisoformat(e.at) < moment)
    outside = [e for e in news if not rules.told(e, channel, audience, texts)]
    return quiet_week(store, config, found, councils, outside, moment - WEEK, moment)
