"""What listens in Slack for people's questions: one connection for each app, kept in step with the configuration."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import notifiers
from monitor.config.channels import Slack
from monitor.config.environment import secret
from monitor.config.errors import ConfigError
from monitor.config.file import Config
from monitor.slash_commands.answer import CommandHandler

log = logging.getLogger("ofsted-watch")


@dataclass(frozen=True, slots=True)
class App:
    """An app of Slack's, and the channels in which it can be asked. Its secrets are never shown."""

    app_token: str
    token: str
    api_url: str
    channels: tuple[str, ...]

    def __repr__(self) -> str:
        return f"App({self.api_url}, {self.channels})"


class Listeners:
    """The connections that are open."""

    def __init__(self) -> None:
        self._open: dict[App, tuple[notifiers.Listener, CommandHandler]] = {}

    def take(self, config: Config) -> None:
        """Answer by this configuration from now on. A connection is kept where its app is the same; a channel whose
        secret is missing is left out, and said."""
        wanted = {app: ways for ways in _apps(config) if (app := _app(ways)) is not None}
        for app in self._open.keys() - wanted.keys():
            self._open.pop(app)[0].stop()
        for app, ways in wanted.items():
            if app in self._open:
                self._open[app][1].take(config, ways)
            else:
                self._start(app, CommandHandler(config, ways), _names(ways))

    def stop(self) -> None:
        """Listen no more."""
        for listener, _ in self._open.values():
            listener.stop()
        self._open.clear()

    def _start(self, app: App, handler: CommandHandler, names: str) -> None:
        try:
            listener = _listener(app, handler)
        except ValueError as error:
            log.warning("commands from %s do not work: %s", names, error)
            return
        self._open[app] = listener, handler
        listener.start()


def advice(config: Config) -> list[str]:
    """Why commands do not work, a line for each app where they do not. Asks Slack."""
    lines = []
    for ways in _apps(config):
        try:
            said = _listener(_secrets(ways), CommandHandler(config, ways)).advice()
        except (ConfigError, ValueError) as error:
            said = [f"commands and buttons do not work: {error}"]
        lines += [f"channel {_names(ways)}: {line}" for line in said]
    return lines


def _names(ways: Sequence[Slack]) -> str:
    return ", ".join(way.name for way in ways)


def _apps(config: Config) -> list[list[Slack]]:
    """The channels that can be asked from, by app: an app has one connection."""
    found: dict[tuple[str | None, ...], list[Slack]] = {}
    for way in config.channels:
        if isinstance(way, Slack) and way.app_token_env:
            found.setdefault((way.app_token_env, way.token_env, way.api_url), []).append(way)
    return list(found.values())


def _app(ways: Sequence[Slack]) -> App | None:
    try:
        return _secrets(ways)
    except ConfigError as error:
        log.warning("commands from %s do not work: %s", _names(ways), error)
        return None


def _secrets(ways: Sequence[Slack]) -> App:
    first = ways[0]
    channels = tuple(str(way.channel) for way in ways)
    return App(secret(str(first.app_token_env)), secret(str(first.token_env)), first.api_url, channels)


def _listener(app: App, handler: CommandHandler) -> notifiers.Listener:
    return notifiers.listen(
        "slack",
        app_token=app.app_token,
        token=app.token,
        channels=list(app.channels),
        answer=handler.answer,
        api_url=app.api_url,
    )
