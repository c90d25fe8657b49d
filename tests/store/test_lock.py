"""The lock of one process at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.store.lock import LockedError, alone

HOLDING = """
import resource, sys
from pathlib import Path
from monitor.store.lock import alone
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
with alone(Path(sys.argv[1])):
    print('held', flush=True)
    sys.stdin.read()
"""
"""Holds the lock where no file can grow."""


def test_a_second_holder_is_told_who_the_first_is(tmp_path: Path) -> None:
    with alone(tmp_path / "a.lock"), pytest.raises(LockedError) as told, alone(tmp_path / "a.lock"):
        pass
    assert told.value.holder == str(os.getpid())
    with alone(tmp_path / "a.lock"):
        pass


def test_where_nothing_can_be_written_the_lock_is_held_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with subprocess.Popen(
        [sys.executable, "-B", "-c", HOLDING, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match="unknown"), alone(path):
            pass
        assert holder.stdin is not None
        holder.stdin.close()
    assert holder.returncode == 0
