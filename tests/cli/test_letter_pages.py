"""A letter as `read` shows it to a person."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.cli.letter_pages import letter_page
from monitor.model import Letter
from monitor.model.letter import Previous

EXCUSED = "Such a letter makes no graded judgement."


def shown(kind: str = "ilacs", **fields: Any) -> list[str]:
    return letter_page(Letter(kind, "0" * 64, 3, file="a.pdf", **fields)).splitlines()


@pytest.mark.parametrize(
    ("past", "line"),
    [
        (Previous("2018", "good"), "Before, 2018: Good"),
        (Previous("2016-06-13", None), "The inspection before: 13 June 2016"),
        (Previous(None, "good"), "Before, on a day that is not said: Good"),
    ],
)
def test_the_inspection_before_says_what_is_known_of_it(past: Previous, line: str) -> None:
    assert line in shown(previous=[past])


@pytest.mark.parametrize(
    ("kind", "excused"), [("focused_visit", True), ("jtai", True), ("ilacs", False), ("unknown", False)]
)
def test_only_letters_that_never_judge_are_said_not_to(kind: str, excused: bool) -> None:
    assert (EXCUSED in shown(kind=kind, judgements={})) == excused
