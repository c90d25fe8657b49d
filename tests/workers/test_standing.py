"""What `status` says of the queue: what waits, what is taken and overdue, who works; and that it never waits long."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.cli import cli
from monitor.cli.queue_pages import queue_lines
from monitor.config.tables import Run
from monitor.store import Store
from monitor.workers import owner_tables, worker_tables
from monitor.workers.queue import Connection, conninfo
from monitor.workers.standing import SECONDS, Standing, standing

CRAWL, GONE = (f"00000000-0000-0000-0000-00000000000{n}" for n in (1, 2))


def status(folder: Path, run: str, *options: str) -> tuple[str, int]:
    """What the command prints, and its exit status."""
    path = folder / "config.toml"
    path.write_text(f"[run]\n{run}\n", encoding="utf-8")
    Store(folder / "data").close()
    done = CliRunner().invoke(cli, ["--config", str(path), "status", *options], standalone_mode=False)
    return done.stdout, done.return_value


@pytest.fixture
def connection(queue: Run) -> Iterator[Any]:
    with closing(Connection(conninfo(queue))) as held:
        yield held.get()


def put(connection: Any, crawl: str, parts: int, seconds: float = 60.0) -> None:
    owner_tables.put(connection, crawl, [(f"lock-{n}", "{}") for n in range(parts)], seconds, 0)


def take(connection: Any, part: int) -> None:
    """As a worker does: Procrastinate's job, then our part."""
    connection.execute(
        "UPDATE procrastinate_jobs SET status = 'doing' WHERE args = %s::jsonb",
        (json.dumps({"crawl": CRAWL, "part": part}),),
    )
    worker_tables.begin(connection, (CRAWL, part))


@pytest.mark.slow
def test_parts_are_counted_as_they_wait_are_taken_are_overdue_and_end(queue: Run, connection: Any) -> None:
    put(connection, CRAWL, 5)
    for part in (0, 1, 2):
        take(connection, part)
    worker_tables.appear(connection, GONE, "one")
    connection.execute("UPDATE parts SET begun = now() - interval '2 minutes' WHERE part = 1")
    assert standing(queue) == Standing(waiting=2, taken=3, overdue=1, workers=1)
    worker_tables.end(connection, (CRAWL, 1), None)
    connection.execute("UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL WHERE args ->> 'part' = '2'")
    assert standing(queue) == Standing(waiting=3, taken=1, overdue=0, workers=1)


@pytest.mark.slow
def test_what_nobody_waits_for_any_more_does_not_count(queue: Run, connection: Any) -> None:
    put(connection, GONE, 3)
    connection.execute("UPDATE crawls SET waited_for = now() - interval '1 hour'")
    assert standing(queue) == Standing(0, 0, 0, 0)


@pytest.mark.slow
def test_to_look_makes_no_tables(queue: Run) -> None:
    import psycopg

    assert standing(queue) == Standing(0, 0, 0, 0)
    with psycopg.connect(queue.queue or "") as looked:
        assert looked.execute("SELECT to_regnamespace('ofsted_watch_1')").fetchone() == (None,)


@pytest.mark.slow
def test_status_shows_the_queue_in_a_line_and_in_its_json(queue: Run, connection: Any, tmp_path: Path) -> None:
    put(connection, CRAWL, 2)
    worker_tables.appear(connection, GONE, "one")
    run = f'queue = "{queue.queue}"'
    line = f"queue {queue.queue}: 2 parts of crawls waiting, 0 taken; 1 worker of this version"
    assert line in status(tmp_path, run)[0].splitlines()
    counts = {"waiting": 2, "taken": 0, "overdue": 0, "workers": 1}
    found = json.loads(status(tmp_path, run, "--json")[0])["queue"]
    assert found == {"address": queue.queue, "refusal": None} | counts


def test_what_is_overdue_and_that_nobody_works_is_said() -> None:
    found = {"address": "postgresql://h/d", "refusal": None, "waiting": 1, "taken": 2, "overdue": 1, "workers": 0}
    said = "1 part of crawls waiting, 2 taken (1 of them overdue); 0 workers of this version"
    assert queue_lines(found) == [f"queue postgresql://h/d: {said}; `run` crawls by itself meanwhile"]


def test_without_a_queue_status_says_nothing_of_one(tmp_path: Path) -> None:
    assert "queue" not in status(tmp_path, "crawls = 2")[0]
    assert json.loads(status(tmp_path, "crawls = 2", "--json")[0])["queue"] is None


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        ('queue = "postgresql:///d?host={folder}"', "the queue: connection"),
        ('queue = "postgresql://u@h/d"\nqueue_password_env = "NO_SUCH_PASSWORD"', "NO_SUCH_PASSWORD is not set"),
        ('queue = "postgresql://127.0.0.1:{silent}/d"', "the queue: "),
    ],
)
def test_a_queue_that_cannot_be_asked_is_one_line_and_fails_nothing(run: str, reason: str, tmp_path: Path) -> None:
    """One is not there, one has no password here, one takes the connection and never says a word."""
    pytest.importorskip("psycopg")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        shown, code = status(tmp_path, run.format(folder=tmp_path, silent=silent.getsockname()[1]))
        took = time.monotonic() - began
    (line,) = [line for line in shown.splitlines() if line.startswith("queue ")]
    assert reason in line
    assert took < SECONDS + 3
    assert code == status(tmp_path, "crawls = 2")[1]
