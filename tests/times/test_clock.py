"""The scheduler over an accelerated clock, cut short: see soak/clock.py for the year."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soak.clock import live, report


@pytest.mark.parametrize("first", [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)])
def test_nothing_is_left_out_and_nothing_done_twice(
    tmp_path: Path, first: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    status = report(*live(tmp_path, first, 3, 2, random.Random(1)))
    said = capsys.readouterr().out
    assert status == 0, said
    assert "nightly 1 times" in said
    assert "twice: 0; left out: 0; not expected: 0" in said
