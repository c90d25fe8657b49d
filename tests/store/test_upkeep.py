"""What the night does: a backup, and letting go of what has had its time; never of evidence."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config.errors import ConfigError
from monitor.config.file import Config, load
from monitor.model import Document, to_json
from monitor.model.state import RecordChange, Stored
from monitor.schedule.jobs import due, jobs, overdue
from monitor.schedule.queue import QueuedJob
from monitor.service import nightly
from monitor.service.oversight import Oversight
from monitor.service.work import Work
from monitor.store import Store, job_runs, outbox, records, upkeep
from tests.configured import configured
from tests.making import SHA_A, SHA_B, event, letter, record
from tests.service.test_work import TEXT, well

NOW = datetime(2026, 6, 3, 2, 20, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=500)
SHAS = {name: format(number, "064x") for number, name in enumerate(("loose", "old", "story", "letter", "unread"), 1)}


def put(store: Store, sha: str, at: datetime) -> Path:
    path = store.document_path(sha)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"%PDF")
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def test_only_documents_that_nothing_speaks_of_go(store: Store) -> None:
    with store.transaction() as connection:
        records.save(
            store,
            [
                RecordChange(
                    "new",
                    None,
                    Stored(record(document=Document(SHA_A, 4, "application/pdf")), "listed", NOW.isoformat()),
                )
            ],
            NOW.isoformat(),
        )
        outbox.add(store, event(before={"sha256": SHA_B}), [])
        records.save_letters(
            store, [letter(sha256=SHAS["letter"]), letter("unknown", SHAS["unread"])], 1, NOW.isoformat()
        )
        body = json.dumps({"sha256": SHAS["story"]})
        connection.execute(
            "INSERT INTO story_pieces VALUES ('1', 'n', 's', 't', 'k', 'y', NULL, NULL, NULL, ?)", (body,)
        )
    paths = {sha: put(store, sha, LONG_AGO) for sha in (SHA_A, SHA_B, *SHAS.values())}
    young = put(store, "f" * 64, NOW)
    assert upkeep.forget_documents(store, NOW - timedelta(days=400)) == 3
    left = {sha for sha, path in paths.items() if path.exists()}
    assert left == {SHA_A, SHA_B, SHAS["letter"], SHAS["story"]}
    assert young.exists()


def test_runs_are_forgotten_after_their_time(store: Store) -> None:
    with store.transaction() as connection:
        for id_, at in (("a", LONG_AGO), ("b", NOW)):
            connection.execute(
                "INSERT INTO runs VALUES (?, 's', ?, ?, 1, 1, 1, NULL, 0)", (id_, at.isoformat(), at.isoformat())
            )
    assert upkeep.forget_runs(store, NOW - timedelta(days=400)) == 1
    assert [row["id"] for row in store.rows("SELECT id FROM runs")] == ["b"]


def test_unfinished_files_of_killed_processes_go(store: Store) -> None:
    old, young = store.folder / "documents" / ".new-old", store.folder / ".new-young"
    for path, at in ((old, NOW - timedelta(days=2)), (young, NOW)):
        path.write_bytes(b"half")
        os.utime(path, (at.timestamp(), at.timestamp()))
    assert upkeep.clear_unfinished(store, NOW) == 1
    assert (old.exists(), young.exists()) == (False, True)


def test_a_database_that_is_half_empty_is_rewritten(store: Store) -> None:
    with store.transaction() as connection:
        connection.executemany("INSERT INTO receipts VALUES (?, ?)", [(str(n), "y" * 3000) for n in range(2000)])
    assert upkeep.compact(store) == 0
    with store.transaction() as connection:
        connection.execute("DELETE FROM receipts WHERE CAST(id AS INTEGER) < 1500")
    before = store.path.stat().st_size
    won = upkeep.compact(store)
    assert won > 3_000_000
    assert store.path.stat().st_size <= before - won
    assert store.rows("SELECT count(*) FROM receipts")[0][0] == 500
    assert upkeep.compact(store) == 0


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path, TEXT.replace("[run]", "[run]\nbackups = 2"))


class Nights:
    """The scheduler's hands, night after night."""

    def __init__(self, config: Config) -> None:
        self.config, self.now = config, NOW
        self.work = Work(config, well, lambda piece: None, lambda: self.now)

    def pass_by(self) -> str | None:
        self.work.do(QueuedJob(nightly.job(0), self.now))
        with Store(self.config.data_dir) as store:
            ended = job_runs.ledger(store)[nightly.UPKEEP].ended
            return ended.words if ended else None

    def kept(self) -> list[str]:
        return sorted(path.name for path in (self.config.data_dir / "backups").iterdir())


def test_each_night_makes_a_backup_and_the_oldest_go(config: Config) -> None:
    nights = Nights(config)
    for _ in range(4):
        assert nights.pass_by() == "ok"
        nights.now += timedelta(days=1)
    assert nights.kept() == ["ofsted-watch-20260605-022000.db", "ofsted-watch-20260606-022000.db"]


def test_a_night_counts_once(config: Config) -> None:
    nights = Nights(config)
    nights.pass_by()
    (first,) = nights.kept()
    (config.data_dir / "backups" / first).unlink()
    nights.pass_by()
    assert nights.kept() == []


def test_a_backup_that_fails_is_in_the_log_the_ledger_and_the_sign_of_life(
    config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    nights = Nights(config)
    config.data_dir.mkdir()
    (config.data_dir / "backups").write_text("a file where the folder should be")
    assert (nights.pass_by() or "").startswith("failed: ")
    assert "backups: " in caplog.text
    assert [trouble.partition(":")[0] for trouble in Oversight(nights.work, lambda: nights.now).found()] == ["upkeep"]
    (config.data_dir / "backups").unlink()
    nights.now += timedelta(days=1)
    assert nights.pass_by() == "ok"
    assert not any(trouble.startswith("upkeep") for trouble in Oversight(nights.work, lambda: nights.now).found())


def test_no_backups_and_nothing_forgotten_where_they_are_switched_off(config: Config) -> None:
    with Store(config.data_dir) as store:
        old = put(store, SHAS["loose"], LONG_AGO)
        done = nightly.run_nightly(store, config.run.model_copy(update={"backups": 0, "keep_days": 0}), NOW)
    assert (len(done), old.exists(), (config.data_dir / "backups").exists()) == (2, True, False)


def test_the_night_is_a_job_like_others(config: Config) -> None:
    job = nightly.job(0)
    assert due(job, None, NOW) is None  # not at the first start
    with Store(config.data_dir) as store:
        job_runs.passed(store, job.id, NOW - timedelta(days=3), "not due before the first crawl")
        owed, spared = overdue([job, *jobs(config.sources.enabled(), 0)], job_runs.ledger(store), NOW)
    assert [(o.id, slot.hour) for o, slot in owed if o == job] == [("upkeep", 1)]  # 02:20 in London's summer
    assert spared == []


@pytest.mark.parametrize("text", ["backups = -1", "backups = 400", "keep_days = 30", "keep_days = -1"])
def test_what_cannot_be_configured(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.toml").write_text(f"[run]\n{text}\n")
    with pytest.raises(ConfigError, match=f"run.{text.split()[0]}: "):
        load(tmp_path / "config.toml")


def test_events_are_never_let_go(store: Store, config: Config) -> None:
    with store.transaction():
        outbox.add(store, event(), [])
    nightly.run_nightly(store, config.run, NOW + timedelta(days=20_000))
    assert [to_json(e)["id"] for e in outbox.events(store)] == ["e1"]
