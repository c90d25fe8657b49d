"""The queue in the configuration and in the commands; nothing of it is there where none is configured."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.cli import cli
from monitor.cli.check_pages import watched_lines
from monitor.cli.faults import Misuse
from monitor.config.errors import ConfigError
from monitor.config.file import Config
from monitor.config.tables import Run
from monitor.model.payloads import SourcePayload
from monitor.service.service import reloaded
from monitor.store import Store, outbox
from monitor.wording.describe import subject
from monitor.wording.source_health import notes
from monitor.workers import queue as queue_module
from tests.configured import configured

OPERATOR = '[[channels]]\nname = "ops"\nkind = "console"\n'


def config(folder: Path, run: str, more: str = "") -> Config:
    return configured(folder, f'[http]\ncontact = "tests@localhost"\n[run]\n{run}\n{more}')


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        ('queue = "redis://x"', "run.queue: must be a postgresql:// address"),
        ('queue = "postgresql://h:0/d"', "run.queue: must be a postgresql:// address"),
        ('queue = "postgresql://u:p@h/d"', "run.queue: must not hold a password: name its variable"),
        ('queue = "postgresql://u@h/d?password=p"', "run.queue: must not hold a password"),
        ('queue_password_env = "X"', "run: queue_password_env needs queue beside it"),
    ],
)
def test_a_queue_that_is_none_or_holds_a_secret_is_refused(run: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=reason):
        config(tmp_path, run)


def test_the_password_is_a_secret_like_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    made = config(tmp_path, 'queue = "postgresql://u@h/d"\nqueue_password_env = "QUEUE_PASSWORD"')
    assert ("run.queue_password_env", "QUEUE_PASSWORD") in made.secret_names()
    with pytest.raises(ConfigError, match="QUEUE_PASSWORD is not set"):
        queue_module.conninfo(made.run)
    monkeypatch.setenv("QUEUE_PASSWORD", "pass word'")
    assert "password='pass word\\''" in queue_module.conninfo(made.run)


def test_the_queue_cannot_change_while_it_runs(tmp_path: Path) -> None:
    old = config(tmp_path, "crawls = 2")
    config(tmp_path, 'queue = "postgresql://h/d"')
    with pytest.raises(ConfigError, match=r"run\.queue: cannot change while it runs"):
        reloaded(old)


def test_without_a_queue_nothing_of_it_is_imported(tmp_path: Path) -> None:
    made = config(tmp_path, "crawls = 2")
    script = (
        "import sys; from pathlib import Path; from monitor.config.file import load; "
        "from monitor.service.service import Service; "
        "import monitor.cli.check, monitor.cli.crawl, monitor.cli.show, monitor.cli.worker; "
        "from monitor.cli.check_pages import watched_lines; from monitor.store import Store; "
        f"made = load(Path({str(made.path)!r})); Store(made.data_dir).close(); watched_lines(made); Service(made); "
        "print([m for m in sys.modules if m.split('.')[0] in ('psycopg', 'procrastinate', 'psycopg_pool') "
        "or m.startswith('monitor.workers')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr


def test_a_worker_needs_a_queue(tmp_path: Path) -> None:
    made = config(tmp_path, "crawls = 2")
    done = CliRunner().invoke(cli, ["--config", str(made.path), "worker"])
    assert isinstance(done.exception, Misuse)
    assert str(done.exception) == f'{made.path}: run.queue: missing: "worker" takes its crawls from there'


@pytest.mark.parametrize("command", ["worker", "run", "check"])
def test_where_the_packages_are_missing_one_line_says_so(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = config(tmp_path, 'queue = "postgresql://h/d"')
    monkeypatch.setattr(queue_module, "find_spec", lambda name: None)
    done = CliRunner().invoke(cli, ["--config", str(made.path), command])
    assert str(done.exception) == (
        f'{made.path}: run.queue: workers need more packages: pip install "ofsted-watch[workers]"'
    )


def test_check_says_that_a_queue_does_not_answer(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    made = config(tmp_path, f'queue = "postgresql:///d?host={tmp_path}"')
    (line,) = [line for line in watched_lines(made) if line.startswith("queue ")]
    assert line.startswith(f"queue postgresql:///d?host={tmp_path}: the queue: connection")
    assert line.endswith("; `run` crawls by itself meanwhile")


@pytest.mark.slow
def test_check_says_that_a_queue_answers_and_who_works(queue: Run, tmp_path: Path) -> None:
    made = config(tmp_path, f'queue = "{queue.queue}"')
    said = "0 parts of crawls waiting, 0 taken; 0 workers of this version; `run` crawls by itself meanwhile"
    assert f"queue {queue.queue}: {said}" in watched_lines(made)


class Told:
    """A queue that says of itself what the test wants."""

    def __init__(self) -> None:
        self.reason: str | None = None

    def keep(self) -> str | None:
        return self.reason


def test_operators_are_told_once_that_the_queue_does_not_work_and_once_that_it_does(tmp_path: Path) -> None:
    pytest.importorskip("procrastinate")
    from monitor.service.queue_keeping import QueueKeeper

    made, crawls, now = (
        config(tmp_path, 'queue = "postgresql://h/d"', OPERATOR),
        Told(),
        datetime(2026, 6, 1, tzinfo=UTC),
    )
    Store(made.data_dir).close()
    times = iter(now + timedelta(minutes=minute) for minute in range(100))
    stub: Any = crawls
    keeper = QueueKeeper(made, stub, lambda: next(times))
    for reason in (None, "no worker takes", *["the queue: no answer"] * 9, None, None):
        keeper._note(reason)
    with Store(made.data_dir) as store:
        failing, recovered = outbox.events(store)
    assert subject([failing]) == "Queue: no other machine crawls for this one — the queue: no answer"
    assert subject([recovered]) == "Queue: other machines crawl again"
    assert failing.after_as(SourcePayload).reason == "the queue: no answer"
    assert "this machine crawls by itself until the queue and a worker answer again" in " ".join(notes(failing))


def test_a_worker_says_once_that_the_queue_cannot_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("procrastinate")
    from monitor.workers import worker as module

    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.001)
    worker = module.Worker(config(tmp_path, 'queue = "postgresql://h/d"'))
    answers = iter(["wrong password"] * 5 + ["no answer"] * 5)

    async def refused() -> None:
        if (reason := next(answers, None)) is None:
            worker._stop()
        else:
            raise queue_module.QueueError(reason)

    monkeypatch.setattr(worker, "_take", refused)
    asyncio.run(worker._serve())
    assert [line.partition(";")[0] for line in caplog.messages] == ["wrong password", "no answer"]


def test_the_schema_s_number_belongs_to_these_tables() -> None:
    """Change it when this fails: two programs with other tables must not meet in one schema."""
    schema = pytest.importorskip("procrastinate.schema").SchemaManager.get_schema()
    ours = (files("monitor.workers") / "tables.sql").read_text(encoding="utf-8")
    digest = sha256((schema + ours).encode()).hexdigest()[:16]
    assert (queue_module.SCHEMA, digest) == ("ofsted_watch_1", "a556735a9f52d5dc")
    assert queue_module.SCHEMA in ours
