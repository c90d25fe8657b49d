"""How long councils waited: from which day, since which report, beside which others."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.inspections.waits import NO_OVERALL_FROM, PAUSE_BEGAN, Wait, waits
from monitor.model.letter import Inspection
from tests.inspections.test_judgements import inspection

GOOD, RI, POOR = "good", "requires improvement", "inadequate"


def full(
    key: str, start: str | None, overall: str | None = GOOD, published: str | None = None, **more: str
) -> Inspection:
    judged = more or {"impact_of_leaders": GOOD}
    judged |= {"overall_effectiveness": overall} if overall else {}
    return inspection(key, published or f"{start or 2020}z", inspection_start=start, judgements=judged)


def visit(key: str, start: str, kind: str = "focused_visit") -> Inspection:
    return inspection(key, f"{start}z", kind=kind, inspection_start=start)


def on(day: str, **histories: list[Inspection]) -> dict[str, Wait]:
    return {w.urn: w for w in waits(histories, date.fromisoformat(day))}


def test_a_wait_counts_from_the_start_of_the_last_full_inspection() -> None:
    found = on("2026-03-27", a=[full("1", "2018-01-01"), full("2", "2023-01-23"), visit("3", "2025-03-01")])["a"]
    assert (found.days, found.rank, found.of, found.days_since_any) == (1159, 1, 1, 391)
    assert found.last_full is not None
    assert (found.last_full.key, found.three_years) == ("2", date(2026, 1, 23))
    assert [x.key for x in found.since] == ["3"]


def test_a_report_counts_from_its_publication_on() -> None:
    history = [full("1", "2022-01-10", published="2022-03-01"), full("2", "2025-01-13", published="2025-03-10")]
    assert on("2025-03-09", a=history)["a"].days == 1154
    assert on("2025-03-10", a=history)["a"].days == 56


def test_equal_waits_share_a_rank_and_the_longest_is_first() -> None:
    starts = {"a": "2022-01-01", "b": "2021-07-01", "c": "2022-01-01", "d": "2023-01-01"}
    found = on("2024-01-01", **{urn: [full("1", start)] for urn, start in starts.items()}, e=[], f=[full("1", None)])
    assert [(w.urn, w.rank) for w in found.values()] == [
        ("b", 1),
        ("a", 2),
        ("c", 2),
        ("d", 4),
        ("e", None),
        ("f", None),
    ]
    assert {w.of for w in found.values()} == {4}
    assert found["e"].usual.basis == "no full inspection is known"
    assert found["f"].last_full is not None


def test_what_is_usual_are_ended_waits_of_the_same_grade_since_the_pause() -> None:
    ended = {
        "a": [full("1", "2021-09-06"), full("2", "2024-09-09")],
        "b": [full("1", "2021-09-06"), full("2", "2025-01-06", RI)],
        "c": [full("1", "2019-09-06"), full("2", "2024-09-09")],
        "d": [full("1", "2021-09-06", RI), full("2", "2024-09-09")],
    }
    usual = on("2025-06-01", **ended)["a"].usual
    assert (usual.n, usual.min, usual.median, usual.max) == (2, 1099, 1158, 1218)
    assert usual.basis.endswith("overall effectiveness good")
    assert on("2025-01-01", **ended)["a"].usual.n == 1
    assert on("2025-06-01", **ended)["b"].usual.n == 1


def test_a_wait_from_the_last_days_before_the_pause_is_not_usual() -> None:
    assert on("2025-01-01", a=[full("1", PAUSE_BEGAN), full("2", "2024-09-09")])["a"].usual.n == 0


@pytest.mark.parametrize(
    ("practice", "which"),
    [((GOOD, GOOD, RI), "judgements good or outstanding"), ((GOOD, RI, RI), "not all good or outstanding")],
)
def test_without_overall_effectiveness_no_wait_has_ended(practice: tuple[str, ...], which: str) -> None:
    judged = dict(zip(("help_and_protection", "in_care", "care_leavers"), practice, strict=True))
    usual = on("2026-11-27", a=[full("1", NO_OVERALL_FROM, None, impact_of_leaders=GOOD, **judged)])["a"].usual
    assert (usual.n, usual.median) == (0, None)
    assert usual.basis.endswith(which)


def test_an_overall_grade_that_was_not_read_is_not_one_that_is_not_given() -> None:
    assert on("2026-01-01", a=[full("1", "2023-01-01", None)])["a"].usual.basis.endswith("not known")


def test_a_council_judged_inadequate_has_monitoring_visits() -> None:
    history = [
        full("1", "2022-01-10", POOR),
        visit("2", "2022-06-01", "monitoring_visit"),
        visit("3", "2022-09-01", "jtai"),
    ]
    found = on("2023-01-01", a=history)["a"].after_inadequate
    assert found is not None
    assert (found.because, [x.key for x in found.visits]) == ("overall_effectiveness", ["2"])
    assert on("2023-01-01", a=[full("1", "2022-01-10", RI)])["a"].after_inadequate is None
    later = full("4", "2026-05-01", None, impact_of_leaders=RI, in_care=POOR)
    found = on("2026-11-01", a=[*history, later])["a"].after_inadequate
    assert found is not None
    assert (found.because, found.visits) == ("in_care", ())


def test_an_inspection_of_29_february_has_its_anniversary_on_the_28th() -> None:
    assert on("2025-01-01", a=[full("1", "2024-02-29")])["a"].three_years == date(2027, 2, 28)
