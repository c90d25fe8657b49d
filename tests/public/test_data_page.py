"""docs/data.md and the public database are one: every table, every column, and an example that works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from monitor.public.schema import STATEMENTS
from monitor.store import Store
from monitor.store.sqlite import sqlite3
from tests.public.test_public import filled, refresh  # noqa: F401 - a fixture

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def made() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in STATEMENTS:
            connection.execute(statement)
        yield connection


def test_every_table_is_described(made: sqlite3.Connection) -> None:
    names = {name for (name,) in made.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {name for name in names if not name.startswith("paragraph_fts")} == set(SECTIONS)
    assert "`paragraph_fts`" in SECTIONS["paragraph"]


@pytest.mark.parametrize("table", SECTIONS)
def test_every_column_is_described_in_order(made: sqlite3.Connection, table: str) -> None:
    columns = [name for (name,) in made.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    described = re.findall(r"^\| `(\w+)` \| (.+) \|$", SECTIONS[table], re.MULTILINE)
    assert [name for name, _ in described] == columns
    assert all(words.strip() for _, words in described)


def test_the_example_works(filled: Store) -> None:  # noqa: F811
    (example,) = re.findall(r"^```sql\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    with closing(sqlite3.connect(filled.folder / "public.db")) as connection:
        rows = connection.execute(example).fetchall()
    assert rows == [
        ("Devon", "2024-05-15", 1, "Leaders rely on agency staff."),
        ("Devon", "2024-05-15", 2, "The use of agency staff."),
    ]
