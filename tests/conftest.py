"""What every test may use: where the shared corpus lies, and a store of its own."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from monitor.store import Store, migrations
from monitor.store.sqlite import sqlite3

ENDING_SECONDS = 5.0
"""How long the threads of a file may take to end; a server that serves the whole run costs its first file that."""
BESIDE = Path(__file__).resolve().parents[2] / "shared"

# Nothing here asks the internet. Reading all authorities of the system costs each new client, and each process that
# makes one, as much as the rest of a test.
os.environ["SSL_CERT_FILE"] = os.environ["SSL_CERT_DIR"] = os.devnull

# Other work on the machine is no fault of what is tested: an example may take as long as it takes.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: they are what a run of several workers waits for."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups are kept together, or their costly fixtures are made in every worker. What collecting has made stays: no
    later look for litter goes through it again."""
    if getattr(session.config.option, "loadgroup", False):
        lost = [i.nodeid for i in session.items if i.get_closest_marker("xdist_group") and "@" not in i.nodeid]
        assert not lost, f"this pytest does not tell pytest-xdist the group of {lost[0]}"
    gc.collect()
    gc.freeze()


def _no_fork() -> None:
    """A fork beside a thread may keep a lock for ever. Children come from `tests.forks` or are started."""
    assert threading.active_count() == 1, "a test forks beside threads"


os.register_at_fork(before=_no_fork)


@pytest.fixture(scope="module", autouse=True)
def _litter() -> Iterator[None]:
    """What a file leaves open is found at its end, and not in whichever test the next collection comes. Its threads are
    waited for: on a busy machine they let go of a socket, or fail, a second later, and a test of another file would be
    blamed for it."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + ENDING_SECONDS
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, until - time.monotonic()))
    gc.collect()


@pytest.fixture(scope="session", autouse=True)
def _ready_made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty database is a copy of one that has gone through all steps, each of which waits for the disk."""
    path, apply, steps = tmp_path_factory.mktemp("empty") / "empty.db", migrations.apply, migrations.STEPS
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        apply(connection)

    def ready(connection: sqlite3.Connection) -> None:
        if migrations.version(connection) or steps != migrations.STEPS:
            apply(connection)
            return
        with closing(sqlite3.connect(path)) as made:
            made.backup(connection)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(migrations, "apply", ready)
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that needs the corpus is skipped without it, whether or not it asks for the folder by name."""
    if item.get_closest_marker("corpus"):
        _corpus()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpus of real letters, the replica of the sites and the doubles of Slack and SMTP."""
    return _corpus()


def _corpus() -> Path:
    folder = Path(os.environ.get("OFSTED_WATCH_SHARED", BESIDE))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"the shared corpus is not at {folder}; set OFSTED_WATCH_SHARED to where it is")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare with a file of the folder golden/ beside the test; a missing one is written, and fails for review."""
    folder = request.path.parent / "golden"

    def check(name: str, text: str) -> None:
        path = folder / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            pytest.fail(f"{path} was missing and is written now: read it")
        assert text == path.read_text(encoding="utf-8")

    return check
