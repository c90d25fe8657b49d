"""From the configuration to the rules and the ways out: who is told what, and by which notifier."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TextIO

import notifiers
from monitor.channels.told_of import gets
from monitor.config.channels import AnyChannel, Console, Feed, Mail, Slack, Webhook
from monitor.config.environment import secret
from monitor.config.errors import ConfigError
from monitor.config.file import Config
from monitor.deliver.audience import as_rules
from monitor.deliver.linking import LinkingNotifier, linked
from monitor.deliver.sender import Build
from monitor.model import DeliveryError
from monitor.model.addresses import hyphenated
from notifiers import Notifier
from notifiers.slack.scopes import Scopes

NAMED = 4
"""Councils that are named where a reader is told why."""


def build(config: Config, console: TextIO | None = None) -> Build:
    """Makes the notifier of a channel and recipient. What a console channel prints goes to `console`.

    A secret that is not set is a failure that ends when it is set: the message waits.
    """
    by_name, scopes, pages = {c.name: c for c in config.channels}, Scopes(), linked(config)

    def make(name: str, recipient: str) -> Notifier:
        if name not in by_name:
            raise DeliveryError(f'no channel "{name}" is configured any more', permanent=True)
        try:
            return LinkingNotifier(_notifier(config, by_name[name], recipient, console, scopes), pages)
        except (ConfigError, ValueError) as error:
            raise DeliveryError(str(error), permanent=False) from error

    return make


def _notifier(config: Config, channel: AnyChannel, recipient: str, console: TextIO | None, scopes: Scopes) -> Notifier:
    if isinstance(channel, Console):
        return notifiers.build("console", stream=console)
    if isinstance(channel, Slack):
        return _slack(channel, scopes)
    if isinstance(channel, Mail):
        return _mail(channel, recipient, why(config, channel))
    if isinstance(channel, Webhook):
        return notifiers.build("webhook", url=channel.url, secret=secret(channel.secret_env))
    regions = {c.ofsted_urn: c.region for c in config.registry}
    folder = feed_folder(config, channel.name)
    return notifiers.build("feed", folder=folder, region_of=regions, address=feed_address(config, folder))


def why(config: Config, channel: AnyChannel) -> str:
    """ "the channel “directors” gets Ofsted's reports and letters about Devon and Torbay, each day at 08:00"."""
    return f"the channel “{channel.name}” gets {gets(as_rules(config, channel), config.watched(), NAMED)}"


def feed_folder(config: Config, channel: str) -> Path:
    """Return the folder of a feed channel. Each has its own, because two channels' filters may differ.

    The folder is called like the channel, in lower-case letters and digits. If several channels would get the same
    name, only a channel of exactly that name gets it; the others' names end in a digest.
    """
    names = [c.name for c in config.channels if isinstance(c, Feed)]
    plain = _slug(channel)
    alone = sum(_slug(name) == plain for name in names) < 2
    mark = "" if alone or channel == plain else f"-{sha256(channel.encode()).hexdigest()[:8]}"
    return config.data_dir / "feeds" / f"{plain}{mark}"


def feed_address(config: Config, folder: Path) -> str | None:
    """Where people reach a folder of feeds: on the site, if `run` keeps one and it has an address."""
    site = config.site
    return f"{site.address}/feeds/{folder.name}" if site.enabled and site.address else None


def _slug(name: str) -> str:
    return hyphenated(name) or "feed"


def _slack(channel: Slack, scopes: Scopes) -> Notifier:
    token = secret(channel.token_env) if channel.token_env else None
    webhook = secret(channel.webhook_env) if channel.webhook_env else None
    return notifiers.build(
        "slack",
        token=token,
        webhook_url=webhook,
        channel=channel.channel,
        api_url=channel.api_url,
        interactive=channel.app_token_env is not None,
        scopes=scopes,
    )


def _mail(channel: Mail, recipient: str, reason: str) -> Notifier:
    return notifiers.build(
        "email",
        to=recipient,
        why=reason,
        sender=channel.sender,
        host=channel.host,
        port=channel.smtp_port(),
        security=channel.security,
        user=channel.user,
        password=secret(channel.password_env) if channel.password_env else None,
        ehlo=channel.ehlo,
    )
