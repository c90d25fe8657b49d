"""Which judgements moved, by the letters alone."""

from __future__ import annotations

from monitor.inspections.full import full_inspections
from monitor.inspections.moves import moves
from monitor.model import Quote
from monitor.model.letter import Inspection
from tests.inspections.test_judgements import inspection

GOOD, RI, POOR = "good", "requires improvement", "inadequate"


def report(key: str, published: str, start: str, judged: dict[str, str], **more: object) -> Inspection:
    given = {"inspection_start": start, "judgements": judged, **more}
    return inspection(key, published, **given)


def told(*history: Inspection) -> list[tuple[str, str, str | None, str | None, str, int | None]]:
    return [
        (m.report.published, m.change.area, m.change.before, m.change.after, m.change.direction, m.page)
        for m in moves(history)
    ]


FIRST = report("1", "2018-05-01", "2018-03-12", {"overall_effectiveness": POOR, "in_care_and_care_leavers": RI})
SECOND = report(
    "2",
    "2023-05-01",
    "2023-03-13",
    {"overall_effectiveness": GOOD, "in_care": GOOD, "care_leavers": RI},
    evidence={"judgements.overall_effectiveness": Quote("Overall effectiveness Good", 1)},
)


def test_a_judgement_moves_from_one_full_inspection_to_the_next() -> None:
    visit = inspection("3", "2020-01-01", kind="focused_visit", inspection_start="2019-12-01")
    assert told(SECOND, visit, FIRST) == [
        ("2023-05-01", "overall_effectiveness", POOR, GOOD, "improved", 1),
        ("2023-05-01", "in_care", RI, GOOD, "first_separate", None),
    ]


def test_the_first_inspection_moves_nothing() -> None:
    assert told(FIRST) == []


def test_what_is_no_longer_judged_does_not_move() -> None:
    assert told(SECOND, report("4", "2026-06-17", "2026-04-27", {"in_care": GOOD, "care_leavers": RI})) == []


def test_a_report_that_was_issued_again_moves_once_on_its_first_day_with_its_last_words() -> None:
    again = report("9", "2023-07-01", "2023-03-13", {"overall_effectiveness": RI, "in_care": RI, "care_leavers": RI})
    assert told(FIRST, SECOND, again) == [("2023-05-01", "overall_effectiveness", POOR, RI, "improved", None)]
    assert [x.key for x in full_inspections([FIRST, SECOND, again])] == ["1", "9"]


def test_only_what_two_frameworks_share_moves_between_them() -> None:
    sif = report("0", "2015-05-01", "2015-03-12", {"overall_effectiveness": RI, "in_care": GOOD}, kind="sif")
    judged = {"overall_effectiveness": POOR, "in_care": POOR}
    assert [t[1] for t in told(sif, report("1", "2018-05-01", "2018-03-12", judged))] == ["overall_effectiveness"]


def test_reports_without_a_start_are_inspections_of_their_own() -> None:
    undated = [inspection(str(n), f"201{n}-05-01", judgements={"overall_effectiveness": RI}) for n in (5, 6)]
    assert len(full_inspections(undated)) == 2
