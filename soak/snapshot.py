"""What two data folders that watched the same must have in common: events, records, letters, without when they were
found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from monitor.store.sqlite import sqlite3

SHOWN = 400
"""Characters of a difference."""
QUERIES = {
    "events": "SELECT id, json_remove(body, '$.at') FROM events WHERE json_extract(body, '$.kind') NOT LIKE 'source.%'",
    "records": "SELECT source || target || kind || key, json_array(url, title, published, fields, document, state, "
    "announced, versions) FROM records",
    "letters": "SELECT sha256, body FROM letters",
}
Snapshot = dict[str, dict[str, str]]


def snapshot(data: Path) -> Snapshot:
    """What a data folder has of each."""
    with closing(sqlite3.connect(data / "ofsted-watch.db")) as database:
        return {name: dict(database.execute(query).fetchall()) for name, query in QUERIES.items()}


def differences(found: Snapshot, wanted: Snapshot) -> Iterator[str]:
    """Where one differs from the other, a line each."""
    for name, rows in wanted.items():
        for key in sorted(found[name].keys() | rows.keys()):
            if found[name].get(key) != rows.get(key):
                yield f"{name} {key}: {found[name].get(key)} != {rows.get(key)}"[:SHOWN]
