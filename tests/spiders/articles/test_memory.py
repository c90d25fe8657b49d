"""What a spider remembers of a feed goes round by its cursor, also one that the first edition wrote."""

from __future__ import annotations

import json

import pytest

from spiders.articles.memory import FeedMemory, read_memory

MEMORY = FeedMemory("e", "m", "raw", "digest", "2024-05-01", rejected=("a", "b"), retry_since={"c": "2024-05-02"})


def test_a_memory_is_read_as_it_was_written() -> None:
    assert read_memory(MEMORY.written()) == MEMORY
    assert read_memory(FeedMemory().written()) == FeedMemory()


def test_a_cursor_of_the_first_edition_is_read() -> None:
    written = {"v": 1, "etag": "e", "modified": "m", "raw": "raw", "digest": "digest", "newest": "2024-05-01"}
    assert read_memory(json.dumps({**written, "passed": ["a", "b"], "waiting": {"c": "2024-05-02"}})) == MEMORY


@pytest.mark.parametrize(
    "cursor", [None, "", "[]", "2024-05-01", '{"v": 0}', '{"v": 1, "odd": 2}', '{"v": 1, "passed": 7}']
)
def test_what_is_no_memory_is_as_good_as_none(cursor: str | None) -> None:
    assert read_memory(cursor) == FeedMemory()
