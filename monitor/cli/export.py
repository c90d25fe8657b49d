"""The command that exports: the sector's table, a workbook, the public database."""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from monitor.cli.app import read_store
from monitor.cli.faults import Misuse, folder_of, writing
from monitor.config.file import Config, load
from monitor.model.days import LONDON
from monitor.store import Store
from monitor.wording.dates import day

FORMATS = ("csv", "json", "xlsx", "sqlite")
BINARY = ("xlsx", "sqlite")


@click.command()
@click.option("--format", "format_", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of standard output."
)
@click.pass_obj
def export(path: Path, format_: str, output: Path | None) -> None:
    """Write every council's latest inspection as a table.

    It has the columns of the sector's ILACS outcomes summary. "xlsx" is a workbook that has also all inspections,
    visits, area SEND, what is asked, moves and waits. "sqlite" is the public database: all of it, with every paragraph
    of every letter (docs/data.md).
    """
    if output:
        folder_of(output)
    elif format_ in BINARY and sys.stdout.isatty():
        raise Misuse(f"export: {format_} is no text for a terminal: name a file with --output")
    config = load(path)
    with read_store(config) as store:
        body = _public(config, store) if format_ == "sqlite" else _table(config, store, format_)
    if output:
        with writing(output):
            output.write_bytes(body)
    else:
        sys.stdout.buffer.write(body)


def _public(config: Config, store: Store) -> bytes:
    """The public database, brought up to date in the data folder, as the bytes of one file."""
    from monitor.public import writing

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / writing.NAME
        writing.copied(store, config.watched(), copy)
        return copy.read_bytes()


def _table(config: Config, store: Store, format_: str) -> bytes:
    from monitor.crawl.targets import page_url
    from monitor.views import export as table
    from monitor.views.sector import sector

    found = sector(store, config.watched())
    if format_ != "xlsx":
        return table.FORMATS[format_](table.rows(found.views, partial(page_url, config)))
    from monitor.public.filling import OFSTED_LICENCE
    from monitor.views.sheets import sheets
    from monitor.views.workbook import workbook

    today = datetime.now(LONDON).date()
    notes = [f"Written on {day(today)}", found.compared("Compared"), OFSTED_LICENCE]
    return workbook(sheets(found, partial(page_url, config), today), notes)
