"""Every capture in this folder, crawled by a real child: it finds what somebody agreed that it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.captures.__main__ import cases, expected, played


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.parent.name}-{case.name}")
def test_a_capture_shows_what_was_agreed(case: Path) -> None:
    assert played(case) == expected(case)


def test_there_is_a_case() -> None:
    assert cases()
