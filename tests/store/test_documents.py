"""A document has the same rights whichever way it came: it is public, and whoever backs the folder up may read it."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from monitor.model.crawl import file_of
from monitor.store import documents, packed
from monitor.store.replica import Replica
from spiders.http.documents import keep as kept_by_a_crawl

BODY = b"%PDF-1.7 public"
PLACE = Path(file_of(sha256(BODY).hexdigest()))


def by_a_crawl(folder: Path, _: Path) -> None:
    kept_by_a_crawl(folder, BODY)


def by_a_worker(folder: Path, _: Path) -> None:
    documents.keep(folder / PLACE, BODY)


def from_a_backup(folder: Path, beside: Path) -> None:
    with tarfile.open(beside / "backup.tar", "w") as tar:
        member = tarfile.TarInfo(f"documents/{PLACE}")
        member.size = len(BODY)
        tar.addfile(member, io.BytesIO(BODY))
    packed.bring_documents(beside / "backup.tar", folder.parent)


def to_a_replica(folder: Path, beside: Path) -> None:
    documents.write(beside / "here" / PLACE, BODY)
    Replica(folder.parent.as_uri(), beside).copy_documents(beside / "here")


def from_a_replica(folder: Path, beside: Path) -> None:
    documents.write(beside / "documents" / PLACE, BODY)
    Replica(beside.as_uri(), folder.parent).bring_documents(folder)


@pytest.fixture
def careful() -> Iterator[None]:
    """A mask under which new files are their owner's."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careful")
@pytest.mark.parametrize("way", [by_a_crawl, by_a_worker, from_a_backup, to_a_replica, from_a_replica])
def test_anybody_may_read_a_document(way: Callable[[Path, Path], None], tmp_path: Path) -> None:
    (beside := tmp_path / "beside").mkdir()
    way(tmp_path / "data" / "documents", beside)
    path = tmp_path / "data" / "documents" / PLACE
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (BODY, 0o644)
