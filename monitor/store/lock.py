"""One process at a time: a file lock that goes with the process, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path


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


def _sign(handle: FileIO) -> None:
    """Say who holds the lock. On a full disk it is held all the same, by somebody unknown."""
    with suppress(OSError):
        handle.truncate(0)
        handle.write(str(os.getpid()).encode("ascii"))
