"""Letters taken apart into paragraphs, which search looks in and the words of a channel are matched with."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from monitor.model import Paragraph
from monitor.model.letter import NotReadError
from monitor.store import Store, texts

log = logging.getLogger("ofsted-watch")

FILL_SECONDS = 60.0
"""How long a crawl takes apart letters that were read before: a thousand letters take half a minute."""


class Reader(Protocol):
    """Takes letters apart; `version` changes when it reads better."""

    version: int

    def paragraphs(self, path: Path) -> list[Paragraph]:
        """A document's whole text; none where it has no words. Raises NotReadError if reading it failed."""


def keep(store: Store, reader: Reader, sha256: str) -> bool:
    """Take one kept document apart. False where the reader failed: `fill` tries once more at the end of a crawl."""
    try:
        found = reader.paragraphs(store.document_path(sha256))
    except NotReadError as error:
        log.warning("the paragraphs of document %s could not be read: %s", sha256, error)
        return False
    except Exception:
        log.exception("the paragraphs of document %s could not be read", sha256)
        return False
    with store.transaction():
        texts.save(store, sha256, found, reader.version)
    return True


def fill(store: Store, reader: Reader, timer: Callable[[], float] = time.monotonic) -> int:
    """Take apart what has been read and is not yet, for FILL_SECONDS; the next crawl goes on. Returns how many.

    A document at which the reader fails again is kept as one without words, so that it is not tried for ever; what was
    searched says so, and `reread` tries it again.
    """
    began, done = timer(), 0
    for sha in texts.missing(store):
        if timer() - began > FILL_SECONDS:
            break
        if not store.document_path(sha).exists() or not keep(store, reader, sha):
            with store.transaction():
                texts.save(store, sha, [], reader.version)
        done += 1
    return done
