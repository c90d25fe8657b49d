"""Treats a document that arrived damaged as not there yet, in a source that lists everything it has.

Its report waits as if the file were missing. Nothing is remembered of the file, because a site may answer 304 to its
validators for ever. The next look opens the target again. A source that shows only what is new asks again by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from monitor.letters.failures import damaged
from monitor.model import DocumentError, Letter, Record
from monitor.model.sources import SOURCES, kind_of
from monitor.model.state import PolledTarget


def without_damaged(closed: Iterable[PolledTarget], letters: Mapping[str, Letter]) -> tuple[PolledTarget, ...]:
    """The targets, their records without documents that could not be opened. `letters` are readings by hash."""
    return tuple(_whole(c, letters) if SOURCES[kind_of(c.poll.source)].lists_everything else c for c in closed)


def _whole(closed: PolledTarget, letters: Mapping[str, Letter]) -> PolledTarget:
    records = tuple(_record(record, letters) for record in closed.records)
    if records == closed.records:
        return closed
    return PolledTarget(replace(closed.poll, cursor=None), records)


def _record(record: Record, letters: Mapping[str, Letter]) -> Record:
    letter = letters.get(record.sha256 or "")
    why = damaged(letter) if letter else None
    if why is None:
        return record
    return replace(record, document=None, document_error=DocumentError("invalid", why))
