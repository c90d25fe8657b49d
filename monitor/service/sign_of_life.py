"""The sign of life in the data folder, from which `ofsted-watch health` knows that `run` is alive.

It is the time of a file, so it needs neither the database nor room on the disk.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

NAME = "run.alive"
LATE = timedelta(minutes=5)
"""A `run` that has given no sign for so long hangs or is dead."""


def give(folder: Path) -> None:
    """Set the file's time to now. Raises OSError where the folder cannot be written."""
    (folder / NAME).touch()


def last(folder: Path) -> datetime | None:
    """When the last sign was given; None if there never was one."""
    try:
        return datetime.fromtimestamp((folder / NAME).stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def is_alive(seen: datetime | None, now: datetime) -> bool:
    """Whether a `run` that gave its last sign then turns now. A sign ahead was given before the clock was set back."""
    return seen is not None and abs(now - seen) <= LATE
