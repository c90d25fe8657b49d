"""Old and broken copies of a page that answer as if all were well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model import Record
from monitor.model.state import KnownTarget, Stored, key_of
from monitor.model.trouble import Reason
from tests.health.judging import judge
from tests.making import NOON, closed, record

AT = NOON.isoformat()
YEARS = ("2015-03-01", "2018-03-01", "2021-03-01", "2024-05-15")


def page(target: str, *published: str) -> list[Record]:
    return [record(f"{target}-{day}", target, published=day) for day in published]


def known(target: str, *published: str) -> KnownTarget:
    return KnownTarget({key_of(r): Stored(r, "listed", AT) for r in page(target, *published)}, baselined=True)


def test_a_page_that_lost_its_archive_is_broken_and_a_single_withdrawal_is_not() -> None:
    before = {"1": known("1", *YEARS)}
    health = judge([closed("1", *page("1", *YEARS[2:]))], before)
    assert health.broken["1"].words.startswith("invalid: 2 old reports are not listed any more")
    assert judge([closed("1", *page("1", *YEARS[1:]))], before).broken == {}
    assert judge([closed("1", *page("1", *YEARS[:3]))], before).broken == {}


def test_recent_reports_may_go_two_at_once() -> None:
    recent = ("2023-09-01", "2024-01-01", "2024-05-15")
    assert judge([closed("1", *page("1", recent[2]))], {"1": known("1", *recent)}).broken == {}


def test_three_pages_that_go_back_are_old_copies_and_two_are_withdrawals() -> None:
    before = {str(n): known(str(n), "2023-01-01", "2024-05-15") for n in range(3)}
    old = [closed(str(n), *page(str(n), "2023-01-01")) for n in range(3)]
    health = judge([*old, closed("9", *page("9", "2024-05-15"))], before)
    assert set(health.broken) == {"0", "1", "2"}
    assert "the newest report is of 2023-01-01, one of 2024-05-15 was listed before" in health.broken["0"].words
    assert judge(old[:2], before).broken == {}


def test_a_person_can_release_it() -> None:
    before = {"1": known("1", *YEARS)}
    released = {"1": replace(before["1"], released=True)}
    assert judge([closed("1", *page("1", YEARS[-1]))], released).broken == {}
    assert judge([closed("1")], released).broken != {}


def test_what_breaks_otherwise_is_said_as_it_is() -> None:
    before = {"1": known("1", *YEARS)}
    assert judge([closed("1", outcome="blocked", detail="403")], before).broken == {
        "1": Reason("blocked", "blocked: 403")
    }


@pytest.mark.parametrize("mistyped", ["2042-05-15", "2025-05-14"])
def test_dates_that_were_mistyped_and_are_put_right_are_no_old_copy(mistyped: str) -> None:
    """The archive's reports are settled by the dates that can be, and a date that lay ahead was never the newest."""
    before = {str(n): known(str(n), "2023-06-01", mistyped) for n in range(4)}
    right = [closed(str(n), *page(str(n), "2023-06-01", "2024-05-15")) for n in range(4)]
    assert judge(right, before).broken == {}
    recent = known("1", "2023-09-01", "2024-01-01", mistyped)
    assert judge([closed("1", *page("1", "2024-05-15"))], {"1": recent}).broken == {}
