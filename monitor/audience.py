"""From the configuration to the rules and the ways out: who is told what, and by which notifier."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TextIO

import notifiers
from monitor.channels import Channel
from monitor.config import Config, secret
from monitor.config_channels import AnyChannel, Console, Mail, Read, Slack, Webhook
from monitor.config_errors import ConfigError
from monitor.deliver.drain import Build, Notifier
from monitor.deliver.pace import Limit
from monitor.model import DeliveryError

SLACKS_LIMIT = Limit(per_second=1.0, burst=3)
"""One message a second and channel, by token as by webhook (docs.slack.dev/apis/web-api/rate-limits). Slack allows
"short bursts" and gives no number."""


def channels(config: Config) -> list[Channel]:
    """The configured channels, as the rules see them."""
    return [_channel(config, c) for c in config.channels]


def _channel(config: Config, channel: AnyChannel) -> Channel:
    narrowed = channel.councils is not None or channel.regions is not None
    return Channel(
        name=channel.name,
        when=channel.when,
        urns=frozenset(c.ofsted_urn for c in config.told(channel)) if narrowed else None,
        kinds=tuple(channel.kinds),
        only_changed_judgements=channel.only_changed_judgements,
        min_severity=channel.min_severity,
        recipients=tuple(channel.to) if isinstance(channel, Mail) else (),
        quiet=channel.quiet_hours(),
        quiet_weekends=channel.quiet_weekends,
        quiet_lets_critical=channel.quiet_lets_critical,
        loud_from=channel.broadcast_severity if isinstance(channel, Slack) else "critical",
        receipt=channel.receipt_plan() if isinstance(channel, Read) else None,
        place=_place(channel),
        limit=SLACKS_LIMIT if isinstance(channel, Slack) else None,
    )


def _place(channel: AnyChannel) -> str:
    """Where a channel's messages go: two of Slack's may write to one channel, which has one limit."""
    if not isinstance(channel, Slack):
        return channel.name
    return f"{channel.api_url} {(channel.channel or channel.webhook_env or '').removeprefix('#')}"


def build(config: Config, console: TextIO | None = None) -> Build:
    """Makes the notifier of a channel and recipient. What a console channel prints goes to `console`.

    A secret that is not set is a failure that ends when it is set: the message waits.
    """
    by_name = {c.name: c for c in config.channels}

    def make(name: str, recipient: str) -> Notifier:
        if name not in by_name:
            raise DeliveryError(f'no channel "{name}" is configured any more', permanent=True)
        try:
            return _notifier(config, by_name[name], recipient, console)
        except (ConfigError, ValueError) as error:
            raise DeliveryError(str(error), permanent=False) from error

    return make


def _notifier(config: Config, channel: AnyChannel, recipient: str, console: TextIO | None) -> Notifier:
    if isinstance(channel, Console):
        return notifiers.build("console", stream=console)
    if isinstance(channel, Slack):
        return _slack(channel)
    if isinstance(channel, Mail):
        return _mail(channel, recipient)
    if isinstance(channel, Webhook):
        return notifiers.build("webhook", url=channel.url, secret=secret(channel.secret_env))
    regions = {c.ofsted_urn: c.region for c in config.registry}
    return notifiers.build("feed", folder=feed_folder(config, channel.name), region_of=regions)


def feed_folder(config: Config, channel: str) -> Path:
    """Where a feed channel's files are: a folder of its own, for two channels' filters may differ."""
    return config.data_dir / "feeds" / (re.sub(r"[^a-z0-9]+", "-", channel.lower()).strip("-") or "feed")


def _slack(channel: Slack) -> Notifier:
    token = secret(channel.token_env) if channel.token_env else None
    webhook = secret(channel.webhook_env) if channel.webhook_env else None
    return notifiers.build(
        "slack",
        token=token,
        webhook_url=webhook,
        channel=channel.channel,
        api_url=channel.api_url,
        interactive=channel.app_token_env is not None,
    )


def _mail(channel: Mail, recipient: str) -> Notifier:
    return notifiers.build(
        "email",
        to=recipient,
        sender=channel.sender,
        host=channel.host,
        port=channel.smtp_port(),
        security=channel.security,
        user=channel.user,
        password=secret(channel.password_env) if channel.password_env else None,
    )
