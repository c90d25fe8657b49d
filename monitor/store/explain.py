"""Explains in words what is wrong with the data folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.store.sqlite import sqlite3

MIN_FREE_BYTES = 100_000
"""With less free space a disk counts as full: a transaction needs more."""


class StoreError(Exception):
    """The program cannot use the data folder: what, where and why, in one line."""


class UnusableStoreError(StoreError):
    """The program cannot even open the data folder: no right to write, or a database of a newer version."""


class NoStoreError(UnusableStoreError):
    """There is no database in the data folder."""


def is_full(path: Path) -> bool:
    """Return True if the disk has no space. SQLite itself only says "disk I/O error"."""
    return path.exists() and shutil.disk_usage(path).free < MIN_FREE_BYTES


def is_read_only(folder: Path) -> bool:
    """Return True if nothing can be written there. SQLite itself only says "unable to open database file"."""
    return folder.exists() and not os.access(folder, os.W_OK)


def _why(folder: Path) -> str:
    if is_full(folder):
        return ": no space left on the disk"
    return ": the folder is read-only" if is_read_only(folder) else ""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the system into a StoreError that names the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {error}{_why(path.parent)}") from error
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror or error}") from error
