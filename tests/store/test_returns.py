"""A database in which an older edition lost sight of withdrawals and of reports that waited for their document."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from monitor.model.state import RecordChange, Stored
from monitor.store import Store, migrations, outbox, records, sources
from monitor.store.sqlite import sqlite3
from tests.making import NOON, closed, event, gone, record

LATER = (NOON + timedelta(days=9)).isoformat()


def waiting(key: str, first_seen: str) -> Stored:
    return Stored(record(key, document=None, document_error=gone()), "missing", first_seen, LATER)


def older(folder: Path) -> None:
    """Take the step back that is tried here."""
    with sqlite3.connect(folder / "ofsted-watch.db") as old:
        old.execute("DELETE FROM _sqlite_migrations WHERE name = 'm011_returns'")
        old.execute(f"PRAGMA user_version = {migrations.VERSION - 1}")
    old.close()


def test_what_was_withdrawn_and_came_back_unsaid_can_be_withdrawn_again_and_what_waited_waits_again(
    tmp_path: Path,
) -> None:
    back, away = Stored(record("1"), "listed", NOON.isoformat()), Stored(record("2"), "gone", NOON.isoformat(), LATER)
    kept = [back, away, replace(back, record=record("3")), waiting("4", LATER), waiting("5", NOON.isoformat())]
    with Store(tmp_path) as store, store.transaction():
        sources.save_polls(store, [closed("80461")])
        records.save(store, [RecordChange("baseline", None, s) for s in kept], NOON.isoformat())
        for key in ("1", "2"):
            outbox.add(store, event(f"gone-{key}", "report.withdrawn", after={"key": key}), [])
    older(tmp_path)
    with Store(tmp_path) as store:
        found = {s.record.key: (s.state, s.versions) for s in records.records(store, "ofsted")}
    assert found == {
        "1": ("listed", 2),
        "2": ("gone", 1),
        "3": ("listed", 1),
        "4": ("pending", 1),
        "5": ("missing", 1),
    }
