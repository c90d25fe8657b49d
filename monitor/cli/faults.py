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
from monitor.wording.text import lower_first, printable

FAILED, MISUSED = 1, 2
STOPPED = 130


class Misuse(Exception):  # noqa: N818 - what happened
    """The user asked for something impossible: what, where and why."""


FORESEEN = (
    *(click.ClickException, click.Abort, ConfigError, RegistryError, UnknownCouncil, QueryError, StoreError),
    *(Misuse, OSError),
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


def make_empty(folder: Path, asked: str) -> None:
    """Make a folder that a person named for our files alone. Raises Misuse, and says what is `asked`, where it has any
    already."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Misuse(f"{folder}: is not empty and was left as it is: {asked}")


def exit_status(error: BaseException) -> int:
    """Print what went wrong, one line for each fault, and return the exit status."""
    if isinstance(error, click.ClickException):
        say(_usage(error))
        return MISUSED
    if isinstance(error, click.Abort | KeyboardInterrupt):
        say("stopped; what was seen for the first time is kept")
        return STOPPED
    for line in error.lines if isinstance(error, ConfigError) else [_words(error)]:
        say(line)
    tried = isinstance(error, StoreError | OSError) and not isinstance(error, UnusableStoreError)
    return FAILED if tried else MISUSED


def _usage(error: click.ClickException) -> str:
    """What is wrong with the words of a command, and where its help is; click itself takes four lines for it."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    said = lower_first(" ".join(error.format_message().split())).rstrip(".")
    see = "? See" if said.endswith("?") else "; see"
    return f"{said.rstrip('?')}{see} `{context.command_path if context else 'ofsted-watch'} --help`"


def _words(error: BaseException) -> str:
    """What went wrong; of a fault of the system (a disk that is full, a folder that is not there) also where."""
    if not isinstance(error, OSError):
        return str(error)
    where = error.filename2 or error.filename
    return ": ".join(filter(None, (str(where or ""), error.strerror or str(error) or type(error).__name__)))


def say(line: str) -> None:
    """Print a line on standard error. It may quote a site, so control characters are removed."""
    click.echo(f"ofsted-watch: {printable(line)}", err=True)
