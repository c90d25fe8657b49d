"""The site's folder: each file is replaced whole, what has not changed is not written, what is stale is removed.

A file is written beside its place and moved over it, so that a reader gets the old or the new one. The record of what
each file was made of is written last: after a build that was cut off, the next one makes the same files again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

RECORD = ".made.json"


class Output:
    """Writes the files of one build into a folder."""

    def __init__(self, folder: Path, maker: str) -> None:
        """`maker` names the version of program and settings: with another one every file is made again."""
        self.folder, self._maker = folder, maker
        self._before = self._recorded()
        self._now: dict[str, str] = {}
        self.written = 0
        folder.mkdir(parents=True, exist_ok=True)

    def is_due(self, name: str, fingerprint: str) -> bool:
        """Whether a file has to be made. One that has not is kept."""
        self._now[name] = fingerprint
        return self._before.get(name) != fingerprint or not (self.folder / name).is_file()

    def keep(self, name: str) -> None:
        """Keep a file that goes with another one, if the last build made it."""
        if name in self._before:
            self._now[name] = self._before[name]

    def change(self, name: str, change: Callable[[bytes], bytes]) -> None:
        """Replace a file by what becomes of it, unless nothing does. Raises OSError."""
        path = self.folder / name
        before = path.read_bytes()
        after = change(before)
        if after != before:
            replace_file(path, after)
            self.written += 1

    def write(self, name: str, content: bytes) -> None:
        """Replace a file, unless that is its content already. Raises OSError."""
        self._now.setdefault(name, "")
        path = self.folder / name
        if not _is(path, content):
            replace_file(path, content)
            self.written += 1

    def finish(self) -> list[str]:
        """Remove what no build makes any more, and keep the record; returns the removed names."""
        stale = [name for name in self._before if name not in self._now]
        for name in stale:
            (self.folder / name).unlink(missing_ok=True)
            self._remove_empty((self.folder / name).parent)
        content = json.dumps({"maker": self._maker, "files": self._now}, indent=0).encode()
        if not _is(self.folder / RECORD, content):
            replace_file(self.folder / RECORD, content)
        return stale

    def _remove_empty(self, folder: Path) -> None:
        with suppress(OSError):  # it is not empty
            while folder != self.folder:
                folder.rmdir()
                folder = folder.parent

    def _recorded(self) -> dict[str, str]:
        try:
            record = json.loads((self.folder / RECORD).read_bytes())
            files = {str(name): str(mark) for name, mark in record["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}
        safe = {name: mark for name, mark in files.items() if not name.startswith("/") and ".." not in name.split("/")}
        return safe if record.get("maker") == self._maker else dict.fromkeys(safe, "?")


def _is(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another one, whole. Raises OSError."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
