"""The picture of judgements: what stands in which cell, its words, its size, and colours that all can tell apart."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from typing import Any

import pytest
from PIL import Image

from monitor.model import Change, Event
from monitor.wording.grading import AREAS
from notifiers.chart import draw, picture
from notifiers.chart.grid import Grid, grid
from tests.notifiers.colours import contrast, linear
from tests.notifiers.notifier_samples import CASES, HOSTILE_TEXTS, hostile, ilacs, make_event, visit, with_history

RI = "requires improvement"
CVD = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""How colours look without one kind of cone (Machado, Oliveira and Fernandes, 2009), on linear RGB."""


def inspected(published: str, kind: str = "ilacs", **judged: str) -> dict[str, Any]:
    return {"published": published, "kind": kind, "judgements": judged}


def event_of(*history: dict[str, Any], **given: Any) -> Event:
    last = history[-1]
    return ilacs(after={"kind": last["kind"], "judgements": last["judgements"], "history": list(history)}, **given)


def table(*history: dict[str, Any], **given: Any) -> Grid:
    found = grid(event_of(*history, **given))
    assert found is not None
    return found


def shown(found: Grid) -> list[tuple[int, str, int, str]]:
    return [(c.column, found.areas[c.row], c.rows, c.text) for c in found.cells]


FIRST = inspected("2020-03-19", overall_effectiveness=RI, in_care_and_care_leavers="good")
SPLIT = inspected("2025-05-13", overall_effectiveness="good", in_care="outstanding", care_leavers="good")


def test_each_inspection_has_a_column_and_each_area_a_row() -> None:
    found = table(inspected("2020-03-19", help_and_protection="good"), inspected("2025-05-13", help_and_protection=RI))
    assert [(c.when, c.framework, c.own) for c in found.columns] == [
        ("Mar 2020", "ILACS", False),
        ("May 2025", "ILACS", True),
    ]
    assert shown(found) == [
        (0, "Help and protection", 1, "Good"),
        (1, "Help and protection", 1, "Requires improvement"),
    ]


def test_the_former_care_judgement_stands_beside_both_of_todays() -> None:
    assert shown(table(FIRST, SPLIT))[1:] == [
        (0, "Children in care", 2, "Good"),
        (1, "Overall effectiveness", 1, "Good"),
        (1, "Children in care", 1, "Outstanding"),
        (1, "Care leavers", 1, "Good"),
    ]


def test_of_another_framework_only_overall_effectiveness_is_comparable() -> None:
    sif = inspected("2016-01-20", "sif", overall_effectiveness=RI, in_care="inadequate", lscb="good")
    found = shown(table(sif, SPLIT))
    assert found[:2] == [
        (0, "Overall effectiveness", 1, "Requires improvement"),
        (0, "Children in care", 2, "SIF judged other areas"),
    ]
    assert "Inadequate" not in str(found)


def test_a_judgement_that_ended_is_said_and_one_never_made_too() -> None:
    new = inspected("2026-06-17", in_care="good", care_leavers="good")
    assert shown(table(SPLIT, new))[3] == (1, "Overall effectiveness", 1, "No longer judged")
    assert shown(table(inspected("2024-01-01", in_care="good"), new))[1] == (0, "Care leavers", 1, "Not judged")


def test_the_way_is_the_events_own_and_only_on_this_report() -> None:
    moved = table(FIRST, SPLIT, changes=(Change("overall_effectiveness", RI, "good", "improved"),))
    assert [(c.column, c.way) for c in moved.cells if c.way] == [(1, "improved")]


def test_a_correction_is_no_move() -> None:
    changes = (Change("overall_effectiveness", RI, "good", "improved"),)
    corrected = table(FIRST, SPLIT, changes=changes, kind="report.replaced")
    assert not [c for c in corrected.cells if c.way]


def test_the_picture_is_small_sharp_and_the_same_every_time() -> None:
    grades = ["good", RI, "inadequate", "outstanding", "good"]
    past = [inspected(f"20{10 + i}-01-01", **dict.fromkeys(list(AREAS)[:6], g)) for i, g in enumerate(grades)]
    made = picture.picture(event_of(*past))
    assert made is not None
    image = Image.open(BytesIO(made.png))
    assert image.size == (made.width * 2, made.height * 2)
    assert made.width <= 600
    assert len(made.png) < 60_000
    assert picture.picture(event_of(*past)) == made


def test_the_words_say_all_that_the_picture_shows() -> None:
    made = picture.picture(event_of(FIRST, SPLIT, changes=(Change("overall_effectiveness", RI, "good", "improved"),)))
    assert made is not None
    assert made.alt == (
        "Devon: Ofsted's judgements over the years. "
        "May 2025 (ILACS, this report): Overall effectiveness Good (improved), Children in care Outstanding, "
        "Care leavers Good. "
        "Mar 2020 (ILACS): Overall effectiveness Requires improvement, Children in care and care leavers Good."
    )


@pytest.mark.parametrize(
    "event",
    [
        ilacs(),
        event_of(SPLIT),
        visit(after={"kind": "focused_visit", "history": [FIRST, SPLIT]}),
        ilacs(kind="report.withdrawn", after={"kind": "ilacs", "history": [FIRST, SPLIT]}),
        make_event("press.published", after={"kind": "ilacs", "history": [FIRST, SPLIT]}),
        *(ilacs(after={"kind": "ilacs", "history": wrong}) for wrong in (None, 7, "x", [7, None], [{}, {}], [[], []])),
        ilacs(after={"kind": "ilacs", "history": [{"kind": "ilacs", "judgements": 7}] * 3}),
        ilacs(after={"kind": "ilacs", "history": [inspected("2020-01-01", lscb="good")] * 2}),
        ilacs(after=None),
    ],
)
def test_without_two_graded_inspections_there_is_no_picture(event: Event) -> None:
    assert picture.picture(event) is None


def test_any_text_can_be_drawn() -> None:
    for text in HOSTILE_TEXTS:
        event = hostile(text)
        past = [{"published": text, "kind": "ilacs", "judgements": {text: text, "in_care": text}}] * 7
        made = picture.picture(replace(event, kind="report.published", after={"kind": "ilacs", "history": past}))
        assert made is None or (made.width <= 600 and len(made.png) < 60_000 and made.alt.isprintable())


def test_the_pillow_library_is_loaded_for_a_picture_only() -> None:
    said = "import sys, notifiers.mail.notifier, notifiers.chart; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_report_with_a_history_in_the_samples_has_a_picture() -> None:
    assert picture.picture(with_history()) is not None
    assert picture.picture(CASES["report.published"]) is not None


# colours


@pytest.mark.parametrize("pair", [*draw.GRADES.values(), draw.OTHER, draw.NONE, draw.BESIDE])
def test_words_stand_out_from_their_cell(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 4.5


@pytest.mark.parametrize("kind", CVD)
def test_grades_differ_for_every_kind_of_colour_vision(kind: str) -> None:
    seen = [
        [sum(w * c for w, c in zip(row, linear(fill), strict=True)) for row in CVD[kind]]
        for fill, _ in draw.GRADES.values()
    ]
    assert min(sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5 for pair in combinations(seen, 2)) > 0.15


def test_a_grade_has_its_colour_in_the_picture_itself() -> None:
    made = picture.picture(event_of(FIRST, SPLIT))
    assert made is not None
    found = Image.open(BytesIO(made.png)).convert("RGB").getcolors(10_000) or []
    areas = {colour: pixels for pixels, colour in found}
    for grade in ("good", "outstanding", RI):
        fill = draw.GRADES[grade][0]
        near = [n for c, n in areas.items() if max(abs(a - b) for a, b in zip(c, rgb(fill), strict=True)) <= 4]
        assert sum(near) > 5_000, grade


def rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
