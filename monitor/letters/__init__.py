"""Reading Ofsted's letters and reports: what was judged, when, by whom, with the words that say so.

`read` takes a document's bytes and returns a `Letter`; `worker.Reader` does it in a child
process that may hang or die without harm. PDFium is loaded by the first `read`, not by importing this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.model import Letter

if TYPE_CHECKING:
    from monitor.councils.registry import Registry

__all__ = ["READER_VERSION", "page_texts", "read"]

READER_VERSION = 1
"""Rises when the same document would be read differently. It stands with every reading in the store."""


def read(data: bytes, registry: Registry, file: str | None = None) -> Letter:
    """What a document says. Never raises for what is in the bytes: a file that cannot be read is of kind
    "unknown" with the reason in `problems`. `file` is only passed on."""
    from monitor.letters.reading import read as read_letter

    return read_letter(data, registry, file)


def page_texts(data: bytes) -> list[str]:
    """Each page's words as one run, normalised: a quote's text is found in that of its page, letter for
    letter. Raises ValueError for a document that cannot be read."""
    from monitor.letters.pdf import page_texts as texts

    return texts(data)
