"""Loads the configuration: one TOML file, checked as a whole before anything uses it. The sample `config.toml` explains
it.

`load` returns a `Config`, or raises `ConfigError` with one line for each fault. Paths in the file are relative to its
folder. Secrets come only from the environment; `secret` reads one when it is needed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, PrivateAttr, ValidationError

from monitor import model
from monitor.config import channels as ways
from monitor.config import sources as what
from monitor.config import tables
from monitor.config.addresses import is_public
from monitor.config.corrections import registry_of
from monitor.config.errors import ConfigError, explain, keys_of
from monitor.config.values import CouncilName, Section
from monitor.councils.registry import Council, Registry
from monitor.model.days import LONDON
from monitor.reference.tables import neighbours

SAMPLE = Path(__file__).with_name("config.toml")
TABLES: tuple[type[BaseModel], ...] = (
    tables.Data, tables.Storage, tables.Http, tables.Run, tables.Watch, tables.Site,
    what.Sources, what.Site, *what.SECTIONS.values(), ways.Console, ways.Slack, ways.Mail, ways.Webhook, ways.Feed,
)  # fmt: skip


class Config(Section):
    """The whole configuration. `load` makes it, and also gives it the file's folder and the registry."""

    data: tables.Data = Field(default_factory=tables.Data)
    store: tables.Storage = Field(default_factory=tables.Storage)
    http: tables.Http = Field(default_factory=tables.Http)
    run: tables.Run = Field(default_factory=tables.Run)
    watch: tables.Watch = Field(default_factory=tables.Watch)
    sources: what.Sources = Field(default_factory=lambda: what.Sources.model_validate({}))
    site: tables.Site = Field(default_factory=tables.Site)
    councils: dict[CouncilName, dict[str, str]] = Field(default_factory=dict)
    channels: ways.Channels = Field(default_factory=list)
    _path: Path = PrivateAttr(default=Path("config.toml"))
    _registry: Registry | None = PrivateAttr(default=None)

    @property
    def path(self) -> Path:
        """The file of this configuration."""
        return self._path

    @property
    def data_dir(self) -> Path:
        """The folder of the database, the documents and the feeds."""
        return self._path.parent / self.data.dir

    @property
    def site_dir(self) -> Path:
        """The folder of the site, unless `site --output` names another."""
        return self.data_dir / "site"

    @property
    def registry_path(self) -> Path | None:
        """The table of councils that replaces the built-in one, if the file names one."""
        return self._path.parent / self.watch.registry if self.watch.registry else None

    @property
    def registry(self) -> Registry:
        """All councils, with the rows that the file corrects."""
        if self._registry is None:
            self._registry = Registry.load()
        return self._registry

    def watched(self, on: date | None = None) -> list[Council]:
        """Return the councils to watch, in the registry's order. With `on`, only those that exist on that day."""
        names = self.watch.councils
        chosen = [c for c in self.registry if names is None or c.name in names]
        return [c for c in chosen if on is None or c.valid_on(on)]

    def covering(self, source: str, now: datetime) -> Callable[[str], bool]:
        """What tells of a target of a source whether it is configured now: a site or page by its table, a council by
        `watch`."""
        watched = {c.ofsted_urn for c in self.watched(now.astimezone(LONDON).date())}
        section = self.sources.enabled()[source]
        return lambda target: section.covers(target) and (target in watched or not self.registry.by_urn(target))

    def told(self, channel: ways.Channel) -> list[Council]:
        """The watched councils of a channel: its own, those of its regions, the neighbours that it asks for; or all."""
        if not channel.narrowed():
            return self.watched()
        names, regions = channel.councils or (), channel.regions or ()
        near = {n.urn for name in channel.neighbours_of or () for n in neighbours(self.registry.get(name).urn)}
        return [c for c in self.watched() if c.name in names or c.region in regions or c.urn in near]

    def contact_problem(self) -> str | None:
        """Return why this configuration may not crawl the public internet: a site's owner could not write to anyone."""
        asked = [address for source in self.sources.enabled().values() for address in source.addresses()]
        problem = self.http.contact_problem()
        return f"{self.path}: {problem}" if problem and any(map(is_public, asked)) else None

    def secret_names(self) -> list[tuple[str, str]]:
        """The environment variables that the file names, each after its key: ("channels.team.token_env", "TOKEN")."""
        found = [
            (f"channels.{channel.name}.{key}", name) for channel in self.channels for key, name in _secrets(channel)
        ]
        return found + [(f"run.{key}", name) for key, name in _secrets(self.run)]

    def job_http(self, version: str) -> model.Http:
        """The manners and limits of requests, for a crawl's job."""
        http = self.http
        return model.Http(
            http.agent(version),
            http.delay,
            http.timeout,
            http.max_bytes,
            http.obey_robots,
            http.allow_private_addresses,
            {host.lower(): str((self._path.parent / file).resolve()) for host, file in http.extra_ca.items()},
        )


def _secrets(table: BaseModel) -> Iterator[tuple[str, str]]:
    """The keys of a table that name a secret, with the names."""
    values = ((key, getattr(table, key)) for key in type(table).model_fields if key.endswith("_env"))
    yield from ((key, name) for key, name in values if name)


def load(path: Path) -> Config:
    """Load the configuration from a file. Raises ConfigError with a line for each fault."""
    raw = _read(path)
    registry, lines = registry_of(path, raw)
    try:
        config = Config.model_validate(raw, context=registry)
    except ValidationError as error:
        lines += explain(error, raw, keys_of(Config, *TABLES))
    else:
        config._path, config._registry = path, registry
        lines += _unheard(config) if registry else []
        lines += _certificate_faults(config)
        lines += _port_faults(config)
    if lines:
        raise ConfigError(f"{path}: {line}" for line in lines)
    return config


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError([f'{path}: no such file: "ofsted-watch init" writes one']) from None
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: not UTF-8 text: {error.reason} at byte {error.start}"]) from error
    except RecursionError:
        raise ConfigError([f"{path}: brackets nested too deeply"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: {_toml_fault(str(error))}"]) from error
    for table in ("data", "http", "watch", "sources"):
        raw.setdefault(table, {})
    return raw


def _toml_fault(message: str) -> str:
    """ "Invalid value (at line 3, column 5)" → "line 3, column 5: invalid value"."""
    reason, _, place = message.removesuffix(")").rpartition(" (at ")
    return f"{place}: {reason[:1].lower()}{reason[1:]}"


def _certificate_faults(config: Config) -> Iterator[str]:
    """Files of extra certificates that are missing or unreadable, or hold no certificate."""
    for host, file in config.job_http("").extra_ca.items():
        import ssl

        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
        except ssl.SSLError:
            yield f'http.extra_ca."{host}": {file} holds no certificate (PEM)'
        except (OSError, ValueError) as error:
            yield f'http.extra_ca."{host}": {file} cannot be read: {getattr(error, "strerror", None) or error}'


def _port_faults(config: Config) -> Iterator[str]:
    if config.site.listen and config.site.listen == config.run.listen:
        yield "site.listen: is also run.listen; leave that out, for the site's port has /healthz and /metrics too"


def _unheard(config: Config) -> list[str]:
    """Councils and regions of a channel that are not watched: the channel would never get news of them."""
    watched = config.watched()
    names, regions = {c.name for c in watched}, {c.region for c in watched}
    unknown = [
        f'channels.{channel.name}.{key}: "{wanted}" is not among the councils watched'
        for channel in config.channels
        for key, wants, has in (("councils", channel.councils, names), ("regions", channel.regions, regions))
        for wanted in wants or ()
        if wanted not in has
    ]
    alone = [c for c in config.channels if c.neighbours_of and not unknown and not config.told(c)]
    return unknown + [f"channels.{c.name}.neighbours_of: none of the neighbours is watched" for c in alone]
