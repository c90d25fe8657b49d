"""Reads documents, outside any lock, and keeps each as soon as it is read.

A reading that failed (the reader was killed, or the machine was too busy) does not count. The document stays unread, is
tried again at later looks, and is told of when it can be read.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from monitor.model import Letter
from monitor.model.letter import NotReadError
from monitor.store import Store, readings, records
from monitor.watch import texts

log = logging.getLogger("ofsted-watch")

ATTEMPTS = 6
"""Looks at which a document is tried. After the last one its failure is kept as its reading."""
LOOK_SECONDS, TARGET_SECONDS = 900.0, 120.0
"""How long a look reads documents altogether, and those of one target. The rest is left to the next looks."""
LOOK_DOCUMENTS = 3000
"""Twice what Ofsted has published since 2011: a first look may read all of it."""


class Reader(texts.Reader, Protocol):
    """Reads letters, and takes them apart."""

    def read(self, path: Path) -> Letter:
        """What the document says; one that is no letter says so. Raises NotReadError if reading it failed."""


@dataclass(slots=True)
class Budget:
    """What one look may still spend on documents, altogether and for each target."""

    seconds: float = LOOK_SECONDS
    target_seconds: float = TARGET_SECONDS
    documents: int = LOOK_DOCUMENTS
    timer: Callable[[], float] = time.monotonic
    _spent: dict[str, float] = field(default_factory=dict)

    def allows(self, target: str) -> bool:
        """True if another document of this target may be read."""
        left = self.seconds - sum(self._spent.values()) > 0 and self.documents > 0
        return left and self._spent.get(target, 0.0) < self.target_seconds

    def spend(self, target: str, work: Callable[[], Letter]) -> Letter:
        """Do the work on this target's account."""
        began = self.timer()
        self.documents -= 1
        try:
            return work()
        finally:
            self._spent[target] = self._spent.get(target, 0.0) + self.timer() - began


@dataclass(slots=True)
class Shelf:
    """The documents of one look: each is tried once, as far as the budget goes."""

    store: Store
    reader: Reader
    clock: Callable[[], datetime]
    budget: Budget = field(default_factory=Budget)
    tried: set[str] = field(default_factory=set)

    def read_new(self, wanted: Iterable[tuple[str, str]]) -> list[str]:
        """Read those of the documents (target, sha256) that no look has tried yet; the hashes that were read. What an
        earlier look left is read at the end of this one, for people have been told of it (see late)."""
        found = list(wanted)
        left = readings.waiting(self.store, (sha for _, sha in found))
        return self.read(pair for pair in found if pair[1] not in left)

    def read(self, wanted: Iterable[tuple[str, str]]) -> list[str]:
        """Read those of the documents (target, sha256) that are kept and unread. Return the hashes of those that were
        read."""
        target_of = {sha: target for target, sha in wanted if sha not in self.tried}
        return [sha for sha in records.unread(self.store, target_of) if self._try(target_of[sha], sha)]

    def _try(self, target: str, sha: str) -> bool:
        path = self.store.document_path(sha)
        if not path.exists():
            return False
        self.tried.add(sha)
        if not self.budget.allows(target):
            readings.put_off(self.store, sha, self.clock(), "left to the next look: this one has read for long enough")
            return False
        try:
            letter = self.budget.spend(target, lambda: self.reader.read(path))
        except NotReadError as error:
            return self._failed(sha, str(error))
        except Exception as error:
            log.exception("document %s could not be read", sha)
            return self._failed(sha, f"{type(error).__name__}: {error}")
        return self._keep(letter)

    def _failed(self, sha: str, reason: str) -> bool:
        """Count a failure; the last one is kept as the reading, so that it is not tried for ever."""
        if readings.attempts(self.store, sha) + 1 < ATTEMPTS:
            readings.failed(self.store, sha, self.clock(), reason)
            return False
        return self._keep(Letter("unknown", sha, 0, problems=[reason]))

    def _keep(self, letter: Letter) -> bool:
        with self.store.transaction():
            records.save_letters(self.store, [letter], self.reader.version, self.clock().isoformat())
            readings.done(self.store, letter.sha256)
        if letter.pages:
            texts.keep(self.store, self.reader, letter.sha256)
        return True
