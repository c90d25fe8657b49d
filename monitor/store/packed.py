"""Writes the database and the documents to one tar file, and reads such a file without trusting its paths."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from monitor.store.backups import copy, new_file
from monitor.store.database import NAME, Store
from monitor.store.explain import StoreError, explained


def pack(store: Store, path: Path) -> None:
    """Write both to one file. Documents that arrive meanwhile are not in it."""
    with explained(path), new_file(path) as new, tempfile.TemporaryDirectory(dir=path.parent) as folder:
        database = Path(folder) / NAME
        copy(store.connection, database)
        with tarfile.open(new, "w") as tar:
            tar.add(database, NAME)
            for document in sorted(store.documents.rglob("*.pdf")):
                tar.add(document, f"documents/{document.relative_to(store.documents)}")


def is_packed(backup: Path) -> bool:
    """Return True if a backup is such a tar file, False if it is a database."""
    return tarfile.is_tarfile(backup)


@contextmanager
def database(backup: Path) -> Iterator[IO[bytes]]:
    """Open the database in a packed backup."""
    with tarfile.open(backup) as tar:
        names = [member.name for member in tar if member.isfile()]
        file = tar.extractfile(NAME) if NAME in names else None
        if file is None:
            raise StoreError(f"{backup}: has no {NAME} in it")
        with file:
            yield file


def bring_documents(backup: Path, folder: Path) -> int:
    """Copy the documents that a data folder lacks from a packed backup. Return how many."""
    with tarfile.open(backup) as tar:
        documents = (m for m in tar if m.isfile() and m.name.endswith(".pdf"))
        return sum(_brought(folder, tar, member, backup) for member in documents)


def _brought(folder: Path, tar: tarfile.TarFile, member: tarfile.TarInfo, backup: Path) -> bool:
    """Copy one document. Its hash decides its place, never a path in the backup."""
    file = tar.extractfile(member)
    body = file.read() if file else b""
    found = sha256(body).hexdigest()
    if found != PurePosixPath(member.name).stem:
        raise StoreError(f"{backup}: a document in it is not what its name says: {member.name[:100]!r}")
    path = folder / "documents" / found[:2] / f"{found}.pdf"
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(path) as new:
        new.write_bytes(body)
    return True
