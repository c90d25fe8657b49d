"""Commands that set up and look after: init, check, release, backup, demo."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from monitor.cli.app import as_json, emit, load, open_store
from monitor.cli.faults import FAILED, Misuse, say
from monitor.config import SAMPLE, Config
from monitor.config_channels import AnyChannel, Console, Mail, Slack, Webhook
from monitor.councils import Registry


@click.command()
@click.option("--council", "names", multiple=True, metavar="NAME", help="Watch only this council.")
@click.pass_obj
def init(path: Path, names: tuple[str, ...]) -> None:
    """Write a commented configuration; never over an existing one."""
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
@click.pass_obj
def check(path: Path, send_test: bool) -> int:
    """Validate the configuration; say what would be watched and who would be told."""
    config = load(path)
    problem = config.contact_problem()
    if problem:
        raise Misuse(problem)
    for line in _watched(config):
        click.echo(line)
    failures = _test(config) if send_test else []
    for line in failures:
        say(line)
    return FAILED if failures else 0


def _watched(config: Config) -> list[str]:
    watched = config.watched()
    every = len(watched) == len(config.registry)
    names = "all" if every else ", ".join(c.name for c in watched)
    lines = [f"councils: {len(watched)} ({names})", f"data: {config.data_dir}"]
    for name, source in config.sources.enabled().items():
        lines.append(f"source {name}: {getattr(source, 'base_url', '')} at {source.schedule} (Europe/London)")
    return lines + [_told(config, c) for c in config.channels] or ["nobody is told: no channel"]


def _told(config: Config, channel: AnyChannel) -> str:
    told = config.told(channel)
    whom = "all councils" if len(told) == len(config.watched()) else ", ".join(c.name for c in told)
    what = ", ".join(channel.kinds) + (", changed judgements only" if channel.only_changed_judgements else "")
    return f"channel {channel.name}: {_where(channel)}, {channel.when}: {whom}; {what}; from {channel.min_severity}"


def _where(channel: AnyChannel) -> str:
    if isinstance(channel, Slack):
        return f"Slack {channel.channel}" if channel.channel else "Slack webhook"
    if isinstance(channel, Mail):
        return f"e-mail to {', '.join(channel.to)} through {channel.host}:{channel.smtp_port()}"
    if isinstance(channel, Webhook):
        return f"webhook at {urlsplit(channel.url).hostname}"
    return "standard output" if isinstance(channel, Console) else "Atom feeds in the data folder"


def _test(config: Config) -> list[str]:
    from monitor import audience
    from monitor.cli.testing import test_event
    from monitor.model import DeliveryError

    build, event, failures = audience.build(config), test_event(datetime.now(UTC)), []
    for channel in audience.channels(config):
        for recipient in channel.recipients or ("",):
            try:
                build(channel.name, recipient).send(event.id, [event], False)
                click.echo(f"channel {channel.name}{f' ({recipient})' if recipient else ''}: test message sent")
            except DeliveryError as error:
                failures.append(f"channel {channel.name}: {error}")
    return failures


@click.command()
@click.argument("source", default="ofsted")
@click.pass_obj
def release(path: Path, source: str) -> None:
    """Believe what a quarantined source says, from its next crawl on."""
    from monitor.store import sources

    config = load(path)
    with open_store(config) as store:
        if sources.quarantine(store, source) is None and not sources.episodes(store, source):
            raise Misuse(f"{source} is not in quarantine, and nothing of it is held for broken")
        with store.transaction():
            sources.save_facts(store, source, {"release": "1"})
    click.echo(f"{source}: the next crawl is believed, whatever it changes")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also what this version of the reader has read.")
@as_json
@click.pass_obj
def reread(path: Path, everything: bool, json_: bool) -> None:
    """Read the kept documents again, and list what is corrected. Nobody is told."""
    from dataclasses import asdict

    from monitor.letters.worker import Reader
    from monitor.reread import reread as again
    from monitor.source import Letters

    config = load(path)
    with open_store(config) as store, Reader(registry=config.registry_path) as reader:
        for found in again(store, Letters(reader), datetime.now(UTC), everything=everything):
            line = f"{found.council}: {found.title}: {found.field}: {found.before} → {found.after}"
            emit(asdict(found)) if json_ else click.echo(line)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(path: Path, file: Path) -> None:
    """Copy the database, consistently, also while crawls go on."""
    if file.exists():
        raise Misuse(f"{file}: is there already and was left as it is")
    with open_store(load(path)) as store:
        store.copy_to(file)
    click.echo(f"wrote {file}")


@click.command()
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Leave the demo's data here.")
def demo(keep: Path | None) -> int:
    """The whole way on a built-in site with made-up councils, in under a minute."""
    from monitor.demo.play import play

    return play(keep, click.echo)
