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
        ("Caseloads do not exceed 15 children.", [("caseloads", "<=", 15.0, "children")]),
        (
            "Caseloads ranged from 15 to 23.",
            [("caseloads", "=", 15.0, "children"), ("caseloads", "=", 23.0, "children")],
        ),
        ("No social worker has a caseload of more than 20 children.", [("caseloads", "<=", 20.0, "children")]),
        ("None of the teams holds caseloads above 20.", [("caseloads", "<=", 20.0, "children")]),
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
        "Data for the first three quarters of 2015\u201316 show timescales of 589 days.",
        "In half of the financial year timescales were longer.",
        "Caseloads in 16+ teams are higher.",
        "Caseloads must stay low for intensive work over a 16-week period.",
        "The council has 340 children in care; agency staff have left.",
        "Caseloads in the 16 Plus service are high.",
        "Few social workers have a caseload of more than 20.",
        "Not all teams have caseloads below 20.",
        "No social worker has a caseload of 25.",
        "Good.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("The vacancy rate has fallen from 22 % to 9 %.", 9),
        ("Turnover rose from 9% in 2022 to 22% now.", 22),
        ("Turnover is 22%, up from 9% in 2022.", 22),
        ("Turnover has fallen to 9% from a peak of more than 22%.", 9),
        ("Agency staff make up 9% of the workforce, compared with 22% at the last inspection.", 9),
        ("The vacancy rate, which was 22% in 2022, is now 9%.", 9),
        ("The vacancy rate is now 9%; it was 22% in 2022.", 9),
        ("The previous vacancy rate of 22% has reduced to 9%.", 9),
        ("Staff turnover (22% in 2021) has come down to 9%.", 9),
        ("Timeliness of visits was 70% in 2020, 80% in 2021 and 91% in 2022.", 91),
        ("The vacancy rate has fallen from 50% at the time of the last inspection to 10%.", 10),
        ("At the previous inspection, caseloads averaged 25 and are now 15.", 15),
        ("Caseloads have reduced from an average of 25 to 17 children.", 17),
        ("Turnover is 22%, above the national average of 17%.", 22),
        ("Turnover is 22%, higher than that of statistical neighbours (17%).", 22),
        ("Vacancies fell to 9% against a target of 5%.", 9),
        ("Of the 62 social workers in post, 22 were agency workers.", 22),
        ("Agency staff fell from 63 in 2017 to 39 in 2018, to a current figure of 23.", 23),
        ("Vacancies are 22%, having been 9% in 2021.", 22),
        ("More children, 91%, are seen within timescales than in 2022 (70%).", 91),
        ("In the last year, 95% of reviews were on time.", 95),
        ("Sickness is lower and turnover, at 12%, has improved on last year\u2019s 15%.", 12),
        ("Turnover went from 30% to 12% and then to 8%.", 8),
        ("Average caseloads, at 18, are lower than the 25 seen at the last inspection.", 18),
    ],
)
def test_of_a_comparison_only_the_figure_of_now_is_told(text: str, now: float) -> None:
    assert [number for _, _, number, _ in found(text)] == [now]


@pytest.mark.parametrize(
    "text",
    [
        "Vacancies have reduced by 12% since the last inspection.",
        "There has been a reduction of 12% in vacancies.",
        "Vacancies have fallen by 12 percentage points.",
        "The vacancy rate is much better than it was a year ago, when it was 22%.",
        "At the last inspection, 22% of posts were vacant posts.",
    ],
)
def test_a_change_without_a_level_and_a_level_of_before_are_no_figures_of_now(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "22% of children were not visited within timescales.",
        "Social workers did not visit 22% of children within timescales.",
        "Visits were not within timescales for 22% of children.",
        "Timescales for 22% of assessments were not met.",
        "A third of assessments are not completed on time.",
        "15% of visits are outside statutory timescales.",
        "22% of assessments exceeded the 45-day timescale.",
        "Leaders failed to see a quarter of children on time.",
        "90% of the workforce is permanent, reducing reliance on agency staff.",
        "Vacancy rates have reduced with 90% of posts filled.",
    ],
)
def test_a_share_of_what_is_not_so_is_none_of_what_is(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "78% of children are seen on time, and 22% are not seen within timescales.",
        "78% of children are seen on time and 22% are not.",
        "It is not good enough that only 78% of visits are on time.",
        "78% of reviews are held on time without delay.",
        "Health assessments are not always timely, at 78%.",
        "78% of visits are on time, leaving the remaining 22% overdue.",
    ],
)
def test_a_share_beside_what_is_not_so_counts(text: str) -> None:
    assert found(text) == [("timeliness", "=", 78.0, "%")]
