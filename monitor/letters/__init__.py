"""Reads Ofsted's letters and reports: what inspectors judged, when, and who led them, each with the words that say so.

`read` takes a document's bytes and returns a `Letter`. `reader.Reader` reads in a child process, so a document that
hangs or crashes the reader does no harm. The first `read` loads PDFium; importing this package does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.model import Letter

if TYPE_CHECKING:
    from monitor.councils.registry import Registry

__all__ = ["READER_VERSION", "read"]

READER_VERSION = 2
"""Raise this number when the reader would read the same document differently. The store keeps it with every reading."""


def read(data: bytes, registry: Registry, file: str | None = None) -> Letter:
    """Read a document into a `Letter`. Never raises for what is in the bytes: a file that cannot be read gives a letter
    of kind "unknown", with the reason in `problems`. `file` is only passed on."""
    from monitor.letters.reading import read as read_letter

    return read_letter(data, registry, file)
