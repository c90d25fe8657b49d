"""The weekly drill: the replica is restored to a scratch folder, checked whole, and compared with the store.

A copy that was never restored is a hope. The result is a line in `status`; operators are told where the drill fails,
and once when it succeeds again.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from hashlib import file_digest
from pathlib import Path

from monitor.schedule.jobs import Job
from monitor.store import Store, backups
from monitor.store.replica import DRILL, Replica, ReplicaError
from monitor.store.sqlite import sqlite3
from monitor.times.slots import Line
from monitor.wording.text import count

WEEKLY = "40 2 * * sun"
"""After the night's backup; London's time."""
SYNC_SECONDS = 120.0
KEYS = {
    "events": "SELECT id || body FROM events",
    "deliveries": "SELECT id || channel || recipient || coalesce(event, receipt) FROM deliveries",
    "letters": "SELECT sha256 FROM letters",
    "records": "SELECT source || target || kind || key FROM records",
    "stories": "SELECT id FROM stories",
}
"""What names each row of the tables that are compared."""

Rows = dict[str, set[int]]


def job(jitter: float) -> Job:
    """The weekly job. It counts as a whole look: it is not due at the very first start."""
    return Job(DRILL, True, Line(DRILL, WEEKLY, jitter))


def run_drill(store: Store, replica: Replica) -> str:
    """Do it. Returns in words what was found whole; raises StoreError with what was not."""
    if refusal := replica.refusal():
        raise ReplicaError(refusal)
    before, began = _rows(store.connection), time.monotonic()
    replica.sync(SYNC_SECONDS)
    with tempfile.TemporaryDirectory(dir=store.folder, prefix=backups.UNFINISHED) as scratch:
        copy = Path(scratch) / store.path.name
        replica.restore(copy)
        seconds = time.monotonic() - began
        backups.verify(copy)
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as restored:
            _compare(before, _rows(restored), _rows(store.connection))
    documents = _documents(store.documents, replica.documents)
    return f"restored whole in {seconds:.1f} s: {count(len(before['events']), 'event')}, {documents}"


def _rows(connection: sqlite3.Connection) -> Rows:
    """What each table has, a number for each row: the names themselves would take the memory."""
    return {name: {hash(row[0]) for row in connection.execute(sql)} for name, sql in KEYS.items()}


def _compare(before: Rows, restored: Rows, after: Rows) -> None:
    """What was there before is restored, and what is restored is there."""
    for name in KEYS:
        if lost := len(before[name] - restored[name]):
            raise ReplicaError(f"the drill failed: {lost} of {len(before[name])} {name} are not in the replica")
        if strange := len(restored[name] - after[name] - before[name]):
            raise ReplicaError(f"the drill failed: the replica has {strange} {name} that the store does not have")


def _documents(here: Path, there: Path | None) -> str:
    if there is None:
        return "documents are not copied there"
    names = [path.relative_to(here) for path in here.glob("??/*.pdf")]
    lost = [name for name in names if not (there / name).exists()]
    if lost:
        raise ReplicaError(f"the drill failed: the replica lacks {len(lost)} of {count(len(names), 'document')}")
    if (broken := _broken(there / name for name in names)) is not None:
        raise ReplicaError(f"the drill failed: {broken} is not what its name says")
    return count(len(names), "document")


def _broken(paths: Iterable[Path]) -> Path | None:
    for path in paths:
        with path.open("rb") as file:
            if file_digest(file, "sha256").hexdigest() != path.stem:
                return path
    return None
