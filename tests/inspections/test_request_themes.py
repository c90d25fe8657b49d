"""The key of themes: what a request is about, and which requests are worth comparing because of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.inspections.recommendations import likeness, nearness
from monitor.inspections.themes import THEMES, WIDE, shared, themes
from monitor.letters.reading import read
from tests.letters.conftest import BESIDE

KNOWN_PART = 0.95
"""Of all requests, how many have a theme."""


@pytest.mark.parametrize(
    ("request_", "theme"),
    [
        ("The quality of supervision for social workers.", "supervision and management oversight"),
        ("The sufficiency of suitable placements.", "sufficiency of homes"),
        ("The identification of children living in private fostering arrangements.", "private fostering"),
        ("The quality of return home interviews.", "children who go missing and return interviews"),
        (
            "The response to 16- and 17-year-olds who present as homeless.",
            "16- and 17-year-olds who are homeless",
        ),
        ("The tracking of children in pre-proceedings.", "pre-proceedings"),
        ("Life-story work for children who are adopted.", "permanence and life story"),
        ("The timeliness of initial health assessments.", "health of children in care"),
        ("Support for children out of office hours.", "out-of-hours service"),
    ],
)
def test_the_theme_of_a_request(request_: str, theme: str) -> None:
    assert theme in themes(request_)


def test_what_says_nothing_of_a_service_has_no_theme() -> None:
    assert themes("The consistency of what children and families receive.") == ()


def test_wide_themes_come_last_and_make_no_requests_alike() -> None:
    assert set(THEMES) >= WIDE
    assert themes("The timeliness of assessments of private fostering.")[0] == "private fostering"
    assert shared("The timeliness of assessments.", "The quality of assessments and plans.") == frozenset()


def test_the_same_theme_in_other_words_is_worth_comparing_and_no_more() -> None:
    asked = "Consistency in convening and undertaking strategy meetings."
    before = "The quality of strategy discussions and meetings so that they are always timely and well recorded."
    assert nearness(asked, before) > 0
    assert likeness(asked, before) == 0
    assert nearness(asked, "The quality of recording of what was decided in meetings with schools.") == 0


@pytest.mark.corpus
def test_nearly_all_real_requests_have_a_theme() -> None:
    if not (BESIDE / "gold.csv").is_file():
        pytest.skip(f"no real letters at {BESIDE}")
    asked = list(_requests(BESIDE))
    assert sum(bool(themes(text)) for text in asked) >= KNOWN_PART * len(asked) > 200


def _requests(corpus: Path) -> list[str]:
    councils = Registry.load()
    with (corpus / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] in ("ilacs", "focused_visit", "sif")]
    letters = (read((corpus / row["path"]).read_bytes(), councils) for row in rows[::11])
    return [quote.text for letter in letters for quote in (*letter.priority_actions, *letter.improvements)]
