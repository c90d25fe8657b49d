"""One letter in five outlets that disagree about the days of the visit: one story, the conflict kept and shown."""

from __future__ import annotations

from itertools import permutations

import pytest

from benchmarks.stories import place
from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.model import Fact, Letter, Quote, Record
from monitor.stories.arranging import Arranged, arrange
from monitor.stories.item import StoryItem, of_letter, of_page
from monitor.stories.view import as_json, conflicts
from tests import dudley
from tests.making import document

LETTER = Letter(
    "monitoring_visit",
    "c" * 64,
    5,
    inspection_start="2017-10-12",
    inspection_end="2017-10-13",
    letter_date="2017-11-10",
    evidence={"inspection_start": Quote("the visit on 12 and 13 October 2017", 1)},
)


def pages(read: object = dudley.coverage) -> list[StoryItem]:
    assert callable(read)
    return [of_page(record, read(record), dudley.DUDLEY) for record in dudley.records()]


def ofsteds() -> StoryItem:
    record = Record("ofsted", dudley.DUDLEY, "report", "50000001", "", "Visit", "2017-11-10", {}, document("c" * 64))
    return of_letter(record, LETTER, dudley.DUDLEY)


def test_five_outlets_are_one_story_in_whatever_order() -> None:
    found = pages()
    for order in permutations(found):
        known = Arranged()
        for piece in order:
            known = place(piece, known)
        assert [len(s.members) for s in known.stories] == [5]


def test_both_visit_dates_are_kept_and_shown_as_a_conflict() -> None:
    (story,) = arrange(pages()).stories
    (conflict,) = conflicts(story)
    assert conflict["field"] == "visit_dates"
    assert {v["source"]: v["value"] for v in conflict["values"]} == {
        "Express & Star": ["12 and 13 October"],
        "Dudley News": ["2017-10-11", "2017-10-12"],
    }
    assert all(v["quote"] in dudley.PAGES[v["source"]][2] for v in conflict["values"])


def test_a_month_and_its_year_are_no_conflict_and_another_year_is() -> None:
    found = pages()
    assert "judgement_previous" not in {c["field"] for c in conflicts(arrange(found).stories[0])}
    star = next(r for r in dudley.records() if r.target == "Express & Star")
    other = Fact("judgement_previous", {"grade": "inadequate", "year": 2017}, "rated inadequate earlier this year")
    said = of_page(star, Coverage(True, "", (dudley.DUDLEY,), "monitoring_visit", facts=(other,)), dudley.DUDLEY)
    fields = {c["field"] for c in conflicts(place(said, arrange(found)).stories[0])}
    assert "judgement_previous" in fields


def test_the_letter_joins_them_and_settles_nothing() -> None:
    before = arrange(pages())
    (story,) = place(ofsteds(), before).stories
    assert story.id == before.stories[0].id
    shown = as_json(story)
    assert [e["date"] for e in shown["timeline"]] == [
        "2017-11-10", "2017-11-10", "2017-11-10", "2017-11-14", "2017-11-15", "2017-11-16",
    ]  # fmt: skip
    (conflict,) = shown["conflicts"]
    assert [v["source"] for v in conflict["values"]] == ["Ofsted", "Dudley News", "Express & Star"]


def test_the_program_s_own_reading_finds_the_same_story_and_conflict() -> None:
    coverage = pytest.importorskip("monitor.coverage.reading", reason="pages are not read yet")
    registry = Registry.load()

    def read(record: Record) -> Coverage:
        own = registry.by_urn(record.target)
        where = "news" if own else "press"
        found: Coverage = coverage.read(
            record.text, title=record.title, published=record.published, own=own, registry=registry, where=where
        )
        assert (found.relevant, found.urns) == (True, (dudley.DUDLEY,)), record.target
        return found

    (story,) = arrange(pages(read)).stories
    assert len(story.members) == 5
    visits = next(c for c in conflicts(story) if c["field"] == "visit_dates")
    assert {v["source"] for v in visits["values"]} == {"Express & Star", "Dudley News"}
