"""What is asked again, reworded, new, no longer: on real wordings."""

from __future__ import annotations

import pytest

from monitor.inspections import recommendations
from monitor.inspections.recommendations import Recommendation, likeness
from monitor.model import Quote
from monitor.model.letter import Inspection
from tests.making import letter


def inspection(key: str, year: int, *items: str, kind: str = "ilacs") -> Inspection:
    improvements = [Quote(text, 2) for text in items]
    return Inspection(key, f"https://files.example/{key}", f"{year}-03-01", letter(kind, improvements=improvements))


def states(*history: Inspection) -> list[tuple[str, int, str]]:
    return [(e.state, e.times, e.ask.quote.text) for e in recommendations.of_council(history, "children's services")]


FOSTERING = "The timeliness of assessments of private fostering arrangements."
FOSTERING_AGAIN = "The assessment of private fostering arrangements, including its timeliness."
AUDIT = "The impact of audit and quality assurance on practice."
LIFE_STORY = "Life-story work for children in care."


def test_what_was_asked_again_and_what_the_last_report_does_not_have_with_both_sides_verbatim() -> None:
    first = inspection("1", 2019, FOSTERING, AUDIT)
    second = inspection("2", 2023, AUDIT, FOSTERING_AGAIN, LIFE_STORY)
    assert states(first, second) == [("again", 2, AUDIT), ("again", 2, FOSTERING_AGAIN), ("asked", 1, LIFE_STORY)]
    third = inspection("3", 2026, "The impact of audit on practice and learning.", LIFE_STORY)
    assert states(first, second, third) == [
        ("reworded", 3, "The impact of audit on practice and learning."),
        ("again", 2, LIFE_STORY),
        ("not in the last report", 2, FOSTERING_AGAIN),
    ]
    (entry, *_) = recommendations.of_council([first, second, third], "children's services")
    assert [a.quote.text for a in entry.earlier] == [AUDIT, AUDIT]
    assert entry.since == "2019-03-01"


def test_a_visit_that_is_silent_drops_nothing() -> None:
    found = states(inspection("1", 2019, FOSTERING, AUDIT), inspection("2", 2021, AUDIT, kind="focused_visit"))
    assert found == [("asked", 1, FOSTERING), ("again", 2, AUDIT)]


def test_nothing_is_called_dropped_but_by_a_full_report_that_came_later() -> None:
    first, visit = inspection("1", 2019, AUDIT), inspection("2", 2021, LIFE_STORY, kind="focused_visit")
    assert [state for state, *_ in states(first, visit)] == ["asked", "asked"]
    last = inspection("3", 2024, FOSTERING)
    entries = recommendations.of_council([first, visit, last], "children's services")
    assert [(e.state, e.ask.quote.text, e.missing_from) for e in entries] == [
        ("asked", FOSTERING, None),
        ("not in the last report", AUDIT, "2024-03-01"),
        ("not in the last report", LIFE_STORY, "2024-03-01"),
    ]


def test_a_near_miss_is_to_be_compared_and_not_called_the_same() -> None:
    was = "The timeliness and quality of pathway plans for care leavers and of their review by managers."
    now = "Pathway plans for care leavers that include health histories and contingency planning."
    assert recommendations.NEAR <= likeness(was, now) < recommendations.LIKE
    entry, *_ = recommendations.of_council(
        [inspection("1", 2019, was), inspection("2", 2024, now)], "children's services"
    )
    assert (entry.state, entry.times) == ("asked", 1)
    assert [ask.quote.text for ask in entry.compare] == [was]


def test_area_send_and_children_s_services_are_ledgers_of_their_own() -> None:
    found = states(inspection("1", 2019, AUDIT), inspection("2", 2021, AUDIT, kind="area_send"))
    assert found == [("asked", 1, AUDIT)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The quality and timeliness of assessments.", "The timeliness of initial health assessments."),
        ("Management oversight within the assessment service.", "The impact of supervision and management oversight."),
        ("The quality of children's plans.", "The quality of assessments."),
        ("", "Anything."),
    ],
)
def test_a_few_shared_words_are_chance(one: str, other: str) -> None:
    assert likeness(one, other) < recommendations.LIKE


def test_likeness_is_the_same_both_ways_and_whole_for_the_same_words() -> None:
    assert likeness(FOSTERING, FOSTERING_AGAIN) == likeness(FOSTERING_AGAIN, FOSTERING)
    assert likeness(AUDIT, AUDIT) == 1


def test_one_item_is_matched_with_one() -> None:
    entries = recommendations.ledger(
        [
            [Recommendation("2019", "1", Quote(AUDIT, 1))],
            [Recommendation("2023", "2", Quote(AUDIT, n)) for n in (1, 2)],
        ],
        since=1,
        before=0,
    )
    assert sorted(e.state for e in entries) == ["again", "asked"]


def test_what_a_letter_asks_again_is_named_most_often_asked_first() -> None:
    history = [
        inspection("1", 2015, AUDIT, kind="sif"),
        inspection("2", 2019, AUDIT, LIFE_STORY),
        inspection("3", 2023, LIFE_STORY, AUDIT),
        inspection("4", 2026, LIFE_STORY),
    ]
    assert [(e.times, e.ask.quote.text) for e in recommendations.again(history, "3", "ilacs")] == [
        (3, AUDIT),
        (2, LIFE_STORY),
    ]
    assert recommendations.again(history, "3", "jtai") == []
