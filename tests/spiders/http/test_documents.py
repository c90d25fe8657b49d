"""Files are stored under the hash of their contents, whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Response

from monitor.model import Http, Job, Known
from spiders.http import documents
from spiders.http.answers import pdf_body
from spiders.http.documents import PDF, keep
from spiders.http.errors import PageError

WHOLE = b"%PDF-1.7\n%%EOF\n"
BODY = b"%PDF-1.7 something"
DIGEST = hashlib.sha256(BODY).hexdigest()


class Fetched:
    """A fetcher to which every address is a PDF."""

    async def get(self, url: str, _: Any, judge: Any, __: Any) -> Any:
        return judge(Response(url, body=WHOLE))


def shelf(folder: Path) -> documents.Documents:
    fetcher: Any = Fetched()
    return documents.Documents(Job("r", "ofsted", "", str(folder), Http("t")), fetcher)


def test_a_file_is_named_by_its_contents(tmp_path: Path) -> None:
    path = keep(tmp_path / "new" / "folder", BODY)
    assert path == tmp_path / "new" / "folder" / DIGEST[:2] / f"{DIGEST}.pdf"
    assert path.read_bytes() == BODY
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_stored_file_is_left_alone(tmp_path: Path) -> None:
    path = keep(tmp_path, BODY)
    os.utime(path, (1, 1))
    keep(tmp_path, BODY)
    assert path.stat().st_mtime == 1


def test_half_a_file_is_replaced(tmp_path: Path) -> None:
    path = keep(tmp_path, BODY)
    path.write_bytes(BODY[:5])
    assert keep(tmp_path, BODY).read_bytes() == BODY


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        keep(tmp_path, BODY)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("free", "total"), [((256 << 20) - 1, 100 << 30), ((15 << 20) - 1, 150 << 20)])
def test_a_file_leaves_the_database_its_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, total: int
) -> None:
    usage = SimpleNamespace(free=free, total=total)
    monkeypatch.setattr(documents.shutil, "disk_usage", lambda _: usage)
    found, failed = asyncio.run(shelf(tmp_path).get("http://x/f", None))
    assert (found, failed and failed.reason) == (
        None,
        "/f: the documents folder cannot be written to (No space left on device)",
    )
    assert list(tmp_path.iterdir()) == []
    usage.free += 1 << 20
    assert asyncio.run(shelf(tmp_path).get("http://x/f", None))[1] is None


@pytest.mark.parametrize(("files", "size", "fetched"), [(3, 1 << 30, 3), (9, 3 * len(WHOLE) - 1, 3), (9, 1 << 30, 5)])
def test_one_look_fetches_so_many_files_and_leaves_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int, size: int, fetched: int
) -> None:
    monkeypatch.setattr(documents, "MAX_FILES", files)
    monkeypatch.setattr(documents, "MAX_BYTES", size)
    look = shelf(tmp_path)
    given = [asyncio.run(look.get(f"http://x/{n}", None)) for n in range(5)]
    assert [document is not None for document, _ in given] == [n < fetched for n in range(5)]
    assert all("not asked yet" in failed.reason for _, failed in given if failed)


class Unchanged:
    """A fetcher to which every address answers that nothing has changed, if it is asked so."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []

    async def get(self, url: str, headers: dict[str, str], judge: Any, _: Any) -> Any:
        self.asked.append(headers)
        return judge(Response(url, status=304) if headers else Response(url, body=WHOLE))


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_document_that_lies_elsewhere_is_asked_for_as_one_that_is_here(tmp_path: Path, elsewhere: bool) -> None:
    fetcher: Any = Unchanged()
    job = Job("r", "ofsted", "", str(tmp_path), Http("t"), options={"kept_elsewhere": True} if elsewhere else {})
    known = Known("ab" * 32, 3, PDF, etag="e", recheck=True)
    found, _ = asyncio.run(documents.Documents(job, fetcher).get("http://x/f", known))
    assert fetcher.asked == [{"If-None-Match": "e"} if elsewhere else {}]
    assert found is not None
    assert (found.sha256 == known.sha256) == elsewhere


LETTER = b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\nxref\ntrailer\n" * 500
LINEARIZED = LETTER + b"startxref\n0\n%%EOF\n" + LETTER


@pytest.mark.parametrize(
    "end", [b"%%EOF", b"%%EOF\r\n", b"%%EOF\n\x00\x00\x00" * 3, b"%%EOF\n" + b" " * 5000, b"%%EOF<!-- x -->"]
)
def test_a_pdf_with_its_end_is_whole(end: bytes) -> None:
    assert pdf_body(Response("http://x/f", body=LETTER + end)) == LETTER + end


@pytest.mark.parametrize(
    "body", [LETTER, LETTER[:2000], LINEARIZED, LINEARIZED + b"\x00" * 9000, LETTER + b"%%EO", b"%PDF-1.4"]
)
def test_a_part_of_a_pdf_is_none(body: bytes) -> None:
    with pytest.raises(PageError, match="only a part of a PDF") as refused:
        pdf_body(Response("http://x/f", body=body))
    assert (refused.value.outcome, refused.value.gone) == ("error", False)
