"""Which channel is told which event, and when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

from monitor.model import SEVERITIES, Event, Severity
from monitor.schedule_spec import WEEKDAYS, ZONE, parse_when

LONDON = ZoneInfo(ZONE)
MOVED = ("improved", "declined")


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery to be made: which event, over which channel, to whom (e-mail), from when on."""

    event: str
    channel: str
    recipient: str
    due: str


@dataclass(frozen=True, slots=True)
class Channel:
    """Whom to tell, when, and of what: `urns` None means every council, no `kinds` every kind;
    `recipients` has the addresses of an e-mail channel, each of which gets its own message. `muted` councils
    (URNs) are told of only what is critical."""

    name: str
    when: str = "now"
    urns: frozenset[str] | None = None
    kinds: tuple[str, ...] = ()
    only_changed_judgements: bool = False
    min_severity: Severity = "info"
    recipients: tuple[str, ...] = ()
    muted: frozenset[str] = frozenset()


def owed(event: Event, channels: Iterable[Channel], now: datetime) -> list[Owed]:
    """The deliveries that an event owes: one for each channel that wants it, and each recipient there."""
    everyone = list(channels)
    return [
        Owed(event.id, c.name, recipient, due(c.when, now).isoformat())
        for c in everyone
        if told(event, c, everyone)
        for recipient in c.recipients or ("",)
    ]


def told(event: Event, channel: Channel, everyone: Iterable[Channel]) -> bool:
    """Whether a channel is told an event. News of the sources themselves goes to the channels that ask for
    them, or to all where none does; all other events go by the channel's filters."""
    if not event.kind.startswith("source."):
        return wants(channel, event)
    return names_sources(channel) or not any(names_sources(c) for c in everyone)


def names_sources(channel: Channel) -> bool:
    """Whether a channel asks for news of the sources themselves, rather than for everything."""
    return any(pattern.startswith("source.") for pattern in channel.kinds)


def wants(channel: Channel, event: Event) -> bool:
    """Whether a channel's filters let an event through."""
    return (
        (not channel.kinds or any(fnmatchcase(event.kind, p) for p in channel.kinds))
        and (channel.urns is None or event.urn in channel.urns)
        and (event.urn not in channel.muted or event.severity == "critical")
        and (not channel.only_changed_judgements or any(c.direction in MOVED for c in event.changes))
        and SEVERITIES.index(event.severity) >= SEVERITIES.index(channel.min_severity)
    )


def due(when: str, now: datetime) -> datetime:
    """When a delivery that arises now goes out: `now`, `daily 08:00` or `weekly mon 08:00`, London time."""
    plan = parse_when(when)
    if plan.every == "now":
        return now
    clock = time(plan.hour, plan.minute)
    moment = _next_at(now.astimezone(LONDON), clock)
    while plan.weekday and WEEKDAYS[moment.weekday()] != plan.weekday:
        moment = _next_at(moment, clock)
    return moment.astimezone(now.tzinfo)


def _next_at(local: datetime, clock: time) -> datetime:
    today = datetime.combine(local.date(), clock, LONDON)
    return today if today > local else datetime.combine(local.date() + timedelta(days=1), clock, LONDON)
