"""Who is told, by the configuration and the subscriptions of the moment.

This is decided when an event is committed, and what is owed is fixed then. The sender only checks that each recipient
is still configured. `preview` and the commands from Slack use the same channels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Literal

from monitor.channels import subscriptions
from monitor.channels.pace import Limit
from monitor.channels.rules import Channel
from monitor.config.channels import AnyChannel, Console, Read, Slack
from monitor.config.file import Config
from monitor.store import Store
from monitor.store import subscriptions as stored

SLACKS_LIMIT = Limit(per_second=1.0, burst=3)
"""One message a second and channel, by token as by webhook (docs.slack.dev/apis/web-api/rate-limits). Slack allows
"short bursts" and gives no number."""


Audience = Callable[[Store, datetime], Sequence[Channel]]
"""Gives all channels that are told of what is found at a moment."""


def audience(config: Config) -> Audience:
    """The channels of a configuration, with what people asked for in them until then."""
    configured = channels(config)
    return lambda store, now: widened(store, configured, now)


def channels(config: Config) -> list[Channel]:
    """The configured channels, as the rules see them."""
    return [as_rules(config, c) for c in config.channels]


def as_rules(config: Config, channel: AnyChannel) -> Channel:
    """A configured channel, as the rules see it."""
    narrowed = channel.narrowed()
    return Channel(
        name=channel.name,
        when=channel.when,
        urns=frozenset(c.ofsted_urn for c in config.told(channel)) if narrowed else None,
        kinds=tuple(channel.kinds),
        only_changed_judgements=channel.only_changed_judgements,
        min_severity=channel.min_severity,
        recipients=channel.recipients(),
        quiet=channel.quiet_hours(),
        quiet_weekends=channel.quiet_weekends,
        quiet_lets_critical=channel.quiet_lets_critical,
        loud_from=channel.broadcast_severity if isinstance(channel, Slack) else "critical",
        copies=_copies(channel),
        words=channel.queries(),
        receipt=channel.receipt_plan() if isinstance(channel, Read) else None,
        place=_place(channel),
        operator=channel.operator,
        console=isinstance(channel, Console),
        limit=SLACKS_LIMIT if isinstance(channel, Slack) else None,
    )


def _copies(channel: AnyChannel) -> Literal["always", "in threads", "never"]:
    """Feeds and programs get everything; of people only those who have the thread in which it is a line."""
    if not isinstance(channel, Read):
        return "always"
    threads = isinstance(channel, Slack) and channel.token_env is not None and channel.when == "now"
    return "in threads" if threads else "never"


def _place(channel: AnyChannel) -> str:
    """Where a channel's messages go: two of Slack's may write to one channel, which has one limit."""
    if not isinstance(channel, Slack):
        return channel.name
    return f"{channel.api_url} {(channel.channel or channel.webhook_env or '').removeprefix('#')}"


def widened(store: Store, known: Iterable[Channel], now: datetime) -> list[Channel]:
    """Channels with what people asked for in them."""
    asked = stored.asked(store)
    return [subscriptions.apply(channel, asked, now) for channel in known]
