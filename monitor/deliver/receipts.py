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
from monitor.model import Event
from monitor.model.delivery import Recipient
from monitor.model.event import event_id
from monitor.store import Store, outbox, said
from monitor.views import status as status_view
from monitor.views.quiet_week import quiet_week

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
    due, since = rules.quiet_until(channel, moment), moment - WEEK
    week = since.astimezone(UTC).isoformat(), moment.astimezone(UTC).isoformat()
    if not due <= now <= due + LATE:
        return 0
    silent = [r for r in channel.recipients or ("",) if not outbox.told_since(store, channel.name, r, *week)]
    found = status_view.of(store, config, now) if silent else {"sources": ()}
    if not any(source["last_ok"] for source in found["sources"]):
        return 0  # nothing has ever been seen: there is nothing to acknowledge
    told = _receipt(store, config, channel, audience, found, moment, now)
    with store.transaction():
        outbox.add_receipt(store, told, [Recipient(told.id, channel.name, r, now.isoformat()) for r in silent])
    return len(silent)


def _receipt(
    store: Store,
    config: Config,
    channel: Channel,
    audience: Sequence[Channel],
    found: dict[str, Any],
    moment: datetime,
    now: datetime,
) -> Event:
    councils = [c for c in config.watched() if channel.urns is None or c.urn in channel.urns]
    texts = said.of(store)
    known = quiet_week(
        store,
        config,
        found,
        councils,
        [e for e in _happened(store, moment) if not rules.told(e, channel, audience, texts)],
        moment - WEEK,
        moment,
    )
    return Event(
        id=event_id(KIND, channel.name, moment.isoformat()),
        at=now.isoformat(),
        kind=KIND,
        severity="info",
        source="ofsted-watch",
        title="A week without news",
        after=known,
    )


def _happened(store: Store, moment: datetime) -> list[Event]:
    """What was found in the week that ended then; outages are none of it."""
    week = outbox.events(store, since=(moment - WEEK).isoformat())
    return [e for e in week if not e.kind.startswith("source.") and datetime.fromisoformat(e.at) < moment]
