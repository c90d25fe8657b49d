"""A document that came from elsewhere, kept under its hash."""

from __future__ import annotations

import errno
import os
import shutil
from hashlib import sha256
from pathlib import Path

from monitor.model.disk import has_room
from monitor.store.backups import new_file

READABLE = 0o644


def keep(path: Path, body: bytes) -> None:
    """Write a document under its name, `HASH.pdf`, whole or not at all. Raises ValueError where it is not what its name
    says, OSError where the disk has no room for it beside the database."""
    if sha256(body).hexdigest() != path.stem:
        raise ValueError(f"{path.name} is not what its name says")
    path.parent.mkdir(parents=True, exist_ok=True)
    disk = shutil.disk_usage(path.parent)
    if not has_room(disk.free, disk.total):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    write(path, body)


def write(path: Path, body: bytes) -> None:
    """Write a document whole or not at all, with its folder. Whoever backs the folder up may read it: it is public."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(path) as new:
        new.write_bytes(body)
        new.chmod(READABLE)


def sound(path: Path) -> bytes | None:
    """A document; None where it cannot be read, or is not what its name says."""
    try:
        body = path.read_bytes()
    except OSError:
        return None
    return body if sha256(body).hexdigest() == path.stem else None
