"""The files behind a page's entries: asked for once, kept under the name of their contents, asked again when told."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scrapy.http import Response

from monitor.model import Document, DocumentError, Job, Known, Record
from monitor.model.crawl import file_of
from monitor.model.disk import has_room
from spiders.http.answers import header, pdf_body
from spiders.http.errors import PageError, where
from spiders.http.fetch import Fetcher, conditional

PDF = "application/pdf"
MAX_FILE_BYTES = 1 << 62
"""No bound of its own: `[http] max_bytes` holds for files."""
MAX_FILES, MAX_BYTES = 3000, 2 << 30
"""Files of one look. Ofsted has published half as many in all, half a gigabyte; the rest is for the next looks."""


class Documents:
    """Fetches and keeps files, at most `most`. A folder that cannot be written to ends that for this crawl."""

    def __init__(self, job: Job, fetcher: Fetcher, most: int | None = None) -> None:
        self._folder = Path(job.documents_dir) if job.documents_dir else None
        self._kept_elsewhere = bool(job.options.get("kept_elsewhere"))
        self._fetcher = fetcher
        self._unwritable: str | None = None
        self._files_left, self._bytes_left = MAX_FILES, MAX_BYTES
        self._left = most

    async def get(self, url: str, known: Known | None) -> tuple[Document | None, PageError | None]:
        """The document that there is to show, and what went wrong in asking for it now."""
        if self._folder is None or self._left == 0:
            return None, None
        kept = _kept(known)
        if known is not None and not known.recheck:
            return kept, _gone(url) if known.gone else None
        self._left = self._left and self._left - 1
        try:
            return await self._ask(self._folder, url, kept), None
        except PageError as failed:
            return kept, failed

    async def of_records(
        self, records: Sequence[Record], url: str, known: Known | None
    ) -> tuple[list[Record], PageError | None]:
        """The records of one file, each with the file or with the reason why it has none; and what went wrong, unless
        it is the site's own word that there is no such file."""
        document, failed = await self.get(url, known)
        error = DocumentError(failed.outcome, failed.reason, failed.gone) if failed else None
        filled = [replace(record, document=document, document_error=error) for record in records]
        return filled, failed if failed and not failed.gone else None

    async def _ask(self, folder: Path, url: str, kept: Document | None) -> Document | None:
        if self._unwritable:
            raise PageError("error", f"{where(url)}: not asked, because {self._unwritable}")
        have = kept if kept and (self._kept_elsewhere or (folder / file_of(kept.sha256)).exists()) else None
        self._spend(url)
        answer = await self._fetcher.get(
            url, _validators(have), lambda r: _file(r, have), {"max_bytes": MAX_FILE_BYTES}
        )
        if isinstance(answer, Document):
            return answer
        self._bytes_left -= len(answer[0])
        try:
            _refuse_a_full_disk(folder)
            keep(folder, answer[0])
        except OSError as error:
            self._unwritable = f"the documents folder cannot be written to ({error.strerror or error})"
            raise PageError("error", f"{where(url)}: {self._unwritable}") from error
        return answer[1]

    def _spend(self, url: str) -> None:
        """Count a file that is asked for. Raises PageError where that is enough for one look."""
        if self._files_left <= 0 or self._bytes_left <= 0:
            raise PageError("error", f"{where(url)}: not asked yet, because this look has fetched {MAX_FILES} files or "
                                     f"{MAX_BYTES >> 20} MB")  # fmt: skip
        self._files_left -= 1


def keep(folder: Path, body: bytes) -> Path:
    """Store bytes under the hash of their contents; whole or not at all, whatever happens meanwhile."""
    path = folder / file_of(hashlib.sha256(body).hexdigest())
    if path.exists() and path.stat().st_size == len(body):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _refuse_a_full_disk(folder: Path) -> None:
    """Raise OSError where a file would take the space that the database needs."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    disk = shutil.disk_usage(existing)
    if not has_room(disk.free, disk.total):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _kept(known: Known | None) -> Document | None:
    if known is None or known.sha256 is None:
        return None
    return Document(known.sha256, known.bytes, known.media_type or PDF, known.etag, known.last_modified)


def _gone(url: str) -> PageError:
    return PageError("missing", f"{where(url)} was not there when it was last asked for", gone=True)


def _validators(have: Document | None) -> dict[str, str]:
    """The headers of a conditional request, for a file that is really there."""
    return conditional(have.etag, have.last_modified) if have else {}


def _file(response: Response, have: Document | None) -> Document | tuple[bytes, Document]:
    """The document that is had already (304), or a new one with its bytes."""
    if response.status == 304 and have and _validators(have):
        return have
    body = pdf_body(response)
    validators = {name: header(response, name) for name in ("ETag", "Last-Modified")}
    sha256 = hashlib.sha256(body).hexdigest()
    return body, Document(sha256, len(body), PDF, validators["ETag"], validators["Last-Modified"])
