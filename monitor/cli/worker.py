"""The command that crawls for the `run` of another machine."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.faults import Misuse
from monitor.config.file import Config, load


@click.command()
@click.pass_obj
def worker(path: Path) -> None:
    """Crawl for the `run` of another machine, through a queue. SIGTERM ends it. It keeps no data."""
    from monitor.service import logs

    config = load(path)
    must_have_queue(config)
    from monitor.workers.worker import Worker

    logs.set_up(config)
    Worker(config).serve()


def must_have_queue(config: Config) -> None:
    """Raise Misuse where the configuration names no queue, or there can be none here."""
    from monitor.workers.queue import refusal

    if config.run.queue is None:
        raise Misuse(f'{config.path}: run.queue: missing: "worker" takes its crawls from there')
    if missing := refusal():
        raise Misuse(f"{config.path}: {missing}")
