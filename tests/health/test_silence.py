"""What silence is improbable: the calendar, the limit, and ten years of real publications."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from benchmarks.rates import corpus
from monitor.health.silence import LEAST_GAPS, expects, limit, quiet, silence
from monitor.times.workdays import bank_holidays, is_silent, is_workday, local_election


def weekly(weeks: int, first: date = date(2022, 1, 10)) -> list[date]:
    return [first + timedelta(weeks=n) for n in range(weeks)]


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    ],
)
def test_bank_holidays_are_those_of_gov_uk(year: int, days: str) -> None:
    assert sorted(f"{day:%m-%d}" for day in bank_holidays(year)) == days.split()


def test_the_silence_before_elections() -> None:
    assert local_election(2026) == date(2026, 5, 7)
    assert [is_silent(date(2026, m, d)) for m, d in ((3, 25), (3, 26), (5, 7), (5, 12))] == [False, True, True, False]
    assert is_silent(date(2024, 6, 10))  # the general election of 4 July 2024
    day = date(2029, 2, 1)
    assert (is_silent(day), is_silent(day, (date(2029, 3, 1),))) == (False, True)


def test_days_on_which_nothing_is_expected() -> None:
    assert [is_workday(date(2026, 11, d)) for d in (20, 21, 22, 23)] == [True, False, False, True]
    for day in (date(2025, 12, 29), date(2025, 9, 22), date(2020, 7, 1), date(2025, 4, 18)):
        assert not expects(day)
    assert expects(date(2025, 11, 18))


def test_a_source_that_speaks_every_week_is_quiet_after_some_weeks_and_not_in_the_holidays() -> None:
    days = weekly(140)  # to 9 September 2024
    first = next(d for n in range(365) if (s := silence(days, d := days[-1] + timedelta(n))) and s.improbable)
    assert date(2024, 10, 21) < first < date(2024, 11, 25)
    found = silence(days, first)
    assert found is not None
    assert found.days > found.longest
    assert f"nothing new for {found.days} working days, since 9 September 2024" in found.reason


def test_too_short_a_history_expects_nothing() -> None:
    assert silence(weekly(LEAST_GAPS), date(2026, 1, 1)) is None
    assert silence([date(2024, 1, 1) + timedelta(n) for n in range(200)], date(2026, 1, 1)) is None
    assert silence([], date(2026, 1, 1)) is None


def test_days_to_come_are_no_news() -> None:
    days = weekly(120)
    assert silence([*days, date(2030, 1, 1)], date(2025, 1, 1)) == silence(days, date(2025, 1, 1))


def test_the_limit_was_never_reached_and_grows_with_the_spread() -> None:
    assert limit([1] * 100, 50) == 10
    assert limit([5] * 95 + [40] * 5, 50) > limit([5] * 95 + [20] * 5, 50) > 20


def test_the_whole_source_speaks_when_any_target_does() -> None:
    by_target = {"1": [d.isoformat() for d in weekly(100)], "2": [d.isoformat() for d in weekly(140)]}
    found, judged = quiet(by_target, date(2024, 9, 9))
    assert (set(found), judged) == ({("1",)}, {("1",), ("2",), ()})
    assert set(quiet(by_target, date(2025, 6, 9))[0]) == {("1",), ("2",), ()}


@pytest.mark.corpus
def test_ofsted_since_2018_was_never_called_quiet_and_would_be_within_a_term(shared: object) -> None:
    days = corpus()
    for year in range(2020, 2026):
        for month, day in ((2, 10), (5, 6), (7, 10), (10, 14), (12, 17)):
            on = date(year, month, day)
            found = silence([d for d in days if d <= on], on)
            assert found is not None
            assert not found.improbable, on
    cut = [d for d in days if d < date(2025, 1, 1)]
    late = next(n for n in range(365) if (s := silence(cut, date(2025, 1, 1) + timedelta(n))) and s.improbable)
    assert late < 120
