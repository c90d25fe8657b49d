"""How judgements move, and when they do not."""

from __future__ import annotations

import pytest

from monitor.inspections import judgements
from monitor.model.letter import Inspection
from tests.making import letter

GOOD, RI, POOR = "good", "requires improvement", "inadequate"


def inspection(key: str, published: str, **more: object) -> Inspection:
    return Inspection(key, f"https://files.example/{key}", published, letter(**more))  # type: ignore[arg-type]


def moves(before: dict[str, str] | None, after: dict[str, str], kinds: tuple[str, str] = ("ilacs", "ilacs")) -> dict:
    old = letter(kinds[0], judgements=before) if before is not None else None
    return {c.area: c.direction for c in judgements.changes(old, letter(kinds[1], judgements=after))}


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (GOOD, "outstanding", "improved"),
        (GOOD, RI, "declined"),
        (RI, RI, "same"),
        (None, GOOD, "new"),
        (GOOD, None, "no_longer_judged"),
        ("adequate", GOOD, "new"),
        (GOOD, "not judged", "no_longer_judged"),
        ("not judged", GOOD, "new"),
        ("not judged", "not judged", "same"),
    ],
)
def test_direction(before: str | None, after: str | None, direction: str) -> None:
    assert judgements.direction(before, after) == direction


def test_overall_effectiveness_of_april_2026_ends_and_does_not_decline() -> None:
    found = moves({"overall_effectiveness": GOOD, "in_care": GOOD}, {"in_care": RI})
    assert found == {"overall_effectiveness": "no_longer_judged", "in_care": "declined"}


JOINT = "in_care_and_care_leavers"


def test_the_first_separate_judgements_of_care_stand_beside_the_joint_one() -> None:
    found = moves({JOINT: RI}, {"in_care": GOOD, "care_leavers": POOR})
    assert found == {"in_care": "first_separate", "care_leavers": "first_separate", JOINT: "no_longer_judged"}
    told = judgements.changes(letter(judgements={JOINT: RI}), letter(judgements={"in_care": GOOD, "care_leavers": RI}))
    assert [(c.area, c.before, c.moved) for c in told] == [
        ("in_care", RI, True),
        ("care_leavers", RI, False),
        (JOINT, RI, False),
    ]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ({JOINT: "not judged"}, {"in_care": GOOD}, ("ilacs", "ilacs")),
        ({JOINT: RI}, {JOINT: GOOD, "in_care": GOOD}, ("ilacs", "ilacs")),
        ({JOINT: RI}, {"in_care": "not judged"}, ("ilacs", "ilacs")),
        ({"in_care": RI}, {"in_care": GOOD}, ("sif", "ilacs")),
        ({}, {"in_care": GOOD, "care_leavers": GOOD}, ("ilacs", "ilacs")),
        ({"in_care": RI, "care_leavers": RI}, {"in_care": GOOD, "care_leavers": GOOD}, ("ilacs", "ilacs")),
    ],
)
def test_nothing_else_is_a_first_separate_judgement(
    before: dict[str, str], after: dict[str, str], kinds: tuple[str, str]
) -> None:
    assert "first_separate" not in moves(before, after, kinds).values()


def test_sif_and_ilacs_share_only_the_overall_judgement() -> None:
    old = {"overall_effectiveness": POOR, "help_and_protection": POOR, "adoption_performance": GOOD}
    found = moves(old, {"overall_effectiveness": RI, "help_and_protection": RI}, ("sif", "ilacs"))
    assert found == {"overall_effectiveness": "improved", "help_and_protection": "new"}


@pytest.mark.parametrize("kind", ["focused_visit", "monitoring_visit", "jtai", "area_send", "looked_after", "unknown"])
def test_only_a_graded_inspection_changes_a_judgement(kind: str) -> None:
    assert moves({"overall_effectiveness": GOOD}, {"overall_effectiveness": RI}, ("ilacs", kind)) == {}


def test_the_previous_inspection_is_the_latest_graded_one_before() -> None:
    new = inspection("9", "2024-05-01", judgements={"in_care": GOOD}, inspection_start="2024-03-01")
    history = [
        inspection("1", "2018-05-01", judgements={"in_care": RI}),
        inspection("2", "2021-05-01", judgements={"in_care": RI}),
        inspection("3", "2023-05-01", kind="focused_visit"),
        inspection("3b", "2023-06-01", kind="sif", judgements={"lscb": POOR}),
        inspection("4", "2024-04-30", judgements={"in_care": GOOD}, inspection_start="2024-03-01"),  # its first issue
        inspection("5", "2025-05-01", judgements={"in_care": POOR}),
        new,
    ]
    earlier = judgements.previous(new, history)
    assert earlier is not None
    assert earlier.key == "2"


def test_versions_of_a_document_show_only_what_differs() -> None:
    old = letter(judgements={"in_care": GOOD, "care_leavers": RI})
    new = letter(judgements={"in_care": GOOD, "care_leavers": GOOD})
    assert [(c.area, c.direction) for c in judgements.version_changes(old, new)] == [("care_leavers", "improved")]
