"""Tables of judgements as no letter has printed them yet: a wrong grade is worse than none, and none is said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from monitor.councils.registry import Registry
from monitor.letters.reading import read
from tests.letters.sheets import FIVE, Sheet

LABELS = tuple(label for label, _ in FIVE)
NOW = tuple(grade for _, grade in FIVE)
BEFORE = ("Inadequate",) * 5
TRUE = {
    "impact_of_leaders": "good",
    "help_and_protection": "requires improvement",
    "in_care": "outstanding",
    "care_leavers": "good",
    "overall_effectiveness": "good",
}
TWO, THREE = (40.0, 330.0, 560.0), (40.0, 300.0, 430.0, 560.0)


def front() -> Sheet:
    sheet = Sheet().write("Inspection of Devon local authority children's services", size=18)
    return sheet.write("Inspection dates: 3 to 14 March 2025", bold=True)


def finished(sheet: Sheet) -> bytes:
    sheet.new_page()
    for _ in range(20):
        sheet.write("Children are seen and heard, and this is consistent practice in all of the teams.", gap=0)
    return sheet.bytes()


def table(*columns: Sequence[str], ruled: bool = True) -> bytes:
    edges = TWO if len(columns) == 2 else THREE
    return finished(front().columns(list(zip(*columns, strict=True)), edges, ruled=ruled))


def judged(data: bytes, registry: Registry) -> dict[str, str]:
    return read(data, registry).judgements


HEADS = [
    ("Grade", "Previous grade"),
    ("Grade at this inspection", "Grade at the last inspection (2021)"),
    ("Judgement now", "Earlier judgement"),
]


@pytest.mark.parametrize(("now", "before"), HEADS)
@pytest.mark.parametrize("old_first", [True, False])
def test_the_column_of_an_earlier_inspection_is_not_read(
    registry: Registry, now: str, before: str, old_first: bool
) -> None:
    columns = [(now, *NOW), (before, *BEFORE)]
    data = table(("Judgement", *LABELS), *(columns[::-1] if old_first else columns))
    assert judged(data, registry) == TRUE


@pytest.mark.parametrize("old_first", [True, False])
@pytest.mark.parametrize("heads", [("Grade", "Previous grade"), ("2025", "2021")])
def test_of_two_columns_without_rules_no_grade_is_taken(
    registry: Registry, old_first: bool, heads: tuple[str, str]
) -> None:
    columns = [(heads[0], *NOW), (heads[1], *BEFORE)]
    data = table(("Judgement", *LABELS), *(columns[::-1] if old_first else columns), ruled=False)
    found = read(data, registry)
    assert found.judgements == {}
    assert "no judgements were found" in found.problems


def test_two_columns_whose_heads_do_not_say_which_is_which_give_no_grade_and_each_row_is_told(
    registry: Registry,
) -> None:
    found = read(table(("Judgement", *LABELS), ("2021", *BEFORE), ("2025", *NOW)), registry)
    assert found.judgements == {}
    assert 'page 1: "Overall effectiveness" has "Inadequate Good" beside it, which is no grade that we know' in (
        found.problems
    )


@pytest.mark.parametrize("old_first", [True, False])
def test_the_table_of_an_earlier_inspection_is_not_read(registry: Registry, old_first: bool) -> None:
    new = [("Judgement", "Grade"), *zip(LABELS, NOW, strict=True)]
    old = [("Judgement at the last inspection", "Grade"), *zip(LABELS, BEFORE, strict=True)]
    first, second = (old, new) if old_first else (new, old)
    data = finished(front().columns(first, TWO).write("").columns(second, TWO))
    assert judged(data, registry) == TRUE


def test_two_tables_that_do_not_say_which_is_which_give_no_grade_where_they_differ(registry: Registry) -> None:
    rows = [("Judgement", "Grade"), *zip(LABELS, NOW, strict=True)]
    other = [("Judgement", "Grade"), *zip(LABELS[:4], BEFORE, strict=False), FIVE[4]]
    found = read(finished(front().columns(other, TWO).write("In 2025:").columns(rows, TWO)), registry)
    assert found.judgements == {"overall_effectiveness": "good"}
    assert "in care: the tables say inadequate and outstanding" in found.problems


def test_two_tables_that_contradict_each_other_are_not_settled_by_the_order_of_their_text(registry: Registry) -> None:
    """The other council's table has more beside its label, so that only one of the two is read in text order."""
    sheet = front().columns([("Judgement", "Grade"), *FIVE[:4], (LABELS[4], "Inadequate")], TWO).write("")
    found = read(finished(sheet.columns([(f"{LABELS[4]} of others: average", "Good")], TWO)), registry)
    assert found.judgements == {area: grade for area, grade in TRUE.items() if area != "overall_effectiveness"}
    assert "overall effectiveness: the tables say inadequate and good" in found.problems


@pytest.mark.parametrize(
    "lines",
    [
        ("Overall effectiveness Outstanding 3 Good 7 Requires improvement 5 Inadequate 1",),
        ("Overall effectiveness", "Outstanding", "Good", "Good", "Inadequate"),
        ("Local authority Overall effectiveness", "Cornwall Inadequate", "Devon Good"),
        ("Overall effectiveness was judged at the last inspection. Good practice is shared.",),
    ],
)
def test_a_chart_and_a_sentence_are_no_table(registry: Registry, lines: Sequence[str]) -> None:
    found = read(finished(front().write(*lines)), registry)
    assert (found.judgements, "no judgements were found" in found.problems) == ({}, True)


def test_grades_that_stand_before_their_labels_are_not_given_to_the_labels_before(registry: Registry) -> None:
    for ruled in (True, False):
        assert judged(table(("Grade", *NOW), ("Judgement", *LABELS), ruled=ruled), registry) == {}


def test_grades_in_capitals_and_broken_words_are_grades(registry: Registry) -> None:
    capitals = table(("Judgement", *LABELS), ("Grade", *(grade.upper() for grade in NOW)), ruled=False)
    broken = [grade.replace("improvement", "improve-\nment") for grade in NOW]
    assert judged(capitals, registry) == TRUE
    for ruled in (True, False):
        assert judged(table(("Judgement", *LABELS), ("Grade", *broken), ruled=ruled), registry) == TRUE


def test_a_grade_of_another_scale_beside_a_known_label_is_told(registry: Registry) -> None:
    found = read(table(("Judgement", *LABELS), ("Grade", "Strong standard", *NOW[1:])), registry)
    assert found.judgements == {area: grade for area, grade in TRUE.items() if area != "impact_of_leaders"}
    assert any("beside it, which is no grade that we know" in p and "Strong standard" in p for p in found.problems)
