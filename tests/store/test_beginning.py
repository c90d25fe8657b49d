"""A data folder that has lost its database: said, and nothing is begun anew without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitor.store import NoStoreError, Store, StoreError, beginning, outbox
from tests.command import Folder
from tests.making import event


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A watch that has begun, as another process had it."""
    made = Folder(tmp_path)
    made.write('[http]\ncontact = "tests@localhost"\n')
    assert made("deliver").status == 0
    return made


def _gone(path: Path) -> None:
    shutil.rmtree(path)


def _empty(path: Path) -> None:
    """Another volume, or none: an empty folder."""
    shutil.rmtree(path)
    path.mkdir()


def _no_database(path: Path) -> None:
    (path / "ofsted-watch.db").unlink()


def _nothing_in_it(path: Path) -> None:
    (path / "ofsted-watch.db").write_bytes(b"")


@pytest.mark.parametrize("lose", [_gone, _empty, _no_database, _nothing_in_it])
@pytest.mark.parametrize("command", ["deliver", "run"])
def test_a_database_that_got_lost_is_not_begun_anew(folder: Folder, lose: object, command: str) -> None:
    lose(folder.path / "data")  # type: ignore[operator]
    ran = folder(command)
    assert (ran.status, len(ran.lines)) == (2, 1), ran.err
    assert "there is no database, and there was one" in ran.err
    assert beginning.WORD in ran.err
    assert not beginning.has_database(folder.path / "data" / "ofsted-watch.db")


@pytest.mark.parametrize("line", ["status", "deliver --list", "due", "search agency", "health"])
def test_a_command_that_only_shows_says_that_it_got_lost(folder: Folder, line: str) -> None:
    _empty(folder.path / "data")
    ran = folder(*line.split())
    assert ran.status
    assert "there is no database, and there was one" in ran.err
    assert "there is no database yet" not in ran.err


def test_documents_or_backups_without_a_database_are_a_sign_too(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    for path in ("data/documents/ab/x.pdf", "data/backups/ofsted-watch-20260603-012000.db"):
        shutil.rmtree(tmp_path / "data", ignore_errors=True)
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_bytes(b"x")
        with pytest.raises(NoStoreError, match=path.split("/")[1]):
            beginning.opened(tmp_path / "data", config)


def test_the_configuration_can_say_that_there_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match=r"data\.must_exist"):
        beginning.opened(tmp_path / "data", tmp_path / "config.toml", must_exist=True)
    assert not (tmp_path / "data").exists()


def test_a_first_beginning_and_a_word_for_another_one(folder: Folder) -> None:
    mark = beginning.marker(folder.path / "config.toml")
    assert mark.read_text() == f"{folder.path / 'data'}\n"
    _gone(folder.path / "data")
    with beginning.opened(folder.path / "data", folder.path / "config.toml", anew=True) as store:
        assert outbox.events(store) == []
    assert folder("deliver").status == 0


def test_another_path_in_the_configuration_is_no_new_beginning(folder: Folder) -> None:
    folder.write('[data]\ndir = "date"\n[http]\ncontact = "tests@localhost"\n')
    ran = folder("deliver")
    assert (ran.status, "date/ofsted-watch.db: there is no database" in ran.err) == (2, True)


def test_a_read_only_folder_of_the_configuration_is_no_fault(tmp_path: Path) -> None:
    with beginning.opened(tmp_path / "data", tmp_path / "no such folder" / "config.toml") as store:
        assert outbox.events(store) == []


@pytest.mark.parametrize("lose", [_gone, _empty, _no_database, _nothing_in_it])
def test_a_process_makes_no_second_database_where_its_own_has_gone(tmp_path: Path, lose: object) -> None:
    data = tmp_path / "data"
    with Store(data) as store, store.transaction():
        outbox.add(store, event(), [])
    lose(data)  # type: ignore[operator]
    with pytest.raises(StoreError, match="has gone since this process opened it"):
        Store(data)
    assert not beginning.has_database(data / "ofsted-watch.db")
    with Store(data, anew=True) as new:
        assert outbox.events(new) == []
