"""The command that sends what waits in the outbox."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from monitor.cli.app import open_store, read_store
from monitor.cli.faults import FAILED, Misuse, say
from monitor.config.file import Config, load
from monitor.deliver import besides
from monitor.deliver.audience import audience
from monitor.store import Store, outbox, sending
from monitor.store.lock import LockedError, is_stopped, stopped
from monitor.views import outbox as outbox_view
from monitor.wording.text import count

LAST_SENT = 10
"""Messages that `deliver --list` shows as sent last."""


@click.command()
@click.option("--retry", is_flag=True, help="Also send messages that were given up, and do not wait for the next try.")
@click.option("--list", "list_", is_flag=True, help="Send nothing; show which messages wait for whom, and why.")
@click.option(
    "--forget", metavar="CHANNEL", help="Send nothing; drop this channel's messages that were given up or are held."
)
@click.pass_obj
def deliver(path: Path, retry: bool, list_: bool, forget: str | None) -> int:
    """Send the messages that wait in the outbox."""
    if retry + list_ + (forget is not None) > 1:
        raise Misuse("--retry, --list and --forget: use one of them")
    config = load(path)
    if list_:
        from monitor.cli.status_pages import outbox_page

        with read_store(config) as store:
            sent = sending.last_sent(store, LAST_SENT)
            click.echo(outbox_page(outbox_view.routes(store, config, datetime.now(UTC)), sent))
        return 0
    with open_store(config) as store:
        if forget is not None:
            click.echo(f"{count(_forget(config, store, forget), 'delivery', 'deliveries')} given up or held: forgotten")
            return 0
        if retry:
            outbox.requeue(store, datetime.now(UTC).isoformat())
        failures = send(config, store)
        click.echo(_still_owed(config, store))
    return FAILED if failures else 0


def _still_owed(config: Config, store: Store) -> str:
    held = sum(way["owed"] for way in outbox_view.routes(store, config, datetime.now(UTC)) if way["held"])
    of_them = f"; held: {held} (see deliver --list)" if held else ""
    return f"{count(outbox.unsent(store), 'delivery', 'deliveries')} still owed{of_them}"


def _forget(config: Config, store: Store, channel: str) -> int:
    found = outbox_view.routes(store, config, datetime.now(UTC))
    with_some = [way["channel"] for way in found if way["given_up"] or (way["held"] and way["owed"])]
    if channel not in with_some:
        names = ", ".join(dict.fromkeys(with_some)) or "none"
        raise Misuse(f'nothing was given up or is held for a channel "{channel}" (there is: {names})')
    return outbox.forget(store, channel, outbox_view.held(found, channel))


def send(config: Config, store: Store, *, json_: bool = False) -> list[str]:
    """Send what waits in the outbox. Print and return the failures."""
    from monitor.service import logs

    now = datetime.now(UTC)
    told = audience(config)(store, now)
    logs.to_terminal(config)
    besides.queue(store, config, told, now)
    if not outbox.unsent(store):
        return []
    from monitor.deliver import ways_out
    from monitor.deliver.gate import gate
    from monitor.deliver.sender import Sender

    build = ways_out.build(config, sys.stderr if json_ else None)
    try:
        failures = Sender(store, build, told, lambda: datetime.now(UTC), gate=gate(config)).send_due()
    except LockedError as error:
        return _busy(error)
    lines = [
        f"channel {f.channel}: {f.reason} ({'given up' if f.given_up else 'will be tried again'})" for f in failures
    ]
    for line in lines:
        say(line)
    return lines


def _busy(error: LockedError) -> list[str]:
    """Another process sends the same. That is a failure only where it is stopped, for then nothing is sent."""
    if not is_stopped(error.holder):
        say(f"process {error.holder} (`run`, or another command) sends the messages")
        return []
    line = stopped(error.holder)
    say(line)
    return [line]
