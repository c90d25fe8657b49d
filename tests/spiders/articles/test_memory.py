"""What a spider remembers of a feed goes round by its cursor, also one that the first edition wrote."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from spiders.articles.memory import FeedMemory, Row, read_memory

ROWS = (
    Row(("n1", "n2"), "https://a.uk/1", "t", "w", "s", "known"),
    Row(("n3",), "https://a.uk/3", "t3", "", "s3", "rejected", "2024-05-02"),
)
MEMORY = FeedMemory("e", "m", "raw", "digest", "2024-05-01", ROWS)
FIRST = FeedMemory("e", "m", "raw", "digest", "2024-05-01", (), ("k",), ("a", "b"), (("c", "2024-05-02"),))


@pytest.mark.parametrize("memory", [MEMORY, FIRST, FeedMemory()])
def test_a_memory_is_read_as_it_was_written(memory: FeedMemory) -> None:
    assert read_memory(memory.written()) == memory


def test_a_cursor_of_the_first_edition_is_read() -> None:
    written = {"v": 1, "etag": "e", "modified": "m", "raw": "raw", "digest": "digest", "newest": "2024-05-01"}
    found = read_memory(json.dumps({**written, "known": ["k"], "passed": ["a", "b"], "waiting": {"c": "2024-05-02"}}))
    assert found == FIRST
    assert not found.settled


def test_a_sweep_keeps_what_has_a_record_or_is_owed_one() -> None:
    swept = replace(MEMORY, entries=(*ROWS, Row(("n4",), "k4", "", "", "", "passed"))).for_sweep()
    assert (swept.entries, swept.raw, swept.digest) == (ROWS, None, None)


@pytest.mark.parametrize(
    "cursor",
    [
        None,
        "",
        "[]",
        "2024-05-01",
        '{"v": 0}',
        '{"v": 1, "odd": 2}',
        '{"v": 1, "passed": 7}',
        '{"v": 1, "entries": [[1]]}',
        '{"v": 1, "entries": 3}',
    ],
)
def test_what_is_no_memory_is_as_good_as_none(cursor: str | None) -> None:
    assert read_memory(cursor) == FeedMemory()
