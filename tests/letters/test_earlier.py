"""Which sentences recall an earlier inspection with its grade, and which say something else in such words."""

from __future__ import annotations

import pytest

from monitor.letters.earlier import recalled
from monitor.model import Previous


@pytest.mark.parametrize(
    ("sentence", "date", "grade"),
    [
        ("Services have improved since being judged inadequate at the last inspection in 2018.", "2018", "inadequate"),
        ("Since the last inspection in May 2022, when services were judged good, leaders changed.", "2022-05", "good"),
        ("The last inspection, in 2018, judged all services as requiring improvement.", "2018", "requires improvement"),
        ("This inspection is good; at the last inspection in 2019 they were judged inadequate.", "2019", "inadequate"),
        ("At the last inspection, the council was judged good and a leader came in May 2021.", None, "good"),
        ("The council was judged inadequate at its last inspection in 2019.", "2019", "inadequate"),
        ("The last inspection judged the council inadequate before a visit in 2020.", None, "inadequate"),
    ],
)
def test_an_earlier_inspection_with_its_own_date(sentence: str, date: str | None, grade: str) -> None:
    assert recalled(sentence) == Previous(date, grade)


@pytest.mark.parametrize(
    "sentence",
    [
        "At the last inspection in 2019, services were not judged good.",
        "Since the last inspection in 2019, services have improved and are now judged to be good.",
        "Since the last inspection, more casework is judged to be good by the council's own audits.",
        "Since the last inspection in 2019 a children's home was judged good.",
        "At the last inspection in 2018, the impact of leaders was judged to be inadequate.",
        "The last inspection of the adoption service in 2020 judged it to be outstanding.",
        "At the last inspection, services for care-experienced young people were judged good.",
        "This inspection judged services good, an improvement since the last inspection.",
        "Since the last inspection leaders hope to be judged outstanding.",
        "Essex, which was judged outstanding at its last inspection, supports the council.",
        "The council has support from Essex County Council, judged outstanding at its last inspection in 2023.",
        "Leaders learn from Leeds and Hertfordshire, who were both judged outstanding at their last inspections.",
        "Support comes from a neighbouring authority which was judged good at its last inspection in 2022.",
    ],
)
def test_a_grade_of_now_of_a_part_of_others_and_one_that_is_denied_are_none_of_before(sentence: str) -> None:
    assert recalled(sentence) is None
