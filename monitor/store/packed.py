"""Writes the database and the documents to one tar file, and reads such a file without trusting its paths."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from monitor.model.crawl import file_of
from monitor.store.backups import copy, new_file
from monitor.store.database import NAME, Store
from monitor.store.documents import READABLE, sound, write
from monitor.store.explain import StoreError, explained


def pack(store: Store, path: Path) -> list[str]:
    """Write both to one file. Documents that arrive meanwhile are not in it. Returns the names of documents that were
    left out, because they cannot be read or are not what their names say: a backup with them could not be trusted."""
    with explained(path), new_file(path) as new, tempfile.TemporaryDirectory(dir=path.parent) as folder:
        database = Path(folder) / NAME
        copy(store.connection, database)
        with tarfile.open(new, "w") as tar:
            tar.add(database, NAME)
            documents = sorted(store.documents.rglob("*.pdf"))
            return [document.name for document in documents if not _added(tar, document, store.documents)]


def _added(tar: tarfile.TarFile, path: Path, documents: Path) -> bool:
    """Add a document, if it is what its name says."""
    body = sound(path)
    if body is None:
        return False
    member = tarfile.TarInfo(f"documents/{path.relative_to(documents)}")
    member.size, member.mode = len(body), READABLE
    tar.addfile(member, BytesIO(body))
    return True


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


def bring_documents(backup: Path, folder: Path) -> tuple[int, list[str]]:
    """Copy the documents that a data folder lacks from a packed backup. Returns how many, and the names of those that
    were left out, because they are not what their names say: one that is damaged does not keep the others away."""
    brought, left_out = 0, []
    with tarfile.open(backup) as tar:
        for member in (m for m in tar if m.isfile() and m.name.endswith(".pdf")):
            file = tar.extractfile(member)
            body = file.read() if file else b""
            if sha256(body).hexdigest() == PurePosixPath(member.name).stem:
                brought += _brought(folder, body)
            else:
                left_out.append(PurePosixPath(member.name).name[:100])
    return brought, left_out


def _brought(folder: Path, body: bytes) -> bool:
    """Write one document. Its hash decides its place, never a path in the backup."""
    path = folder / "documents" / file_of(sha256(body).hexdigest())
    if path.exists():
        return False
    write(path, body)
    return True
