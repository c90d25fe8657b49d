"""The queue: how it is reached, and our tables beside Procrastinate's.

Procrastinate decides which worker crawls which part, and holds the locks; its jobs carry two numbers. Our tables hold
what is to be crawled and what was found. All of it hangs on one row for each crawl that somebody waits for. Everything
lies in a schema of its own and lives as long as a crawl, so the schema may be dropped whenever nothing runs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from monitor.config.environment import secret
from monitor.config.tables import Run
from monitor.version import VERSION

SCHEMA = "ofsted_watch_1"
"""Raised when our tables or Procrastinate's change; the old one is of no more use then."""
QUEUE = f"ofsted-watch {VERSION}"
"""Workers take jobs of their own version only: a job is not a format that is kept."""
MISSING = 'run.queue: workers need more packages: pip install "ofsted-watch[workers]"'
CONNECT_SECONDS = 5
STATEMENT_MILLISECONDS = 60_000
LIVENESS = {"keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 15_000}
"""A database that is gone without a word is noticed before a lease is over (see `lease`)."""


class QueueError(Exception):
    """The queue cannot be used: what and why, in one line."""


def refusal() -> str | None:
    """Why there can be no queue here, in one line; None if there can."""
    return None if find_spec("procrastinate") and find_spec("psycopg") else MISSING


def conninfo(run: Run) -> str:
    """How libpq is told of the queue, with its password. Raises ConfigError where that is not set."""
    from psycopg.conninfo import make_conninfo

    password = {"password": secret(run.queue_password_env)} if run.queue_password_env else {}
    options = f"-c search_path={SCHEMA} -c statement_timeout={STATEMENT_MILLISECONDS}"
    return make_conninfo(
        run.queue or "", connect_timeout=CONNECT_SECONDS, application_name=f"ofsted-watch {os.getpid()}",
        options=options, **LIVENESS, **password,
    )  # fmt: skip


@contextmanager
def told() -> Iterator[None]:
    """What PostgreSQL and Procrastinate raise, as one line."""
    import psycopg
    from procrastinate.exceptions import ConnectorException
    from psycopg_pool import PoolTimeout

    try:
        yield
    except ConnectorException as error:
        raise QueueError(f"the queue: {_line(error.__cause__ or error)}") from error
    except (psycopg.Error, PoolTimeout) as error:
        raise QueueError(f"the queue: {_line(error)}") from error


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


class Connection:
    """A connection to the queue that is opened again when it is needed and lost. It makes the tables where they are
    not. Not for two threads at once."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._open: Any = None

    def get(self) -> Any:
        """The connection; a statement on it is a transaction of its own. Raises psycopg.Error."""
        import psycopg

        if self._open is None or self._open.closed:
            self._open = psycopg.connect(self._conninfo, autocommit=True)
            _prepare(self._open)
        return self._open

    def close(self) -> None:
        """Give it back."""
        if self._open is not None:
            self._open.close()


def _prepare(connection: Any) -> None:
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (SCHEMA,))
        there = connection.execute("SELECT to_regclass(%s)", (f"{SCHEMA}.targets",)).fetchone()
        if there[0] is None:
            connection.execute(_tables())


def _tables() -> str:
    """Procrastinate's tables and ours, in our schema."""
    from procrastinate.schema import SchemaManager

    ours = (files("monitor.workers") / "tables.sql").read_text(encoding="utf-8")
    return f"{ours.partition(';')[0]};\n{SchemaManager.get_schema()}\n{ours.partition(';')[2]}"
