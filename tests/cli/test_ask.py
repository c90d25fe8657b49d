"""The commands that answer from the letters: search, moves, due; on the made-up councils after their first crawl."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from monitor.cli import main
from monitor.store.sqlite import sqlite3
from tests.cli.test_commands import baseline, running  # noqa: F401 - fixtures
from tests.command import Ran

Ask = Callable[..., Ran]


@pytest.fixture
def watching(baseline: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:  # noqa: F811
    """Asks in this process, for these commands only read."""
    monkeypatch.chdir(baseline)

    def ask(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["ofsted-watch", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return ask


def test_search_quotes_with_page_and_heading(watching: Ask) -> None:
    found = watching("search", "social", "workers", "--json")
    coverage, *hits = found.objects
    assert found.status == 0
    assert coverage == {
        "type": "coverage", "letters": coverage["letters"], "pages": coverage["pages"],
        "councils": coverage["councils"], "first": coverage["first"], "last": coverage["last"], "unread": 0,
    }  # fmt: skip
    assert coverage["letters"] > 3
    assert hits
    for hit in hits:
        assert set(hit) == {
            "type", "council", "urn", "kind", "published", "page", "heading", "text", "url", "sha256",
        }  # fmt: skip
        assert "social" in hit["text"].lower()
    page = watching("search", "social workers").out
    assert f"page {hits[0]['page']}" in page
    assert " ".join(hits[0]["text"].split()) in page
    assert page.splitlines()[-1].startswith(
        f"Searched: {coverage['letters']} letters of {coverage['councils']} councils, "
    )


def test_search_is_narrowed_and_a_minus_is_no_option(watching: Ask) -> None:
    every = watching("search", "children", "--json").objects[1:]
    without = watching("search", "children", "-social", "--json").objects[1:]
    assert 0 < len(without) < len(every)
    assert not any("social " in hit["text"].lower() for hit in without)
    asked = watching("search", "children", "--asked", "--json").objects[1:]
    assert 0 < len(asked) < len(every)
    mine = watching("search", "children", "--council", "Wealdshire", "--kind", "ilacs", "--json").objects
    assert {hit["council"] for hit in mine[1:]} == {"Wealdshire"}
    assert mine[0]["councils"] == 1
    none = watching("search", "children", "--since", "2040-01-01").out
    assert none.splitlines() == ["No paragraph says it.", "Searched: 0 letters of 0 councils"]


@pytest.mark.parametrize("words", ["*(", "-social", '""', "NEAR(", "x" * 500])
def test_whatever_is_searched_is_a_clear_line_or_an_answer(watching: Ask, words: str) -> None:
    found = watching("search", words)
    assert (found.status, len(found.lines)) == (2, 1) or (found.status, found.lines) == (0, [])


def test_before_the_first_crawl_there_is_nothing_to_search(watching: Ask, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[http]\ncontact = "tests@localhost"\n[data]\ndir = "{tmp_path}"\n')
    found = watching("--config", str(tmp_path / "config.toml"), "search", "children")
    assert found.status == 2
    assert "there is no public database yet" in found.err


def test_moves_follow_from_the_letters_on_a_new_installation(watching: Ask) -> None:
    found = watching("moves", "--json")
    assert found.objects
    for move in found.objects:
        assert set(move) == {
            "council", "urn", "published", "area", "before", "after", "direction", "url", "page",
        }  # fmt: skip
    days = [move["published"] for move in found.objects]
    assert days == sorted(days, reverse=True)
    assert found.err.startswith("ofsted-watch: compared: ")
    last = days[0]
    assert {m["published"] for m in watching("moves", "--since", last, "--json").objects} == {last}
    assert last not in {m["published"] for m in watching("moves", "--until", "2019-12-31", "--json").objects}
    assert watching("moves").out.splitlines()[-1].startswith("Compared: ")


def test_due_says_how_long_and_beside_whom(watching: Ask) -> None:
    found = watching("due", "--on", "2025-01-01", "--json")
    waits = [d["days_waited"] for d in found.objects if d["days_waited"] is not None]
    assert waits
    assert waits == sorted(waits, reverse=True)
    first = found.objects[0]
    assert (first["rank"], first["of"], first["on"]) == (1, len(waits), "2025-01-01")
    assert set(first["usual"]) == {"basis", "n", "min", "median", "max"}
    (only,) = watching("due", "--on", "2025-01-01", "--council", first["council"], "--json").objects
    assert only == first
    page = watching("due", "--on", "2025-01-01", "--council", first["council"]).out
    assert page.startswith(f"{first['council']} has waited {first['days_waited']:,} days")
    assert page.splitlines()[-1].startswith("Counted from: ")
    assert watching("due").status == 0


def test_the_public_database_and_the_workbook_are_exported(watching: Ask, tmp_path: Path) -> None:
    for format_, opening in (("sqlite", b"SQLite format 3"), ("xlsx", b"PK"), ("csv", b"urn,la_code,")):
        assert watching("export", "--format", format_, "--output", str(tmp_path / format_)).status == 0
        assert (tmp_path / format_).read_bytes().startswith(opening)
    with closing(sqlite3.connect(tmp_path / "sqlite")) as connection:
        (found,) = connection.execute(
            "SELECT count(*) FROM paragraph_fts WHERE paragraph_fts MATCH 'social'"
        ).fetchone()
    assert found == len(watching("search", "social", "--json").objects) - 1 > 0
