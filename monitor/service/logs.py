"""Logs on standard error: lines for people on a terminal, a JSON object a line for a machine; never a secret.

What a line is about stands beside it: `extra={"source": …, "run": …, "job": …, "seconds": …}`.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import IO
from urllib.parse import urlsplit

from monitor.config.environment import secret
from monitor.config.errors import ConfigError
from monitor.config.file import Config
from monitor.model.days import LONDON
from monitor.store.replica import CREDENTIALS
from monitor.wording.text import printable

ABOUT = ("job", "source", "run", "seconds", "events", "polls", "broken", "requests", "bytes", "channel")
"""What a line may be about: these go into its JSON."""
MIN_SECRET_CHARACTERS = 4
"""A secret shorter than this is none, and masking it would tear every line apart."""
MASK = "***"
LEVELS = {"apscheduler": logging.ERROR, "procrastinate": logging.ERROR, "psycopg": logging.ERROR}
"""What libraries may say; a job that is late is no warning here: it is caught up. Of the queue we say ourselves."""


def set_up(config: Config, stream: IO[str] | None = None) -> None:
    """Log from now on as the configuration says. May be called again when it has changed."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(config.run.log, stream.isatty(), secrets(config)))
    logging.basicConfig(level=config.run.log_level.upper(), handlers=[handler], force=True)
    for name, level in LEVELS.items():
        logging.getLogger(name).setLevel(level)


def to_terminal(config: Config) -> None:
    """What a command that ends by itself says of trouble on standard error: plain lines, without secrets."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain(secrets(config), "ofsted-watch: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def formatter(form: str, terminal: bool, hidden: Collection[str]) -> logging.Formatter:
    """The formatter of a form: "plain", "json", or "auto"."""
    plain = form == "plain" or (form == "auto" and terminal)
    return Plain(hidden) if plain else Json(hidden)


def secrets(config: Config) -> set[str]:
    """The values of all secrets that the configuration names and that are set; of an address also its path."""
    found = set()
    names = [name for _, name in config.secret_names()]
    for name in [*names, *(CREDENTIALS if config.store.replica else ())]:
        with suppress(ConfigError):  # one that is not set cannot be shown; whoever needs it says so
            found |= _parts(secret(name))
    return {value for value in found if len(value) >= MIN_SECRET_CHARACTERS}


def _parts(value: str) -> set[str]:
    if "://" not in value:
        return {value}
    try:
        parts = urlsplit(value)
    except ValueError:
        return {value}
    return {value, parts.path.strip("/"), parts.query, parts.password or ""}


class Plain(logging.Formatter):
    """ "2026-01-05 08:00:00 ofsted: 2 events", London time. A line break in a message is no line break in the log."""

    def __init__(self, hidden: Collection[str], form: str = "%(asctime)s %(levelname)s %(message)s") -> None:
        super().__init__(form, "%Y-%m-%d %H:%M:%S")
        self._hidden = sorted(hidden, key=len, reverse=True)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        """The time as people in London read it, wherever the machine stands."""
        return datetime.fromtimestamp(record.created, LONDON).strftime(datefmt or "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """One record, without secrets; only a traceback has further lines."""
        line = masked(super().format(record), self._hidden)
        lines = map(printable, line.split("\n"))
        return ("\n" if record.exc_info else " ").join(lines)


class Json(logging.Formatter):
    """An object a line: `at`, `level`, `logger`, `message`, what it is about, and `traceback`."""

    def __init__(self, hidden: Collection[str]) -> None:
        super().__init__()
        self._hidden = sorted(hidden, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """One record, without secrets."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "pid": os.getpid(),
            "message": record.getMessage(),
            **{name: value for name in ABOUT if (value := getattr(record, name, None)) is not None},
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        clean = {name: masked(v, self._hidden) if isinstance(v, str) else v for name, v in line.items()}
        return json.dumps(clean, ensure_ascii=False)


def masked(text: str, hidden: Iterable[str]) -> str:
    """The text with every secret replaced, the longest first."""
    for value in hidden:
        text = text.replace(value, MASK)
    return text
