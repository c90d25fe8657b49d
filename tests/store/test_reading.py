"""Opening the store to read: it waits for no writer, changes nothing and says why it cannot."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from monitor.store import NoStoreError, Store, StoreError, UnusableStoreError, migrations, outbox, sources
from monitor.store.explain import explained
from monitor.store.sqlite import LIBRARY, sqlite3
from tests.making import closed, event, record
from tests.store.writer import writing


@pytest.fixture(params=["wal", "delete"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data folder with an event, in both kinds of journal."""
    if request.param == "wal" and not LIBRARY.log_is_safe:
        pytest.skip("the program uses no write-ahead log with this SQLite library")
    with Store(tmp_path) as store:
        with store.transaction():
            sources.save_polls(store, [closed("80461", record())])
            outbox.add(store, event(), [])
        assert store.rows(f"PRAGMA journal_mode = {request.param}")[0][0] == request.param
    return tmp_path


def test_a_reader_answers_at_once_while_another_process_writes(folder: Path) -> None:
    with Store.reading(folder) as before, writing(before.path):
        began = time.monotonic()
        with Store.reading(folder) as store:
            assert [e.id for e in outbox.events(store)] == ["e1"]
        assert [e.id for e in outbox.events(before)] == ["e1"]
        assert time.monotonic() - began < 5  # one that waited would do so for ten seconds


def test_a_reader_does_not_hold_up_a_writer(folder: Path) -> None:
    with Store.reading(folder) as reader:
        assert outbox.unsent(reader) == 0
        with Store(folder) as store, store.transaction():
            outbox.add(store, event("e2"), [])
        assert [e.id for e in outbox.events(reader)] == ["e1", "e2"]


def test_a_reader_cannot_write(folder: Path) -> None:
    with Store.reading(folder) as store:
        with pytest.raises(StoreError, match=r"ofsted-watch\.db.*readonly"), store.transaction():
            outbox.add(store, event("e2"), [])
        with pytest.raises(StoreError, match="readonly"):
            store.rows("DELETE FROM events")
        assert len(outbox.events(store)) == 1


def test_no_database_is_said_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match=r"ofsted-watch\.db: there is no database yet"):
        Store.reading(tmp_path / "data")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("version", "reason"), [(migrations.VERSION - 1, "older ofsted-watch"), (migrations.VERSION + 1, "newer")]
)
def test_another_version_is_said_and_left_as_it_is(folder: Path, version: int, reason: str) -> None:
    path = folder / "ofsted-watch.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(UnusableStoreError, match=f"{reason}.*version {version}"):
        Store.reading(folder)
    with closing(sqlite3.connect(path)) as connection:
        assert migrations.version(connection) == version


def test_what_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "ofsted-watch.db").write_bytes(b"no database at all, but long enough to be looked at\n" * 40)
    with pytest.raises(StoreError, match="not a database"):
        Store.reading(tmp_path)


def test_a_store_that_somebody_writes_to_is_writable(folder: Path) -> None:
    with Store.reading(folder) as store:
        store.must_be_writable()
        with writing(store.path):
            began = time.monotonic()
            store.must_be_writable()
            assert time.monotonic() - began < 5  # one that waited would do so for ten seconds


def test_a_read_only_disk_is_not_writable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.store.explain.os.access", lambda *_: False)
    with Store.reading(folder) as store, pytest.raises(StoreError, match="is read-only"):
        store.must_be_writable()


def test_a_database_that_cannot_be_opened_on_a_read_only_disk_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.store.explain.os.access", lambda *_: False)
    with (
        pytest.raises(StoreError, match="unable to open database file: the folder is read-only"),
        explained(tmp_path / "x.db"),
    ):
        sqlite3.connect(tmp_path / "none" / "x.db")


def test_a_full_disk_is_not_writable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.store.database.is_full", lambda _: True)
    with Store.reading(folder) as store, pytest.raises(StoreError, match="no space left"):
        store.must_be_writable()
