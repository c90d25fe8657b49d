"""Retry-After in the forms of RFC 9110, and what is no time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from monitor.model.retry_after import retry_after

NOW = datetime(2024, 5, 15, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 2 ", 2),
        (" 1.5 ", 1.5),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0),
        ("Wed, 15 May 2024 06:01:30 -0000", 90),
    ],
)
def test_it_is_seconds_or_a_date(value: str, seconds: float) -> None:
    assert retry_after(value, NOW.timestamp()) == seconds


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", "soon", "-5", "\xb2", "9" * 400, "Mon, 99 May 2025 08:00:00 GMT"),
        *("Thu, 01 Jan 99999 00:00:00 GMT", "Thu, 01 Jan 2024 00:00:00 +9999"),
    ],
)
def test_what_is_no_time_is_none(value: str | None) -> None:
    assert retry_after(value, NOW.timestamp()) is None
