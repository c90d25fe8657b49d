"""The line in a channel when a mute ends. Without it people would wonder why a council is told again, or forget that it
was muted.

A reminder is owed and sent like a weekly receipt: once, whatever restarts. A mute that a clock wrote that was ahead
counts from when the clock is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor.channels import rules, subscriptions
from monitor.channels.rules import Channel
from monitor.config.file import Config
from monitor.deliver.destinations import destination
from monitor.deliver.own_lines import line, owe
from monitor.model.delivery import Route
from monitor.model.subscription import Mute
from monitor.store import Store, outbox, sources
from monitor.store import subscriptions as stored
from monitor.wording.receipts import MUTE_ENDED

LATE = timedelta(days=2)
"""Of a mute that ended longer ago nobody is told any more."""


def queue(store: Store, config: Config, audience: Sequence[Channel], now: datetime) -> int:
    """Owe the reminders of mutes that have ended, one for each place: two channels of the configuration may write to
    one of Slack's, where a press muted both. Returns how many there are."""
    _set_right(store, now)
    known = {channel.name: channel for channel in audience}
    mutes = (m for m in stored.asked(store).mutes if m.channel in known and _hears(known[m.channel], m.urn))
    since = ((m, now - datetime.fromisoformat(m.until)) for m in mutes)
    ended = {(destination(known[m.channel]), m.urn, m.until): m for m, ago in since if timedelta(0) <= ago <= LATE}
    for mute in ended.values():
        _owe(store, config, known[mute.channel], mute, now)
    return len(ended)


def _set_right(store: Store, now: datetime) -> None:
    """Have mutes from the future begin now. Not by a clock that is behind itself: it would end them all."""
    ahead = [mute for mute in stored.asked(store).mutes if subscriptions.is_ahead(mute, now)]
    if not ahead or sources.known_time(store, now) > now:
        return
    with store.transaction():
        for mute in ahead:
            stored.save(store, subscriptions.set_right(mute, now))


def _hears(channel: Channel, urn: str) -> bool:
    """Whether its news is told there now; a subscription may have been taken back meanwhile."""
    return channel.urns is None or urn in channel.urns or bool(channel.also)


def _owe(store: Store, config: Config, channel: Channel, mute: Mute, now: datetime) -> None:
    council = config.registry.by_urn(mute.urn)
    who = council.name if council else "A council"
    title = f"{who} is no longer muted in this channel: its news is told here again"
    told = line(MUTE_ENDED, (mute.channel, mute.urn, mute.until), title, now)
    if not outbox.has_receipt(store, told.id):
        owe(store, told, {Route(channel.name, r): rules.quiet_until(channel, now) for r in channel.recipients})
