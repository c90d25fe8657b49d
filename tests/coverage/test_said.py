"""Kinds of sentences and of pages, fifty of each and fifty of its opposite, in the files of `said/`. All are made up.

A line is one case. What it has to give stands before the first bar; a page has its title before the last one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.coverage.reading import read
from monitor.model import Voice

REGISTRY = Registry.load()
DEVON = REGISTRY.get("Devon")
FULL = "Ofsted has published its report on the inspection of Devon’s children’s services."  # noqa: RUF001
VISIT = "Ofsted has published its letter about a monitoring visit to Devon’s children’s services."  # noqa: RUF001
GRADES = ("judgement_now", "judgement_current_standing", "judgement_previous")


def sentence(words: str, where: Voice = Voice.NEWS, opening: str = FULL) -> Coverage:
    found = read(f"{opening}\n{words}", title=None, published="2024-06-12", own=DEVON, registry=REGISTRY, where=where)
    assert found.relevant, found.why
    return found


def page(case: str, where: Voice = Voice.NEWS) -> Coverage:
    title, _, text = case.partition(" | ")
    return read(text, title=title, published="2024-06-12", own=DEVON, registry=REGISTRY, where=where)


def grades(found: Coverage, *fields: str) -> set[str]:
    return {fact.value["grade"] for fact in found.facts if fact.field in fields}


def concerns(case: str, where: Voice = Voice.NEWS) -> bool:
    return page(case, where).relevant


def left_to_come(case: str) -> bool:
    return page(case).why == "an inspection that is still to come"


def is_left(case: str) -> bool:
    return not page(case, Voice.ITEM).relevant


def no_grade(case: str) -> bool:
    return not grades(sentence(case), *GRADES)


def given_now(case: str, where: Voice = Voice.NEWS) -> bool:
    grade, _, words = case.partition(" | ")
    found = sentence(words, where)
    return grades(found, "judgement_now") == {grade} and not grades(found, "judgement_previous")


def given_before(case: str) -> bool:
    grade, _, words = case.partition(" | ")
    found = sentence(words, Voice.MINUTES)
    return grades(found, "judgement_previous") == {grade} and not grades(found, "judgement_now")


def no_target(case: str) -> bool:
    return not grades(sentence(case), "target")


def target(case: str) -> bool:
    grade, _, words = case.partition(" | ")
    found = sentence(words)
    return grades(found, "target") == {grade} and grade not in grades(found, *GRADES)


def subjects(case: str) -> bool:
    names, title, text = case.split(" | ")
    found = read(text, title=title, published="2024-06-12", own=None, registry=REGISTRY, where=Voice.PRESS)
    return found.relevant and set(found.urns) == {REGISTRY.get(name).urn for name in names.split(", ")}


def no_improvement(case: str) -> bool:
    found = {(fact.field, fact.value) for fact in sentence(case, opening=VISIT).facts if fact.quote == case}
    return ("direction", "improving") not in found and "finding.positive" not in {field for field, _ in found}


def improvement(case: str) -> bool:
    found = sentence(case, opening=VISIT)
    return "improving" in {fact.value for fact in found.facts if fact.field == "direction" and fact.quote == case}


RIGHT: dict[str, Callable[[str], bool]] = {
    "after_an_inspection": concerns,
    "before_an_inspection": left_to_come,
    "no_judgement": no_grade,
    "judgement_all_the_same": given_now,
    "no_target": no_target,
    "target": target,
    "awarded": given_now,
    "awarded_otherwise": no_grade,
    "several_councils": subjects,
    "several_but": subjects,
    "recent": partial(given_now, where=Voice.MINUTES),
    "previous": given_before,
    "not_improving": no_improvement,
    "improving": improvement,
    "agenda_titles": partial(concerns, where=Voice.ITEM),
    "agenda_titles_beside": is_left,
}
"""For each file the check that each of its lines passes."""


def cases(kind: str) -> list[str]:
    return (Path(__file__).parent / "said" / f"{kind}.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("kind", RIGHT)
def test_each_kind_and_its_opposite_are_told_apart(kind: str) -> None:
    lines = cases(kind)
    assert len(lines) >= 50
    assert [line for line in lines if not RIGHT[kind](line)] == []


def test_every_file_of_cases_is_held() -> None:
    assert {path.stem for path in (Path(__file__).parent / "said").iterdir()} == set(RIGHT)
