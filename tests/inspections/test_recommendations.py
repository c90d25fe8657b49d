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


def test_the_four_states_with_both_sides_verbatim() -> None:
    first = inspection("1", 2019, FOSTERING, AUDIT)
    second = inspection("2", 2023, AUDIT, FOSTERING_AGAIN, LIFE_STORY)
    assert states(first, second) == [("again", 2, AUDIT), ("again", 2, FOSTERING_AGAIN), ("new", 1, LIFE_STORY)]
    third = inspection("3", 2026, "The impact of audit on practice and learning.", LIFE_STORY)
    assert states(first, second, third) == [
        ("reworded", 3, "The impact of audit on practice and learning."),
        ("again", 2, LIFE_STORY),
        ("no longer asked", 2, FOSTERING_AGAIN),
    ]
    (entry, *_) = recommendations.of_council([first, second, third], "children's services")
    assert [a.quote.text for a in entry.earlier] == [AUDIT, AUDIT]
    assert entry.since == "2019-03-01"


def test_a_visit_that_is_silent_drops_nothing() -> None:
    found = states(inspection("1", 2019, FOSTERING, AUDIT), inspection("2", 2021, AUDIT, kind="focused_visit"))
    assert found == [("again", 2, AUDIT)]


def test_area_send_and_children_s_services_are_ledgers_of_their_own() -> None:
    found = states(inspection("1", 2019, AUDIT), inspection("2", 2021, AUDIT, kind="area_send"))
    assert found == [("new", 1, AUDIT)]


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
        [[Recommendation("2019", "1", Quote(AUDIT, 1))], [Recommendation("2023", "2", Quote(AUDIT, n)) for n in (1, 2)]]
    )
    assert sorted(e.state for e in entries) == ["again", "new"]


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
