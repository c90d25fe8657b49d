"""What `check` says of a configuration: what is watched, who is told, and what will not work as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from monitor.channels.rules import Channel, hears_outages, names_sources
from monitor.channels.told_of import at, gets
from monitor.cli.faults import Misuse
from monitor.cli.queue_pages import queue, queue_lines
from monitor.cli.status_pages import database_line
from monitor.cli.worker import must_have_queue
from monitor.config.channels import AnyChannel, Console, Mail, Read, Slack, Webhook
from monitor.config.environment import secret
from monitor.config.errors import ConfigError
from monitor.config.file import Config
from monitor.crawl import targets as crawl_targets
from monitor.deliver.audience import channels
from monitor.reference.tables import neighbours
from monitor.store.replica import Replica
from monitor.store.sqlite import LIBRARY
from monitor.wording.text import count, joined


def watched_lines(config: Config) -> list[str]:
    """The councils, the sources with their times, and who is told."""
    watched = config.watched()
    every = len(watched) == len(config.registry)
    names = "all" if every else ", ".join(c.name for c in watched)
    database = database_line(**LIBRARY.described())
    lines = [f"councils: {len(watched)} ({names})", f"data: {config.data_dir}", database]
    lines += [*_replica(config), *_queue(config)]
    for name, source in config.sources.enabled().items():
        for crawls in source.crawls():
            seen = _seen(config, name, crawls.targets)
            lines.append(f"source {name}: {seen} at {crawls.schedule} (Europe/London)")
    rules_ = channels(config)
    told = [_told(config, *pair) for pair in zip(config.channels, rules_, strict=True)]
    return [*lines, *_site(config), *told, _outages(config, rules_)]


def _site(config: Config) -> list[str]:
    """Where the site is written and who serves it; what its keys ask for in vain."""
    site = config.site
    if site.enabled:
        served = f", served at {site.listen}" if site.listen else ""
        known = f", known as {site.address}" if site.address else "; without site.address no message links into it"
        return [f"site: {config.site_dir}{served}{known}"]
    wanted = [f"site.{key}" for key in ("listen", "address") if getattr(site, key)]
    return [f"site: off; {' and '.join(wanted)} ask in vain while site.enabled is false"] if wanted else []


def _replica(config: Config) -> list[str]:
    """Where the store is copied to, and whether messages wait for that."""
    if config.store.replica is None:
        return []
    replica = Replica(config.store.replica, config.data_dir)
    if refusal := replica.refusal():
        raise Misuse(f"{config.path}: {refusal}")
    documents = "with the documents" if replica.documents else "without the documents"
    held = f"; messages wait for it, {config.store.hold_minutes} minutes at most"
    return [f"replica: {replica.address}, {documents}{held if config.store.told_after_replica else ''}"]


def _queue(config: Config) -> list[str]:
    """How the queue of workers stands. Raises Misuse where there can be none here."""
    if config.run.queue is not None:
        must_have_queue(config)
    return queue_lines(queue(config))


def _outages(config: Config, everyone: Sequence[Channel]) -> str:
    """Who is told that a source fails."""
    names = [f"channel {channel.name}" for channel in everyone if hears_outages(channel, everyone)]
    names += ["the heartbeat"] if config.run.heartbeat_env and not any(map(names_sources, everyone)) else []
    return f"outages of the sources: told to {joined(names, 10)}" if names else "outages of the sources: told to nobody"


def _seen(config: Config, name: str, targets: tuple[str, ...]) -> str:
    """The address that a source reads, or how many addresses it reads."""
    covered = crawl_targets.of(config, name, datetime.now(UTC).date(), targets=targets)
    addresses = [target.url for target in covered.targets.values() if target.url]
    if covered.base_url or len(addresses) == 1:
        return covered.base_url or addresses[0]
    return count(len(addresses), "address", "addresses") if addresses else "no address of the councils watched is known"


def _told(config: Config, channel: AnyChannel, rule: Channel) -> str:
    pauses = "".join(f"; {pause}" for pause in _pauses(channel))
    return f"channel {channel.name}: {_where(channel)}: {gets(rule, config.watched())}{pauses}"


def _pauses(channel: AnyChannel) -> list[str]:
    """When a channel gets no messages, and when it hears that a week had no news."""
    plan = channel.receipt_plan() if isinstance(channel, Read) else None
    quiet = [channel.quiet] if channel.quiet else []
    quiet += ["at weekends"] if channel.quiet_weekends else []
    said = f"quiet {' and '.join(quiet)}" + (" but for critical" if channel.quiet_lets_critical else "")
    receipt = f"a receipt of a week without news {at(plan)}" if plan else ""
    return [part for part in (said if quiet else "", receipt) if part]


def _where(channel: AnyChannel) -> str:
    if isinstance(channel, Slack):
        asked = ", with commands and buttons" if channel.app_token_env else ""
        return f"Slack {channel.channel}{asked}" if channel.channel else "Slack webhook"
    if isinstance(channel, Mail):
        return f"e-mail to {', '.join(channel.to)} through {channel.host}:{channel.smtp_port()}"
    if isinstance(channel, Webhook):
        return f"webhook at {urlsplit(channel.url).hostname}"
    return "standard output" if isinstance(channel, Console) else "Atom feeds in the data folder"


def warnings(config: Config) -> list[str]:
    """Say what is allowed but will not work: secrets that are not set, events that nobody is told, a site that is not
    served, neighbours that are not watched."""
    return [*_unset(config), *_in_vain(config), *_unwatched(config)]


def _unset(config: Config) -> Iterator[str]:
    """Each secret that cannot be read, after its key, with what fails without it."""
    for key, name in config.secret_names():
        try:
            secret(name)
        except ConfigError as error:
            fails = "no sign of life is given" if key == "run.heartbeat_env" else "it does not work until then"
            yield f"warning: {config.path}: {key}: {error.lines[0].removeprefix('environment: ')}: {fails}"


def _unwatched(config: Config) -> Iterator[str]:
    """The neighbours that a channel asks for and that nobody looks at."""
    watched = {c.ofsted_urn for c in config.watched()}
    asked = [(channel.name, name) for channel in config.channels for name in channel.neighbours_of or ()]
    for channel, name in asked:
        near = [n.urn for n in neighbours(config.registry.get(name).ofsted_urn) if n.urn not in watched]
        if near:
            names = joined([c.name for c in map(config.registry.by_urn, near) if c], 3)
            key = f"warning: {config.path}: channels.{channel}.neighbours_of"
            yield f"{key}: of the neighbours of {name} {len(near)} are not watched ({names})"


def _in_vain(config: Config) -> Iterator[str]:
    """What is found, fails or is written and reaches nobody."""
    if not config.channels:
        yield f"warning: {config.path}: no [[channels]]: what is found is stored, and nobody is told"
    elif not config.sources.enabled():
        yield f"warning: {config.path}: no source is switched on: nothing is watched"
    everyone = channels(config)
    if everyone and not any(hears_outages(channel, everyone) for channel in everyone):
        yield f"warning: {config.path}: no channel has operator = true: nobody is told that a source fails"
    if config.channels and all(isinstance(channel, Console) for channel in config.channels):
        yield f"warning: {config.path}: the only channel is the terminal: nobody is told who does not look at it"
    if config.site.listen and not config.site.enabled:
        yield f"warning: {config.path}: site.listen: nothing is served there while site.enabled is not true"
