"""Months' names, days from their parts, and days in words."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.english_dates import FULL_MONTH, MONTH, MONTH_START, MONTHS, iso, month_number, printed


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_is_known_by_its_name_and_by_its_abbreviation(number: int) -> None:
    name = MONTHS[number - 1]
    for written in (name, name.upper(), name.lower(), name[:3], name[:4]):
        assert month_number(written) == number
        assert re.match(MONTH_START, written, re.IGNORECASE)
    assert re.fullmatch(MONTH, name)
    assert re.fullmatch(MONTH, name[:3])
    assert re.fullmatch(FULL_MONTH, name)


@pytest.mark.parametrize("word", ["", "ja", "Sunday", "13", "Mai", "Junember", "Marches"])
def test_another_word_is_no_month(word: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        month_number(word)
    assert iso("1", word, "2024") is None


@pytest.mark.parametrize(
    ("day", "month", "year"), [("0", "May", 2024), ("31", "June", 2024), ("29", "Feb", 2023), ("x", "May", 2024)]
)
def test_a_day_that_the_calendar_lacks_is_none(day: str, month: str, year: int) -> None:
    assert iso(day, month, year) is None
    assert iso("1", "May", "9" * 30) is None


@given(st.dates())
def test_what_is_printed_is_read_again(day: date) -> None:
    number, month, year = printed(day).split()
    assert iso(number, month, year) == day.isoformat()
