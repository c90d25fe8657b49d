"""Backups of the database: sound, put back whole or not at all, and made before a database gets another shape."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from monitor.store import Store, StoreError, UnusableStoreError, backups, migrations, nightly_backups, packed
from monitor.store.lock import alone
from monitor.store.restoring import restore
from monitor.store.sqlite import LIBRARY, sqlite3
from tests.command import Folder, Ran

NOW = datetime(2026, 6, 3, 2, 20, tzinfo=UTC)
CONFIG = '[http]\ncontact = "tests@localhost"\n'
FOREVER = """
import sys, time
from pathlib import Path
from monitor.store import Store
store = Store(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""
BODY = b"%PDF-1.4 a letter"
SHA = hashlib.sha256(BODY).hexdigest()


def note(store: Store, value: str) -> None:
    with store.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO receipts VALUES ('said', ?)", (value,))


def said(path: Path) -> str:
    """What the database says; sound it must be."""
    with closing(sqlite3.connect(path)) as found:
        assert found.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return str(found.execute("SELECT body FROM receipts WHERE id = 'said'").fetchone()[0])


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder whose database says "new", and a backup of it from when it said "old"."""
    made = Folder(tmp_path)
    made.write(CONFIG)
    with Store(tmp_path / "data") as store:
        note(store, "old")
        store.copy_to(tmp_path / "old.db")
        note(store, "new")
    return made


def database(folder: Folder) -> Path:
    return folder.path / "data" / "ofsted-watch.db"


def kept(folder: Folder) -> list[Path]:
    return sorted((folder.path / "data").glob("ofsted-watch-before-restore-*.db"))


def refused(folder: Folder, ran: Ran, status: int, words: str) -> None:
    """One line, and nothing has changed."""
    assert (ran.status, len(ran.lines), words in ran.err) == (status, 1, True), ran.err
    unchanged(folder)


def not_taken(folder: Folder, name: str, words: str) -> None:
    """The same, without a process for it."""
    with pytest.raises(StoreError, match=words) as caught:
        restore(folder.path / "data", folder.path / name, NOW)
    assert str(caught.value).isprintable()
    unchanged(folder)


def unchanged(folder: Folder) -> None:
    assert (said(database(folder)), kept(folder)) == ("new", [])
    assert not list((folder.path / "data").rglob(".new-*"))


def test_a_backup_is_put_back_and_the_database_before_it_kept(folder: Folder) -> None:
    ran = folder("restore", "old.db")
    assert (ran.status, ran.err) == (0, "")
    assert said(database(folder)) == "old"
    (before,) = kept(folder)
    assert said(before) == "new"
    assert before.name in ran.out
    with Store(folder.path / "data") as store:
        assert store.rows("PRAGMA journal_mode")[0][0] == LIBRARY.described()["journal"]


def test_a_restore_into_an_empty_folder(folder: Folder) -> None:
    shutil.rmtree(folder.path / "data")
    assert restore(folder.path / "data", folder.path / "old.db", NOW).kept is None
    assert (said(database(folder)), kept(folder)) == ("old", [])


def test_a_broken_database_is_replaced_and_kept_as_it_is(folder: Folder) -> None:
    database(folder).write_bytes(b"no database at all" * 1000)
    done = restore(folder.path / "data", folder.path / "old.db", NOW)
    assert (said(database(folder)), [done.kept]) == ("old", kept(folder))
    assert kept(folder)[0].read_bytes().startswith(b"no database")


@pytest.mark.parametrize("lock", ["run.lock", "deliver.lock", "crawl-ofsted.lock"])
def test_no_restore_while_something_works_on_the_folder(folder: Folder, lock: str) -> None:
    with alone(folder.path / "data" / lock):
        refused(folder, folder("restore", "old.db"), 2, f"as process {os.getpid()}")


@pytest.mark.skipif(not LIBRARY.log_is_safe, reason="a process that does nothing holds no lock on a rollback journal")
def test_no_restore_while_another_process_has_the_database_open(folder: Folder) -> None:
    line = [sys.executable, "-c", FOREVER, str(folder.path / "data")]
    with subprocess.Popen(line, stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout is not None
            other.stdout.readline()
            refused(folder, folder("restore", "old.db"), 1, "another process uses it")
        finally:
            other.kill()


def spoil(path: Path, how: str) -> None:
    whole = path.read_bytes()
    if how == "cut off":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "bytes changed":
        path.write_bytes(whole[:5000] + b"\xff" * 30_000 + whole[35_000:])
    elif how == "text":
        path.write_text("dear diary")
    elif how == "empty":
        path.write_bytes(b"")
    else:
        path.unlink()
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE somebody_elses (x)")


@pytest.mark.parametrize("how", ["cut off", "bytes changed", "text", "empty", "another's"])
def test_a_spoiled_backup_is_refused_in_one_line(folder: Folder, how: str) -> None:
    spoil(folder.path / "old.db", how)
    not_taken(folder, "old.db", "old.db: ")


def test_a_backup_of_a_newer_program_is_refused(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.path / "old.db")) as newer:
        newer.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    not_taken(folder, "old.db", "written by a newer ofsted-watch")


def test_what_cannot_be_restored_is_one_line_of_the_command(folder: Folder) -> None:
    spoil(folder.path / "old.db", "cut off")
    refused(folder, folder("restore", "old.db"), 1, "old.db: no sound database")
    refused(folder, folder("restore", "none.db"), 2, "none.db: no such file")


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare, to mount a small disk")
def test_a_full_disk_leaves_the_old_database_whole(folder: Folder) -> None:
    data, copy = folder.path / "data", folder.path / "copy"
    shutil.copytree(data, copy)
    size = database(folder).stat().st_size // 1024 + 200
    disk = f"mount -t tmpfs -o size={size}k none {data} && cp -a {copy}/. {data}/"
    after = f'"$@"; s=$?; rm {data}/fill; cp -a {data}/. {copy}/; exit $s'
    script = f"{disk} && dd if=/dev/zero of={data}/fill bs=1k 2>/dev/null; {after}"
    for command in (["restore", "old.db"], ["backup", "data/copy.db"]):
        ran = folder(*command, prefix=("unshare", "-m", "sh", "-c", script, "sh"))
        if "permission" in ran.err.lower():
            pytest.skip("mounting is not allowed here")
        assert (ran.status, len(ran.lines)) == (1, 1), ran.err
        assert "no space left" in ran.err.lower()
        assert said(copy / "ofsted-watch.db") == "new"
        assert not [*copy.glob(".new-*"), *copy.glob("copy.db"), *copy.glob("*before-restore*")]


KILLED = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from monitor.store.restoring import restore
print("ready", flush=True)
restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(timezone.utc))
print("done", flush=True)
"""


def test_a_restore_killed_at_any_moment_leaves_a_whole_database(folder: Folder) -> None:
    data, backup = folder.path / "data", folder.path / "old.db"
    with closing(sqlite3.connect(backup)) as big:
        big.execute("CREATE TABLE ballast AS SELECT randomblob(4000000) FROM (VALUES (1), (2), (3))")
    ends = set()
    for attempt in range(8):
        line = [sys.executable, "-c", KILLED, str(data), str(backup)]
        with subprocess.Popen(line, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(attempt * 0.008)
            process.kill()
        assert said(database(folder)) in ("old", "new")
        ends.add(process.returncode)
        with Store(data) as store:
            note(store, "new")
        for file in kept(folder):
            file.unlink()
    assert -9 in ends


def test_documents_come_with_a_packed_backup(folder: Folder) -> None:
    with Store(folder.path / "data") as store:
        path = store.document_path(SHA)
        path.parent.mkdir()
        path.write_bytes(BODY)
    assert folder("backup", "--documents", "all.tar").status == 0
    shutil.rmtree(folder.path / "data")
    assert "1 document brought" in folder("restore", "all.tar").out
    assert (path.read_bytes(), said(database(folder))) == (BODY, "new")
    assert restore(folder.path / "data", folder.path / "all.tar", NOW).documents == 0


def tar_with(folder: Folder, name: str, body: bytes, database: bool = True) -> Path:
    path = folder.path / "forged.tar"
    with tarfile.open(path, "w") as tar:
        if database:
            tar.add(folder.path / "old.db", "ofsted-watch.db")
        member = tarfile.TarInfo(name)
        member.size = len(body)
        tar.addfile(member, io.BytesIO(body))
    return path


def test_a_document_that_is_not_what_its_name_says_is_left_out_and_said(folder: Folder) -> None:
    """The database is what a backup is for: one rotten document keeps nothing else away."""
    tar_with(folder, f"documents/aa/{SHA}.pdf", b"%PDF forged")
    ran = folder("restore", "forged.tar")
    assert (ran.status, said(database(folder))) == (0, "old")
    assert "0 documents brought" in ran.out
    assert ran.lines == [f"ofsted-watch: {SHA}.pdf: is not what its name says, and was left out"]
    assert not list((folder.path / "data" / "documents").rglob("*.pdf"))


@pytest.mark.parametrize("how", ["emptied", "another", "a folder", "a link to nothing"])
def test_a_backup_has_only_documents_that_are_what_their_names_say(folder: Folder, how: str) -> None:
    with Store(folder.path / "data") as store:
        good, bad = store.document_path(SHA), store.document_path("b" * 64)
        for path in (good, bad):
            path.parent.mkdir()
        good.write_bytes(BODY)
    {
        "emptied": lambda: bad.write_bytes(b""),
        "another": lambda: bad.write_bytes(BODY),
        "a folder": bad.mkdir,
        "a link to nothing": lambda: bad.symlink_to("nowhere"),
    }[how]()
    ran = folder("backup", "--documents", "all.tar")
    assert ran.status == 0
    assert ran.lines == [
        f"ofsted-watch: {bad.name}: cannot be read or is not what its name says, and is not in the backup"
    ]
    shutil.rmtree(folder.path / "data")
    restored = folder("restore", "all.tar")
    assert (restored.status, restored.lines, good.read_bytes()) == (0, [], BODY)


def test_a_path_in_a_packed_backup_leads_nowhere(folder: Folder) -> None:
    tar_with(folder, f"../../../{SHA}.pdf", BODY)
    restore(folder.path / "data", folder.path / "forged.tar", NOW)
    assert list(folder.path.rglob("*.pdf")) == [folder.path / "data" / "documents" / SHA[:2] / f"{SHA}.pdf"]


def test_packed_backups_that_are_not_whole(folder: Folder) -> None:
    whole = tar_with(folder, "notes.txt", b"x" * 1000, database=False)
    not_taken(folder, "forged.tar", "has no ofsted-watch.db in it")
    tar_with(folder, "notes.txt", b"x" * 1000)
    whole.write_bytes(whole.read_bytes()[:9000])
    not_taken(folder, "forged.tar", "forged.tar: ")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A data folder whose database has all steps but the last two."""
    data = tmp_path / "older"
    data.mkdir()
    with closing(sqlite3.connect(data / "ofsted-watch.db", isolation_level=None)) as connection:
        steps = Migrations(migrations.SET)
        for step in migrations.STEPS[:-2]:
            steps(name=step.__name__)(step)
        steps.apply(Database(connection))
        connection.execute("INSERT INTO receipts VALUES ('said', 'long ago')")
        connection.execute(f"PRAGMA user_version = {migrations.VERSION - 2}")
    return data


def test_an_older_database_is_kept_before_it_is_brought_up_to_date(older: Path) -> None:
    with Store(older) as store:
        assert store.rows("PRAGMA user_version")[0][0] == migrations.VERSION
    copy = older / "backups" / f"before-v{migrations.VERSION}.db"
    assert (backups.verify(copy), said(copy)) == (migrations.VERSION - 2, "long ago")
    with Store(older):
        pass
    assert len(list(copy.parent.iterdir())) == 1


def test_the_copy_before_a_migration_is_never_written_over(older: Path) -> None:
    first = older / "backups" / f"before-v{migrations.VERSION}.db"
    first.parent.mkdir()
    first.write_bytes(b"of the first attempt")
    with Store(older):
        pass
    assert first.read_bytes() == b"of the first attempt"
    (second,) = set(first.parent.iterdir()) - {first}
    assert backups.verify(second) == migrations.VERSION - 2


def test_no_migration_without_its_backup(older: Path) -> None:
    (older / "backups").write_text("a file where the folder should be")
    with pytest.raises(UnusableStoreError, match="backups"):
        Store(older)
    assert backups.verify(older / "ofsted-watch.db") == migrations.VERSION - 2


def test_an_older_backup_is_put_back_and_brought_up_to_date(folder: Folder, older: Path) -> None:
    shutil.copy(older / "ofsted-watch.db", folder.path / "older.db")
    done = restore(folder.path / "data", folder.path / "older.db", NOW)
    assert done.version == migrations.VERSION - 2
    assert said(database(folder)) == "long ago"
    assert backups.verify(folder.path / "data" / "backups" / f"before-v{migrations.VERSION}.db")


def test_a_newer_database_is_refused_in_one_line(folder: Folder) -> None:
    with closing(sqlite3.connect(database(folder))) as newer:
        newer.execute("PRAGMA user_version = 99")
    ran = folder("backup", "x.db")
    assert (ran.status, len(ran.lines), "database version 99" in ran.err) == (2, 1, True)


def test_so_many_nightly_backups_are_kept(store: Store) -> None:
    note(store, "kept")
    for night in range(10):
        path = nightly_backups.make(store, NOW + timedelta(days=night), 3)
    found = sorted((store.folder / "backups").iterdir())
    assert [p.name for p in found] == [f"ofsted-watch-202606{d:02}-022000.db" for d in (10, 11, 12)]
    assert (found[-1], said(path)) == (path, "kept")


@pytest.mark.parametrize("days_off", [400, 1, -20_000])
def test_a_clock_that_was_wrong_for_some_nights_costs_no_later_backup(store: Store, days_off: int) -> None:
    """The backup that was just made is the newest, whatever its name says."""

    def night(number: int, off: int = 0) -> Path:
        note(store, f"night {number}")
        return nightly_backups.make(store, NOW + timedelta(days=number + off), 3)

    made = [night(n) for n in range(3)] + [night(n, days_off) for n in range(3, 6)]
    assert sorted(made[3:]) == sorted((store.folder / "backups").iterdir())
    for number in range(6, 9):
        path = night(number)
        assert said(path) == f"night {number}"
        made.append(path)
    assert sorted(made[6:]) == sorted((store.folder / "backups").iterdir())


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_owner_reads_the_database_and_its_copies(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with Store(tmp_path) as store:
            note(store, "kept")
            nightly_backups.make(store, NOW, 3)
            store.copy_to(tmp_path / "copy.db")
            packed.pack(store, tmp_path / "copy.tar")
            files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".lock"]
            assert {path.name: path.stat().st_mode & 0o077 for path in files} == {path.name: 0 for path in files}
        restore(tmp_path, tmp_path / "copy.db", NOW)
        assert not any(path.stat().st_mode & 0o077 for path in tmp_path.glob("*.db"))
        store.path.chmod(0o644)  # as an earlier version left it
        Store(tmp_path).close()
        assert not store.path.stat().st_mode & 0o077
    finally:
        os.umask(before)


def test_a_backup_while_another_process_writes_is_whole(store: Store, tmp_path: Path) -> None:
    note(store, "before")
    with Store(store.folder) as other, other.transaction() as connection:
        connection.execute("UPDATE receipts SET body = 'not yet' WHERE id = 'said'")
        store.copy_to(tmp_path / "meanwhile.db")
    assert said(tmp_path / "meanwhile.db") == "before"


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Store]:
    """A store whose file has been damaged in the middle, where only a thorough look finds it."""
    with Store(tmp_path / "broken") as made, made.transaction() as connection:
        connection.executemany("INSERT INTO receipts VALUES (?, ?)", [(str(n), "y" * 900) for n in range(2000)])
    path = tmp_path / "broken" / "ofsted-watch.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:400_000] + b"\xff" * 20_000 + whole[420_000:])
    with Store(tmp_path / "broken") as opened:
        yield opened


def test_a_damaged_database_makes_no_backup(broken: Store) -> None:
    good = broken.folder / "backups" / "ofsted-watch-20260101-022000.db"
    good.parent.mkdir()
    good.write_bytes(b"from when it was whole")
    with pytest.raises(StoreError, match=r"ofsted-watch-20260603-022000\.db: no sound database"):
        nightly_backups.make(broken, NOW, 1)
    assert list(good.parent.iterdir()) == [good]


def test_restore_and_pack_as_functions(store: Store, tmp_path: Path) -> None:
    note(store, "packed")
    packed.pack(store, tmp_path / "all.tar")
    done = restore(tmp_path / "elsewhere", tmp_path / "all.tar", NOW)
    assert (done.version, done.documents, done.kept) == (migrations.VERSION, 0, None)
    assert said(tmp_path / "elsewhere" / "ofsted-watch.db") == "packed"
