"""The fork server starts wherever TMPDIR lies: the path of a socket has at most 108 bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

START = """
import os, tempfile
from multiprocessing import get_context
from monitor.crawl.forked import start_fork_server
usual = tempfile.gettempdir()
start_fork_server()
child = get_context("forkserver").Process(target=os.getpid)
child.start()
child.join()
assert (child.exitcode, tempfile.gettempdir()) == (0, usual), (child.exitcode, tempfile.gettempdir(), usual)
"""


@pytest.mark.parametrize("size", [60, 76, 108, 250])
@pytest.mark.parametrize("letter", ["t", "\u00fc"])
def test_a_long_temporary_folder_is_no_hindrance(tmp_path: Path, size: int, letter: str) -> None:
    folder = tmp_path / "x"
    while len(os.fsencode(folder)) < size:
        folder /= letter * min(20, max(1, size - len(os.fsencode(folder)) - 1))
    folder.mkdir(parents=True, exist_ok=True)
    script = tmp_path / "start.py"
    script.write_text('if __name__ == "__main__":' + START.replace("\n", "\n    "))
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert list(folder.rglob("listener-*")) == []
