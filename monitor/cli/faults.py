"""Turns foreseen faults into one clear line each, and into the exit status."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from monitor.config.errors import ConfigError
from monitor.councils.registry import RegistryError, UnknownCouncil
from monitor.query import QueryError
from monitor.store import StoreError, UnusableStoreError
from monitor.wording.text import printable

FAILED, MISUSED = 1, 2
STOPPED = 130


class Misuse(Exception):  # noqa: N818 - what happened
    """The user asked for something impossible: what, where and why."""


class Failed(Exception):  # noqa: N818 - what happened
    """The program tried something and failed: what, where and why."""


FORESEEN = (
    *(click.ClickException, click.Abort, ConfigError, RegistryError, UnknownCouncil, QueryError, StoreError),
    *(Misuse, Failed),
)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Write to a file or folder that a person named. What the system refuses there becomes Misuse, in one line."""
    try:
        yield
    except OSError as error:
        raise Misuse(f"{path}: {error.strerror or error}") from error


def folder_of(file: Path) -> None:
    """Raise Misuse, before any work is done, where the folder of a file that a person named does not exist."""
    if not file.absolute().parent.is_dir():
        raise Misuse(f"{file}: there is no folder {file.parent}")


def exit_status(error: BaseException) -> int:
    """Print what went wrong, one line for each fault, and return the exit status."""
    if isinstance(error, click.ClickException):
        error.show()
        return MISUSED
    if isinstance(error, click.Abort | KeyboardInterrupt):
        say("stopped; what was seen for the first time is kept")
        return STOPPED
    for line in error.lines if isinstance(error, ConfigError) else [str(error)]:
        say(line)
    tried = isinstance(error, Failed | StoreError) and not isinstance(error, UnusableStoreError)
    return FAILED if tried else MISUSED


def say(line: str) -> None:
    """Print a line on standard error. It may quote a site, so control characters are removed."""
    click.echo(f"ofsted-watch: {printable(line)}", err=True)
