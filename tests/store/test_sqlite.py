"""The SQLite library: which ones are safe with a write-ahead log, and what is done with one that is not."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from monitor.store import Store, StoreError, sqlite
from monitor.store.sqlite import LIBRARY, Library
from tests.making import event
from tests.soaking import proved

ROOT = Path(__file__).resolve().parents[2]
PYTHONS_OWN = "import sys; sys.modules['pysqlite3'] = None\n"
"""As if pysqlite3 were not installed."""
BAD = Library((3, 40, 1), "sqlite3")


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), False),  # it has no write-ahead log
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_which_libraries_are_safe_with_a_log(version: tuple[int, int, int], safe: bool) -> None:
    assert Library(version, "sqlite3").log_is_safe is safe


def test_the_program_uses_pysqlite3_where_it_is_installed(tmp_path: Path) -> None:
    assert LIBRARY.module == ("pysqlite3" if find_spec("pysqlite3") else "sqlite3")
    with Store(tmp_path) as store:
        linked = store.rows("SELECT sqlite_version()")[0][0]
        assert linked == ".".join(map(str, LIBRARY.version))
        assert sqlite.journal(store.connection) == ("wal" if LIBRARY.log_is_safe else "delete")


@pytest.fixture
def bad(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that must not use a log."""
    monkeypatch.setattr(sqlite, "LIBRARY", BAD)


def _with_log(folder: Path) -> None:
    with Store(folder) as store:
        assert store.rows("PRAGMA journal_mode = WAL")[0][0] == "wal"


def test_a_bad_library_takes_the_log_of_an_old_database_away(tmp_path: Path, bad: None) -> None:
    _with_log(tmp_path)
    with Store(tmp_path) as store:
        assert sqlite.journal(store.connection) == "delete"
        with store.transaction() as connection:
            connection.execute("CREATE TABLE x (y)")
    assert not list(tmp_path.glob("*-wal"))


def test_a_bad_library_waits_for_whoever_uses_the_log_and_then_refuses(
    tmp_path: Path, bad: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.store.opening.BUSY_SECONDS", 0.3)
    _with_log(tmp_path)
    hold = "import sys\nfrom monitor.store.sqlite import sqlite3\nc = sqlite3.connect(sys.argv[1])\n"
    hold += "c.execute('SELECT count(*) FROM events').fetchall()\nprint('held', flush=True)\nsys.stdin.read()"
    line = [sys.executable, "-c", hold, str(tmp_path / "ofsted-watch.db")]
    with subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match="locked"):
            Store(tmp_path)
        child.stdin.close()
    with Store(tmp_path) as store:
        assert sqlite.journal(store.connection) == "delete"


def test_a_bad_library_writes_nothing_once_another_program_has_given_it_a_log(tmp_path: Path, bad: None) -> None:
    with Store(tmp_path) as store:
        switch = "import sys\nfrom monitor.store.sqlite import sqlite3\n"
        switch += "print(sqlite3.connect(sys.argv[1]).execute('PRAGMA journal_mode = WAL').fetchone()[0])"
        line = [sys.executable, "-c", switch, str(store.path)]
        assert subprocess.check_output(line, cwd=ROOT, text=True) == "wal\n"
        with pytest.raises(StoreError, match=r"later SQLite.*3\.40\.1"), store.transaction() as connection:
            connection.execute("CREATE TABLE x (y)")
        assert not store.rows("SELECT 1 FROM sqlite_master WHERE name = 'x'")


class Contended(sqlite.sqlite3.Connection):
    """Two processes open one new database and both ask for its log: SQLite tells one at once that it is locked."""

    refusals = 2

    def execute(self, sql: str, parameters: object = (), /) -> sqlite.sqlite3.Cursor:
        if sql.startswith("PRAGMA journal_mode =") and self.refusals:
            self.refusals -= 1
            error = sqlite.sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite.sqlite3.SQLITE_BUSY
            raise error
        return super().execute(sql, parameters)  # type: ignore[arg-type]  # as the base class takes them


@pytest.mark.skipif(not LIBRARY.log_is_safe, reason="this library keeps no log")
def test_whoever_opens_a_new_database_beside_another_process_asks_again(tmp_path: Path) -> None:
    with closing(Contended(tmp_path / "new.db")) as connection:
        sqlite.set_journal(connection, seconds=5)
        assert sqlite.journal(connection) == "wal"
    refused = pytest.raises(sqlite.sqlite3.OperationalError, match="locked")
    with closing(Contended(tmp_path / "other.db")) as connection, refused:
        sqlite.set_journal(connection, seconds=0)


DYING = """
import os, sys
from pathlib import Path
from monitor.store import Store, outbox
from tests.making import event
store = Store(Path(sys.argv[1]))
store.connection.execute("PRAGMA journal_mode = DELETE")
store.connection.execute("PRAGMA cache_size = 1")
store.connection.execute("BEGIN IMMEDIATE")
for number in range(2000):
    outbox.add(store, event(f"lost {number}"), [])
os._exit(9)
"""


def test_a_reader_undoes_the_commit_in_which_a_writer_died(tmp_path: Path) -> None:
    from monitor.store import outbox

    with Store(tmp_path) as store, store.transaction():
        outbox.add(store, event("kept"), [])
    done = subprocess.run([sys.executable, "-c", DYING, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert (tmp_path / "ofsted-watch.db-journal").stat().st_size > 512
    with Store.reading(tmp_path) as store:
        assert [e.id for e in outbox.events(store)] == ["kept"]
        assert store.rows("PRAGMA integrity_check(1)")[0][0] == "ok"


@pytest.mark.parametrize("module", ["sqlite3", "pysqlite3"])
def test_status_and_check_say_which_library_and_journal(tmp_path: Path, module: str) -> None:
    if module == "pysqlite3" and not find_spec("pysqlite3"):
        pytest.skip("pysqlite3 is not installed here")
    (tmp_path / "config.toml").write_text('[http]\ncontact = "tests@localhost"\n')
    before = PYTHONS_OWN if module == "sqlite3" else ""
    make = f"{before}from pathlib import Path\nfrom monitor.store import Store\nStore(Path('data'))"
    command = f"{before}import sys\nfrom monitor.cli import main\nmain()"
    run = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(ROOT)}, "text": True, "stdout": subprocess.PIPE}
    subprocess.run([sys.executable, "-c", make], check=True, **run)  # type: ignore[call-overload]

    def said(*arguments: str) -> str:
        line = [sys.executable, "-c", command, *arguments]
        return str(subprocess.run(line, check=False, **run).stdout)  # type: ignore[call-overload]

    found = json.loads(said("status", "--json"))["sqlite"]
    assert f"({module})" in found["library"]
    assert found["journal"] == ("wal" if found["log_is_safe"] else "delete")
    kept = "write-ahead log\n" if found["log_is_safe"] else "rollback journal, for this library may corrupt"
    for command_line in (said("status"), said("check")):
        assert f"database: {found['library']}, {kept}" in command_line


@pytest.mark.slow
@pytest.mark.parametrize("module", ["sqlite3", "pysqlite3"])
def test_six_writers_leave_a_whole_database(module: str) -> None:
    print(proved("writers", "--seconds", "2", "--pause", "0.05", "--module", module))


def test_nobody_else_imports_sqlite() -> None:
    """Two libraries in one process break each other's locks."""
    files = [path for top in ("monitor", "notifiers", "spiders", "soak", "benchmarks", "tests")
             for path in (ROOT / top).rglob("*.py")]  # fmt: skip
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    bodies = {path: ast.walk(ast.parse(text)) for path, text in texts.items() if "sqlite3" in text}
    found = {
        str(path.relative_to(ROOT))
        for path, nodes in bodies.items()
        for node in nodes
        if isinstance(node, ast.Import) and {"sqlite3", "pysqlite3.dbapi2"} & {alias.name for alias in node.names}
    }
    assert found == {"monitor/store/sqlite.py"}
