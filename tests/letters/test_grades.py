"""Grades and the labels beside them."""

from __future__ import annotations

import pytest

from monitor.letters.areas import ILACS, LOOKED_AFTER, SIF, Areas
from monitor.letters.grades import canonical, grade


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Good", "good"),
        ("Outstanding ", "outstanding"),
        ("Inadequate.", "inadequate"),
        ("Adequate", "adequate"),
        ("Not judged", "not judged"),
        ("Requires improvement", "requires improvement"),
        ("Requires Improvement", "requires improvement"),
        ("Require improvement", "requires improvement"),
        ("Requires improvement to be good", "requires improvement"),
        ("Good progress", None),
        ("Met", None),
        ("", None),
    ],
)
def test_words_that_are_a_grade_and_nothing_else(printed: str, expected: str | None) -> None:
    assert grade(printed) == expected


def test_a_line_break_inside_a_grade_does_not_matter() -> None:
    assert canonical("Requires\nimprovement  to be good") == "requires improvement"


@pytest.mark.parametrize(
    ("areas", "label", "expected"),
    [
        (ILACS, "The impact of leaders on social work practice with children and families", "impact_of_leaders"),
        (ILACS, "The impact of leaders on practice with children and families", "impact_of_leaders"),
        (ILACS, "The experiences and progress of children who need help and protection", "help_and_protection"),
        (ILACS, "The experiences and progress of children in care and care leavers", "in_care_and_care_leavers"),
        (ILACS, "The experiences and progress of children in care, and care leavers", "in_care_and_care_leavers"),
        (ILACS, "The experiences and progress of children in care & care leavers", "in_care_and_care_leavers"),
        (ILACS, "The experiences and progress of children in care and care-experienced young people", None),
        (ILACS, "The experiences and progress of children in care", "in_care"),
        (ILACS, "The experiences and progress of care leavers", "care_leavers"),
        (ILACS, "The experiences and progress of children care leavers", "care_leavers"),
        (ILACS, "Overall effectiveness", "overall_effectiveness"),
        (ILACS, "The effectiveness of the corporate parent", None),
        (SIF, "1. Children who need help and protection", "help_and_protection"),
        (SIF, "2. Children looked after and achieving permanence", "in_care"),
        (SIF, "2.1 Adoption performance", "adoption_performance"),
        (SIF, "2.2 Experiences and progress of Care Leavers", "care_leavers"),
        (SIF, "1. Leadership, management and governance", "impact_of_leaders"),
        (LOOKED_AFTER, "Capacity to improve", "capacity_to_improve"),
        (LOOKED_AFTER, "Leadership and management", "impact_of_leaders"),
    ],
)
def test_the_label_decides_what_is_judged(areas: Areas, label: str, expected: str | None) -> None:
    assert areas.named(label) == expected
