"""The commands that set up and maintain an installation: init, check, release, reread, demo."""

from __future__ import annotations

from datetime import UTC, datetime
from math import inf
from pathlib import Path
from urllib.parse import urlsplit

import click

from monitor.cli.app import as_json, emit, load, open_store
from monitor.cli.faults import FAILED, Misuse, say
from monitor.cli.pages import database_line
from monitor.config.channels import AnyChannel, Console, Mail, Read, Slack, Webhook
from monitor.config.file import SAMPLE, Config
from monitor.councils.registry import Registry
from monitor.crawl import targets as crawl_targets
from monitor.deliver.audience import channels
from monitor.model import watched_pages
from monitor.model.sources import OFSTED
from monitor.store.replica import Replica
from monitor.store.sqlite import LIBRARY

DEMO_ADDRESS = "127.0.0.1:8000"


@click.command()
@click.option("--council", "names", multiple=True, metavar="NAME", help="Watch only this council.")
@click.pass_obj
def init(path: Path, names: tuple[str, ...]) -> None:
    """Write a commented configuration. An existing file stays as it is."""
    registry = Registry.load()
    chosen = [registry.get(name).name for name in names]
    text = SAMPLE.read_text(encoding="utf-8")
    if chosen:
        listed = ", ".join(f'"{name}"' for name in chosen)
        text = text.replace('councils = "all"', f"councils = [{listed}]", 1)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Misuse(f"{path}: is there already and was left as it is") from None
    except OSError as error:
        raise Misuse(f"{path}: {error.strerror}") from error
    click.echo(f'wrote {path}: set http.contact in it, then "ofsted-watch check"')


@click.command()
@click.option("--send-test", is_flag=True, help="Send a test message to each channel.")
@click.option(
    "--probe",
    "names",
    multiple=True,
    metavar="NAME",
    help='Look at a source, a council or "all", and say what is recognised and what is not.',
)
@click.option(
    "--capture",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --probe: keep every answer in this folder, to send it to a maintainer.",
)
@click.pass_obj
def check(path: Path, send_test: bool, names: tuple[str, ...], folder: Path | None) -> int:
    """Check the configuration. Say what would be watched and who would be told."""
    from monitor.cli.probing import probe_lines
    from monitor.slash_commands.answer import stored_lines
    from monitor.slash_commands.listeners import advice

    if folder and not names:
        raise Misuse("--capture keeps the answers of --probe NAME: which? (a source, a council, or all)")
    config = load(path)
    problem = config.contact_problem()
    if problem:
        raise Misuse(problem)
    for line in [] if names else (*_watched(config), *stored_lines(config, datetime.now(UTC))):
        click.echo(line)
    failures = [*_test(config), *advice(config)] if send_test else []
    for line in failures:
        say(line)
    strange = probe_lines(config, names, folder, datetime.now(UTC)) if names else 0
    return FAILED if failures or strange else 0


def _watched(config: Config) -> list[str]:
    watched = config.watched()
    every = len(watched) == len(config.registry)
    names = "all" if every else ", ".join(c.name for c in watched)
    database = database_line(**LIBRARY.described())
    lines = [f"councils: {len(watched)} ({names})", f"data: {config.data_dir}", database, *_replica(config)]
    for name, source in config.sources.enabled().items():
        for crawls in source.crawls():
            seen = _seen(config, name, crawls.targets)
            lines.append(f"source {name}: {seen} at {crawls.schedule} (Europe/London)")
    return [*lines, *_site(config), *(_told(config, c) for c in config.channels)]


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
    after = (
        f"; messages wait for it, {config.store.hold_minutes} minutes at most"
        if config.store.told_after_replica
        else ""
    )
    return [f"replica: {replica.address}, {documents}{after}"]


def _seen(config: Config, name: str, targets: tuple[str, ...]) -> str:
    """The address that a source reads, or how many addresses it reads."""
    covered = crawl_targets.of(config, name, datetime.now(UTC).date(), targets=targets)
    addresses = [target.url for target in covered.targets.values() if target.url]
    if covered.base_url or len(addresses) == 1:
        return covered.base_url or addresses[0]
    return f"{len(addresses)} addresses" if addresses else "no address of the councils watched is known"


def _told(config: Config, channel: AnyChannel) -> str:
    told = config.told(channel)
    whom = "all councils" if len(told) == len(config.watched()) else ", ".join(c.name for c in told)
    what = ", ".join(channel.kinds) + (", changed judgements only" if channel.only_changed_judgements else "")
    what += f", only what says {' or '.join(channel.words)}" if channel.words else ""
    when = ", ".join([channel.when, *_pauses(channel)])
    return f"channel {channel.name}: {_where(channel)}, {when}: {whom}; {what}; from {channel.min_severity}"


def _pauses(channel: AnyChannel) -> list[str]:
    """When a channel gets no messages, and when it hears that a week had no news."""
    plan = channel.receipt_plan() if isinstance(channel, Read) else None
    quiet = [channel.quiet] if channel.quiet else []
    quiet += ["at weekends"] if channel.quiet_weekends else []
    said = f"quiet {' and '.join(quiet)}" + (" but for critical" if channel.quiet_lets_critical else "")
    receipt = f"receipt {plan.weekday} {plan.hour:02}:{plan.minute:02}" if plan else ""
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


def _test(config: Config) -> list[str]:
    from monitor.cli.testing import test_event
    from monitor.deliver import ways_out
    from monitor.model import DeliveryError

    build, event, failures = ways_out.build(config), test_event(datetime.now(UTC)), []
    for channel in channels(config):
        for recipient in channel.recipients or ("",):
            try:
                out = build(channel.name, recipient)
                out.send(event.id, [event], False)
                click.echo(f"channel {channel.name}{f' ({recipient})' if recipient else ''}: test message sent")
                for line in getattr(out, "advice", list)():
                    say(f"channel {channel.name}: {line}")
            except DeliveryError as error:
                failures.append(f"channel {channel.name}: {error}")
    return failures


@click.command()
@click.argument("source", default=OFSTED)
@click.pass_obj
def release(path: Path, source: str) -> None:
    """Believe what a quarantined source says, from its next crawl on. "page.NAME" is of the source "page"."""
    from monitor.store import sources

    config = load(path)
    source, _ = watched_pages.split(source)
    with open_store(config) as store:
        if not sources.holds(store, source) and not sources.episodes(store, source):
            raise Misuse(f"{source} is not in quarantine, and nothing of it is held for broken")
        with store.transaction():
            sources.release(store, source)
    click.echo(f"{source}: the next crawl is believed, whatever it changes")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also read again what this version has read.")
@as_json
@click.pass_obj
def reread(path: Path, everything: bool, json_: bool) -> None:
    """Read the kept documents again, and list the corrections. Nobody is told."""
    from dataclasses import asdict

    from monitor.letters.worker import Reader
    from monitor.watch.reread import reread as again
    from monitor.watch.source import Letters

    config = load(path)
    with open_store(config) as store, Reader(registry=config.registry_path, slow_seconds=inf) as reader:
        for found in again(store, Letters(reader), datetime.now(UTC), everything=everything):
            line = f"{found.council}: {found.title}: {found.field}: {found.before} → {found.after}"
            emit(asdict(found)) if json_ else click.echo(line)


@click.command()
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the demo's data in this folder.")
@click.option(
    "--serve",
    is_flag=False,
    flag_value=DEMO_ADDRESS,
    metavar="[ADDRESS]",
    help=f"Then show the pages about them at this address ({DEMO_ADDRESS} if you name none), until you stop it.",
)
def demo(keep: Path | None, serve: str | None) -> int:
    """Show five days of messages about made-up councils, and pages about them. A built-in site serves the councils'
    reports; it takes under a minute."""
    from functools import partial

    from monitor.cli.site import show
    from monitor.demo.play import play

    return play(keep, click.echo, partial(show, address=serve) if serve else None)
