"""One process at a time: a file lock that goes with the process, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

SENDER_LOCK = "deliver.lock"
"""What whoever sends holds, in the data folder."""


class LockedError(Exception):
    """Another process holds the lock; `holder` is its process id, as far as it is known."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path} is held by process {holder}")
        self.holder = holder


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock on a file, which keeps our process id. Raises LockedError where another holds it."""
    with path.open("a+b", buffering=0) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            raise LockedError(path, handle.read().decode("ascii", "replace").strip() or "unknown") from None
        _sign(handle)
        yield


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Hold the lock on a file, after waiting for whoever holds it."""
    with path.open("a+b", buffering=0) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def stopped_holder(path: Path) -> str | None:
    """The process that holds the lock, if it is stopped (Ctrl-Z, a debugger): it holds the lock until it goes on. None
    where none is, or where the system does not say (it is read from /proc)."""
    with suppress(OSError):
        holder = path.read_text(encoding="ascii", errors="replace").strip()
        if holder.isdigit() and _is_held(path) and is_stopped(holder):
            return holder
    return None


def stopped(holder: str) -> str:
    """What to say of a process that holds `SENDER_LOCK` and is stopped."""
    return f"nothing is sent: process {holder}, which sends, is stopped; resume or end it"


def is_stopped(process: str) -> bool:
    """Whether a process is stopped, as far as the system says (proc(5), the state after the name in brackets)."""
    with suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return state[:1] in (["T"], ["t"])
    return False


def _is_held(path: Path) -> bool:
    """Whether the lock is held now, and not only signed by somebody who has ended. Nobody is kept from it for longer
    than it takes to ask: it is asked for as one of many readers."""
    with path.open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _sign(handle: FileIO) -> None:
    """Say who holds the lock. On a full disk it is held all the same, by somebody unknown."""
    with suppress(OSError):
        handle.truncate(0)
        handle.write(str(os.getpid()).encode("ascii"))
