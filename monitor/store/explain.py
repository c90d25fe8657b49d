"""What is wrong with the data folder, in words."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 100_000
"""Bytes below which a disk is full: less than a transaction needs."""


class StoreError(Exception):
    """The data folder cannot be used as it is: what, where and why in one line."""


class UnusableStoreError(StoreError):
    """It cannot even be opened: a folder or disk that is not writable, or a newer database."""


class NoStoreError(UnusableStoreError):
    """There is no database in the data folder."""


def is_full(path: Path) -> bool:
    """Whether the disk has no room; SQLite itself says no more than "disk I/O error"."""
    return path.exists() and shutil.disk_usage(path).free < ROOM


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite and the system complain of, as a StoreError that names the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        full = ": no space left on the disk" if is_full(path.parent) else ""
        raise StoreError(f"{path}: {error}{full}") from error
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror or error}") from error
