"""Nothing to say, said once a week: that everything was looked at, so that silence can be told from a fault.

A receipt is owed and sent like an event, once for each channel, recipient and week, but it is none: no command,
feed or webhook shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.channels import rules
from monitor.channels.rules import LONDON, Channel
from monitor.config.file import Config
from monitor.model import Event
from monitor.model.delivery import Recipient
from monitor.model.english_dates import printed
from monitor.model.event import event_id
from monitor.store import Store, outbox
from monitor.views import status as status_view

KIND = "receipt.weekly"
"""Not among the kinds of events: only the ways out that people read meet it."""
WEEK = timedelta(days=7)
WELL = ("ok", "quiet")
"""How a source is that can be seen, however little is new there."""
LATE = timedelta(days=1)
"""Later than this a receipt is no longer given: the next one says it."""


def queue(store: Store, config: Config, audience: Sequence[Channel], now: datetime) -> int:
    """Owe the receipts that are due, where a week had no message. Returns how many there are."""
    return sum(_queue(store, config, channel, audience, now) for channel in audience if channel.receipt)


def _queue(store: Store, config: Config, channel: Channel, audience: Sequence[Channel], now: datetime) -> int:
    assert channel.receipt is not None
    moment = rules.latest(channel.receipt, now)
    since = moment - WEEK
    week = since.astimezone(UTC).isoformat(), moment.astimezone(UTC).isoformat()
    silent = [r for r in channel.recipients or ("",) if not outbox.told_since(store, channel.name, r, *week)]
    if now - moment > LATE or not silent:
        return 0
    found = status_view.of(store, config, now)
    if not any(source["last_ok"] for source in found["sources"]):
        return 0  # nothing has ever been seen: there is nothing to acknowledge
    told = _receipt(store, config, channel, audience, found, moment, now)
    due = rules.quiet_until(channel, now).isoformat()
    with store.transaction():
        outbox.add_receipt(store, told, [Recipient(told.id, channel.name, recipient, due) for recipient in silent])
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
    urns = channel.urns or {c.ofsted_urn for c in config.watched()}
    week = [e for e in outbox.events(store, since=(moment - WEEK).isoformat()) if not e.kind.startswith("source.")]
    parts = [
        _checked(found, urns, moment - WEEK, now),
        _new(len(week), sum(rules.told(e, channel, audience) for e in week)),
        _sources(found, now),
    ]
    return Event(
        id=event_id(KIND, channel.name, moment.isoformat()),
        at=now.isoformat(),
        kind=KIND,
        severity="info",
        source="ofsted-watch",
        title=", ".join(parts),
    )


def _checked(found: dict[str, Any], urns: Collection[str], since: datetime, now: datetime) -> str:
    """ "153 of 153 councils checked, oldest check 6 h ago": a council counts where every source saw it."""
    seen: dict[str, list[datetime | None]] = {}
    for target in (t for source in found["sources"] for t in source["targets"]):
        if target["target"] in urns:
            last = target["last_ok"]
            seen.setdefault(target["target"], []).append(datetime.fromisoformat(last) if last else None)
    checked = [min(t for t in times if t) for times in seen.values() if all(t and t >= since for t in times)]
    said = f"{len(checked)} of {len(urns)} councils checked"
    return f"{said}, oldest check {_ago(now - min(checked))}" if checked else said


def _new(happened: int, told: int) -> str:
    others = happened - told
    return f"{told} new" + (f" ({others} outside this channel's filters)" if others else "")


def _sources(found: dict[str, Any], now: datetime) -> str:
    """ "2 sources degraded since Tuesday", or that all are well."""
    unwell = [source for source in found["sources"] if source["status"] not in WELL]
    if not unwell:
        return "all sources well"
    begun = [t["since"] for source in unwell for t in [source, *source["targets"]] if t["since"]]
    noun = "source" if len(unwell) == 1 else "sources"
    since = f" since {_day(datetime.fromisoformat(min(begun)), now)}" if begun else ""
    return f"{len(unwell)} {noun} degraded{since}"


def _day(then: datetime, now: datetime) -> str:
    """A weekday within the last six days, else the date."""
    local, today = then.astimezone(LONDON).date(), now.astimezone(LONDON).date()
    return f"{local:%A}" if (today - local).days < 7 else printed(local)


def _ago(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour ago"
    return f"{hours} h ago" if hours < 48 else f"{hours // 24} days ago"
