"""Databases of earlier versions, brought up to date."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from monitor.model.state import End
from monitor.model.trouble import Trouble
from monitor.store import Store, job_runs, migrations, records, sources, stories
from monitor.store.sqlite import sqlite3
from monitor.stories.item import StoryItem

AT = "2026-01-01T08:00:00+00:00"


@pytest.fixture
def version_8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as version 8 of its shape made it, with two watched pages and a press site."""
    with monkeypatch.context() as then:
        then.setattr(migrations, "STEPS", migrations.STEPS[:8])
        then.setattr(migrations, "VERSION", 8)
        Store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "ofsted-watch.db")) as old, old:
        for source, target in (("page.Board", "Board"), ("page.A.b", "A.b"), ("press", "Paper")):
            old.execute(
                "INSERT INTO targets VALUES (?, ?, NULL, 'mark', ?, ?, ?, 'ok', NULL)", (source, target, AT, AT, AT)
            )
            old.execute("INSERT INTO runs VALUES (?, ?, ?, ?, 1, 1, 1, NULL, 0)", (f"run-{source}", source, AT, AT))
            old.execute(
                """INSERT INTO records VALUES (?, ?, 'page', 'page', 'u', 't', NULL, '{}', NULL, NULL, NULL, 'listed',
                   ?, NULL, 0, 1, NULL, NULL)""",
                (source, target, AT),
            )
            for ledger in (source, f"{source}-full"):
                old.execute("INSERT INTO jobs VALUES (?, ?, 1, ?, ?, 'crashed: x')", (ledger, AT, AT, AT))
        for source, target in (("page.Board", ""), ("page.A.b", "quiet"), ("page.A.b", "quarantine"), ("press", "")):
            why = "nothing new for 40 working days" if target == "quiet" else "error: HTTP 500"
            old.execute("INSERT INTO episodes VALUES (?, ?, ?, ?)", (source, target, AT, why))
        old.execute("INSERT INTO quarantines VALUES ('page.A.b', ?, 'why', 'f', 0)", (AT,))
        old.execute("INSERT INTO facts VALUES ('page.A.b', 'release', '1')")
        piece = ITEM | {"source": "page.Board"}
        old.execute(
            "INSERT INTO story_pieces VALUES ('80461', ?, 'page.Board', 'Board', 'page', 'page', NULL, NULL, NULL, ?)",
            (OLD_NAME, json.dumps(piece)),
        )
    return tmp_path


ITEM = {
    "urn": "80461", "target": "Board", "record": "page", "key": "page", "visits": [], "letters": [], "people": [],
    "passages": [], "facts": [],
}  # fmt: skip
OLD_NAME = "3fe32cee"


def test_watched_pages_become_targets_of_one_source(version_8: Path) -> None:
    with Store(version_8) as store:
        assert sources.cursors(store, "page") == {"A.b": "mark", "Board": "mark"}
        assert sources.baselined(store, "page") == {"A.b", "Board"}
        assert sorted(records.before(store, "page")) == ["A.b", "Board"]
        assert {r["source"] for r in store.rows("SELECT source FROM runs")} == {"page", "press"}
        assert {r["job"] for r in store.rows("SELECT job FROM jobs")} == {"press", "press-full"}
        for table in ("targets", "records", "runs", "episodes", "quarantines", "story_pieces"):
            assert not store.rows(f"SELECT 1 FROM {table} WHERE source GLOB 'page.*'"), table


def test_how_a_job_ended_is_told_from_the_words_of_old(version_8: Path) -> None:
    ends = {
        "ok": End.DONE,
        "crashed: OSError: x": End.FAULT,
        "failed: disk full": End.FAULT,
        "error: HTTP 500": End.UNSEEN,
        "crashed into a wall, says the site": End.UNSEEN,
        None: None,
    }
    with closing(sqlite3.connect(version_8 / "ofsted-watch.db")) as old, old:
        old.execute("DELETE FROM jobs")
        for words in ends:
            old.execute("INSERT INTO jobs VALUES (?, ?, 1, ?, NULL, ?)", (str(words), AT, AT, words))
        old.execute("INSERT INTO jobs VALUES ('press-full', ?, 0, NULL, ?, 'not due before the first crawl')", (AT, AT))
    with Store(version_8) as store:
        ledger = job_runs.ledger(store)
    found = {id_: last.ended and (last.ended.end, last.ended.words) for id_, last in ledger.items()}
    assert found.pop("press-full") == (End.PASSED, "not due before the first crawl")
    assert found == {str(words): end and (end, words) for words, end in ends.items()}


def test_a_pages_open_episodes_stay_open(version_8: Path) -> None:
    with Store(version_8) as store:
        found = {(episode.trouble, episode.targets) for episode in sources.episodes(store, "page")}
        assert found == {(Trouble.BROKEN, ("Board",)), (Trouble.QUIET, ("A.b",))}
        assert [episode.targets for episode in sources.episodes(store, "press")] == [()]
        assert not sources.holds(store, "page")
        assert not sources.state(store, "page").released


def test_a_piece_of_a_story_keeps_its_name(version_8: Path) -> None:
    with Store(version_8) as store:
        (piece,) = stories.of_council(store, "80461").loose
    assert (piece.source, piece.name) == ("page", OLD_NAME)
    assert piece.name == StoryItem("80461", "page", "Board", "page", "page").name


def test_the_database_before_it_is_kept(version_8: Path) -> None:
    Store(version_8).close()
    assert [p.name for p in (version_8 / "backups").iterdir()] == [f"before-v{migrations.VERSION}.db"]
