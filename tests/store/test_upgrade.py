"""From a database of each earlier state to today's: what was told and owed is there, and the copy before leads back."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.store import Store, backups, migrations, outbox, sources
from monitor.store.restoring import restore
from monitor.store.sqlite import sqlite3

FIRST = 8
"""The version of the first edition, whose own code wrote `first_edition.sql`."""
DUMP = Path(__file__).with_name("first_edition.sql")
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
KEPT = (
    "SELECT seq, id, at, kind FROM events ORDER BY seq",
    "SELECT id, event, channel, recipient, state, due, attempts FROM deliveries ORDER BY id",
    "SELECT sha256, reader, kind FROM letters ORDER BY sha256",
    "SELECT target, kind, key, state, versions FROM records ORDER BY target, kind, key",
)


@pytest.fixture(params=range(FIRST, migrations.VERSION))
def older(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Path]:
    """A data folder as the program left it that had so many steps."""
    version = int(request.param)
    with closing(sqlite3.connect(tmp_path / "ofsted-watch.db")) as first:
        first.executescript(DUMP.read_text(encoding="utf-8"))
    with monkeypatch.context() as then:
        then.setattr(migrations, "STEPS", migrations.STEPS[:version])
        then.setattr(migrations, "VERSION", version)
        Store(tmp_path).close()
    for copy in tmp_path.glob("backups/*"):
        copy.unlink()
    return version, tmp_path


def rows(path: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as found:
        return [found.execute(sql).fetchall() for sql in KEPT]


def test_the_copy_before_has_everything_and_so_has_the_new_one(older: tuple[int, Path]) -> None:
    version, folder = older
    was = rows(folder / "ofsted-watch.db")
    assert all(was[:2])
    with Store(folder) as store:
        assert migrations.version(store.connection) == migrations.VERSION
        assert len(outbox.events(store)) == len(was[0])
        assert all(sources.episodes(store, name) is not None for name in ("ofsted", "press"))
        assert store.rows("PRAGMA integrity_check(1)")[0][0] == "ok"
        assert store.rows("PRAGMA foreign_key_check") == []
    copy = folder / "backups" / f"before-v{migrations.VERSION}.db"
    assert backups.verify(copy) == version
    assert rows(copy) == was
    assert rows(folder / "ofsted-watch.db") == was


def test_back_by_restore_and_forward_again(older: tuple[int, Path]) -> None:
    """Back: the older program's `restore` takes the copy. Forward: today's takes it too, and brings it up to date."""
    _, folder = older
    was = rows(folder / "ofsted-watch.db")
    Store(folder).close()
    copy = folder / "backups" / f"before-v{migrations.VERSION}.db"
    done = restore(folder, copy, NOW)
    assert done.kept is not None
    assert backups.verify(done.kept) == migrations.VERSION
    assert rows(folder / "ofsted-watch.db") == rows(copy) == was


OPEN = "import sys\nfrom pathlib import Path\nfrom monitor.store import Store\nStore(Path(sys.argv[1])).close()"


@pytest.mark.parametrize("begun", [False, True])
def test_several_processes_bring_one_database_up_to_date_in_turn(tmp_path: Path, begun: bool) -> None:
    if begun:
        with closing(sqlite3.connect(tmp_path / "ofsted-watch.db")) as first:
            first.executescript(DUMP.read_text(encoding="utf-8"))
    line = [sys.executable, "-c", OPEN, str(tmp_path)]
    children = [subprocess.Popen(line, cwd=DUMP.parents[2], stderr=subprocess.PIPE) for _ in range(5)]
    assert [(child.communicate()[1], child.returncode) for child in children] == [(b"", 0)] * 5
    with Store(tmp_path) as store:
        assert migrations.version(store.connection) == migrations.VERSION
    assert len(list(tmp_path.glob("backups/*"))) == begun
