"""Numbers that matter, from sentences in the wording of real letters; and what is no such number."""

from __future__ import annotations

import pytest

from monitor.letters.quantities import of_sentence
from monitor.model import Quote


def found(text: str) -> list[tuple[str, str, float, str]]:
    quantities = list(of_sentence(Quote(text, 3)))
    assert all(q.quote == Quote(text, 3) for q in quantities)
    return [(q.subject, q.operator, q.number, q.unit) for q in quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Agency staff make up just under a third of the workforce.", [("agency_staff", "<", 33.3, "%")]),
        ("More than 40 per cent of posts are filled by agency workers.", [("agency_staff", ">", 40.0, "%")]),
        ("The vacancy rate has fallen from 22% to 9%.", [("vacancies", "=", 22.0, "%"), ("vacancies", "=", 9.0, "%")]),
        ("Caseloads are no more than 15 children.", [("caseloads", "<=", 15.0, "children")]),
        ("Average caseloads are around 18.", [("caseloads", "~", 18.0, "children")]),
        ("Staff turnover reached 34% in August 2020.", [("turnover", "=", 34.0, "%")]),
        ("At least 95% of reviews are held on time.", [("timeliness", ">=", 95.0, "%")]),
    ],
)
def test_quantities_with_operator_number_and_unit(text: str, expected: list[tuple[str, str, float, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Caseloads are high and agency staff are many.",
        "On 4 October 2022, caseloads rose.",
        "Most 16- and 17-year-olds are seen on time.",
        "Expansion of the workforce by 55 social worker posts has reduced social worker caseloads.",
        "Turnover has fallen since 2015\u201316.",
        "Caseloads in 16+ teams are higher.",
        "Caseloads must stay low for intensive work over a 16-week period.",
        "The council has 340 children in care; agency staff have left.",
        "Good.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert found(text) == []
