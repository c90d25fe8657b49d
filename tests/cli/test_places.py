"""A place that cannot be written to or listened on is one line: what, where and why, whatever the command."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from monitor.cli.faults import FAILED, FORESEEN, MISUSED, exit_status
from tests.command import Folder
from tests.site import world

NOWHERE = ("nowhere/x", "config.toml/x")
"""A folder that is not there, and a file where a folder should be."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    world.filled(tmp_path)
    return Folder(tmp_path)


@pytest.mark.parametrize("place", NOWHERE)
@pytest.mark.parametrize("line", ["export --output", "export --format xlsx --output", "backup"])
def test_a_file_that_cannot_be_written(folder: Folder, line: str, place: str) -> None:
    ran = folder(*line.split(), place)
    where = place.partition("/")[0]
    assert (ran.status, ran.lines) == (MISUSED, [f"ofsted-watch: {place}: there is no folder {where}"])


def test_a_folder_that_cannot_be_made(folder: Folder) -> None:
    ran = folder("site", "--output", "config.toml/x")
    assert (ran.status, ran.err) == (MISUSED, "ofsted-watch: config.toml/x: Not a directory\n")


def test_a_disk_that_is_full(folder: Folder) -> None:
    ran = folder("export", "--output", "/dev/full")
    assert (ran.status, ran.err) == (MISUSED, "ofsted-watch: /dev/full: No space left on device\n")


def test_a_data_folder_that_is_a_file(folder: Folder) -> None:
    (folder.path / "data").rename(folder.path / "was")
    (folder.path / "data").write_text("x", encoding="utf-8")
    ran = folder("health")
    assert (ran.status, ran.lines) == (FAILED, ["ofsted-watch: data/run.alive: Not a directory"])


@pytest.mark.parametrize("command", ["site", "demo"])
@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:99999", "127.0.0.1:0", "127.0.0.1:", "a b:80", ":80x"])
def test_an_address_that_is_none_is_refused_before_any_work(folder: Folder, command: str, address: str) -> None:
    ran = folder(command, "--serve", address)
    assert (ran.status, ran.out, len(ran.lines)) == (MISUSED, "", 1)
    assert ran.err.startswith(f"ofsted-watch: --serve {address}: must ")


def test_the_demo_writes_over_nothing(folder: Folder) -> None:
    """Its configuration and database have the names of real ones."""
    kept = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    ran = folder("demo", "--keep", ".")
    assert (ran.status, ran.out) == (2, "")
    assert ran.lines == ["ofsted-watch: .: is not empty and was left as it is: name a new folder for the demo's data"]
    assert {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()} == kept


def test_an_address_of_another_machine_is_said(folder: Folder) -> None:
    ran = folder("site", "--serve", "192.0.2.1:8000")
    assert ran.status == 2
    assert ran.err.startswith("ofsted-watch: --serve 192.0.2.1:8000: ")


def test_a_recording_that_is_no_text_is_named(folder: Folder) -> None:
    ran = folder("replay", "data/ofsted-watch.db")
    assert (ran.status, ran.lines) == (2, ["ofsted-watch: ofsted-watch.db: not UTF-8 text, so no recorded crawl"])


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "/data/x: No space left on device"),
        (PermissionError(errno.EACCES, "Permission denied", "/a", None, "/b"), "/b: Permission denied"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (OSError("odd"), "odd"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_every_fault_of_the_system_is_a_line(error: OSError, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(error, FORESEEN)
    assert exit_status(error) == FAILED
    assert capsys.readouterr().err == f"ofsted-watch: {said}\n"
