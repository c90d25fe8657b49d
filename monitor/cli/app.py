"""What the subcommands share: loading the configuration, opening the store, finding councils by name, printing."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import click

from monitor.cli.faults import Misuse
from monitor.config.addresses import listen
from monitor.config.file import Config
from monitor.councils.registry import Council
from monitor.model import Event
from monitor.model.days import LONDON
from monitor.store import Store, beginning


class Day(click.ParamType[str]):
    """A day of London: 2025-05-13, today, yesterday, or so many days ago: 7d."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day in ISO 8601. Fails for anything else."""
        text, today = str(value).strip().lower(), datetime.now(LONDON).date()
        ago = {"today": 0, "yesterday": 1}.get(text)
        if ago is None and text.endswith("d") and text[:-1].isascii() and text[:-1].isdigit():
            ago = min(int(text[:-1]), 36_500)
        try:
            return (date.fromisoformat(text) if ago is None else today - timedelta(days=ago)).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no day: write 2025-05-13, today, yesterday, or 7d for a week ago", param, ctx)


class Address(click.ParamType[str]):
    """An address and a port to listen on, such as 127.0.0.1:8000."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The address. Raises Misuse for anything else, before any work is done for it."""
        try:
            return listen(str(value))
        except ValueError as error:
            raise Misuse(f"{param.opts[-1] if param else self.name} {value}: {error}") from None


as_json = click.option("--json", "json_", is_flag=True, help="One JSON object per line.")
council_option = click.option(
    "--council", "names", multiple=True, metavar="NAME", help="Only this council; may be repeated."
)


def open_store(loaded: Config, *, anew: bool = False) -> Store:
    """Open the data folder of a configuration; make it if it does not exist. Raises NoStoreError where its database has
    got lost, unless a person wants a new one (`anew`)."""
    return beginning.opened(loaded.data_dir, loaded.path, must_exist=loaded.data.must_exist, anew=anew)


def read_store(loaded: Config) -> Store:
    """The data folder of a configuration, to read from; it makes nothing and waits for no writer. Raises NoStoreError
    where there is no database yet, and where it has got lost."""
    must_have_kept(loaded)
    return Store.reading(loaded.data_dir)


def must_have_kept(loaded: Config) -> None:
    """Raise NoStoreError where the data folder of a configuration has lost its database."""
    beginning.must_not_be_lost(loaded.data_dir, loaded.path, must_exist=loaded.data.must_exist)


def one_watched(loaded: Config, name: str) -> Council:
    """Return a council by its name. Raises Misuse if it is not watched."""
    council = loaded.registry.find(name)
    if council not in loaded.watched():
        raise Misuse(f"{council.name} is not among the councils watched ({loaded.path}: watch.councils)")
    return council


def emit(value: dict[str, Any]) -> None:
    """Print a JSON object as one line on standard output. Characters that control a terminal are written as escapes."""
    line = json.dumps(value, ensure_ascii=False)
    safe = (c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
    click.echo(line if line.isprintable() else "".join(safe))


def brief(event: Event) -> str:
    """Return an event as one line: when it was found, and its headline."""
    from monitor.wording.dates import moment
    from monitor.wording.describe import subject

    return f"{moment(event.at)}  {subject([event])}"
