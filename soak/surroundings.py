"""What must stay as it is around a hostile run: a folder with decoys, and an address that nothing may ask."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.util import get_temp_dir
from pathlib import Path

from soak.serving import nothing, serving

DECOYS = ("decoys/secret.txt", "home/.netrc", "home/.ssh/id_ed25519", "here/passwd", "etc/passwd", "data/keep.pdf")
"""Files beside the run's own folder, under names that a path from the network would like to reach."""
OURS = re.compile(
    r"config\.toml|councils\.csv"
    r"|data/(?:(?:ofsted-watch|public)\.db(?:-wal|-shm|-journal)?|[a-z0-9-]+\.lock|documents(?:/[0-9a-f]{2}(?:/[0-9a-f]{64}\.pdf)?)?)"
)
"""The names that a run may give in its own folder; a document's is the hash of its contents."""


class Surroundings:
    """A temporary place: `folder` for the run, decoys around it, and the process's home, temp and working folders in
    it, so that a path that leads astray leads there. As a context manager."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory()
        self._base = Path(self._place.name)
        self.folder = self._base / "runs" / "inner"
        for name in ("runs/inner", "tmp", *(str(Path(decoy).parent) for decoy in DECOYS)):
            (self._base / name).mkdir(parents=True, exist_ok=True)
        for decoy in DECOYS:
            (self._base / decoy).write_text(f"decoy {decoy}\n")
        self._before = self._snapshot()

    def strays(self) -> Iterator[str]:
        """What has changed outside the run's folder, and what lies in it under a name that is not ours."""
        after = self._snapshot()
        for name in sorted({*self._before, *after}):
            if self._before.get(name) != after.get(name):
                yield f"outside the data folder: {name}"
        for path in sorted(self.folder.rglob("*")):
            inner = path.relative_to(self.folder)
            name = "/".join(inner.parts[1:])  # the first is the round of days
            if name and name != "data" and not OURS.fullmatch(name):
                yield f"a name that is not ours: {name}"
            if path.suffix == ".pdf" and hashlib.sha256(path.read_bytes()).hexdigest() != path.stem:
                yield f"a document that is not what its name says: {name}"

    def _snapshot(self) -> dict[str, tuple[int, str]]:
        """Everything but the run's folder: its mode and contents."""
        paths = [p for p in self._base.rglob("*") if self.folder not in (p, *p.parents)]
        return {str(p.relative_to(self._base)): (p.stat().st_mode, _contents(p)) for p in paths}

    def __enter__(self) -> Surroundings:
        get_temp_dir()  # where the standard library keeps its sockets is settled once, and is not to look like a stray
        self._was = (Path.cwd(), {name: os.environ.get(name) for name in ("HOME", "TMPDIR")})
        os.environ.update(HOME=str(self._base / "home"), TMPDIR=str(self._base / "tmp"))
        tempfile.tempdir = None
        os.chdir(self._base / "here")
        return self

    def __exit__(self, *_: object) -> None:
        folder, variables = self._was
        os.chdir(folder)
        for name, value in variables.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        tempfile.tempdir = None
        self._place.cleanup()


def _contents(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"


class Trap:
    """Counts the connections to another loopback address, which nothing may ask."""

    def __init__(self) -> None:
        self.asked, self.address = 0, ""

    @contextmanager
    def set(self) -> Iterator[Trap]:
        """While it is set."""
        with serving(nothing, "127.0.0.2", self._count) as self.address:
            yield self

    def _count(self) -> None:
        self.asked += 1
