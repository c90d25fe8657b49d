"""The two drawings: nothing on top of another thing, nothing outside, nothing left out."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.letter import Inspection, Letter
from monitor.reference import tables
from monitor.site import grades, tile_map, time_line
from monitor.site.time_line import LEFT, MARK_GAP, WIDTH, Happening
from tests.site.world import LATER, full

DAYS = st.dates(date(2013, 1, 1), date(2027, 12, 31))
SVG = "{http://www.w3.org/2000/svg}"


def test_every_council_has_its_square_and_no_two_share_one() -> None:
    places = tile_map.squares((*tables.tiles(), "nobody", "nobody else"))
    assert len(places) == len(tables.tiles()) + 2
    assert len(set(places.values())) == len(places)


def test_a_letter_stands_on_each_square_that_has_a_grade() -> None:
    shown = {"a": grades.shown("good"), "b": grades.shown("good"), "c": grades.NO_LONGER, "d": grades.NOT_KNOWN}
    found = tile_map.drawn(shown, {"a": (0, 0), "b": (3, 1), "c": (1, 1), "d": (2, 2)})
    by_css = {layer.css: layer for layer in found.layers}
    assert (by_css["g"].letters, by_css["g"].x, by_css["g"].y) == ("GG", "0.46 3.46", "0.67 1.67")
    assert [by_css[css].letters for css in ("n", "u")] == ["", ""]
    root = ElementTree.fromstring(tile_map.picture(found, letters=True))
    assert [e.text for e in root.iter(f"{SVG}text")] == ["GG"]
    assert [e.text for e in ElementTree.fromstring(tile_map.picture(found, letters=False)).iter(f"{SVG}text")] == []


def test_the_rest_of_england_is_drawn_pale_around_a_few_councils_and_not_around_made_up_ones() -> None:
    few = (*list(tables.tiles())[:3], "made up")
    places = tile_map.squares(few)
    shown = dict.fromkeys(few, grades.shown("good"))
    whole = tile_map.drawn(dict.fromkeys(tables.tiles(), grades.NOT_KNOWN), tile_map.squares(tuple(tables.tiles())))
    found = tile_map.drawn(shown, places)
    assert (found.others.count("M"), whole.others) == (len(tables.tiles()) - 3, "")
    assert found.width == whole.width
    assert all(tile_map.square_path(place) not in found.others for place in places.values())
    assert tile_map.drawn(shown, tile_map.squares(("made up",))).others == ""


@given(st.lists(DAYS, max_size=40))
def test_marks_keep_apart_and_inside(days: list[date]) -> None:
    found = time_line.drawn([Happening("visit", str(day), "x") for day in days], "2026-11-26")
    places = sorted(mark.x for mark in found.marks)
    assert len(places) == len(days)
    assert all(b - a >= MARK_GAP - 0.11 for a, b in pairwise(places))
    assert not places or (places[-1] <= WIDTH and places[0] >= LEFT)


@pytest.mark.parametrize("day", ["", "2012-12-31", "1999-01-01", "no day"])
def test_what_was_before_2013_or_never_is_not_drawn(day: str) -> None:
    assert time_line.drawn([Happening("full", day, "x")], "2026-11-26").marks == ()


def test_what_a_report_says_of_an_area_is_shown_and_nothing_else() -> None:
    joint = full("ilacs", "2021-05-04", "2021-05-14", {"in_care_and_care_leavers": "good"})
    new = full("ilacs", "2026-06-08", "2026-06-19", LATER)
    old = full("sif", "2015-11-02", "2015-11-20", {"in_care": "good"})
    of = {name: grades.all_areas(_inspection(made)) for name, made in (("joint", joint), ("new", new), ("old", old))}
    assert (of["joint"]["care_leavers"].letter, of["joint"]["care_leavers"].css) == ("g", "g")
    assert of["new"]["overall_effectiveness"].words == "No longer judged"
    assert of["joint"]["overall_effectiveness"] == grades.NOT_KNOWN
    assert "before 2018" in of["old"]["in_care"].note
    assert grades.of_area(None, "in_care") == grades.NOT_KNOWN


def _inspection(made: Letter) -> Inspection:
    return Inspection("1", "https://x.test", "2026-08-20", made)


def test_a_grade_of_an_unknown_scale_stays_in_its_own_words() -> None:
    assert grades.shown("not judged").full == "Not judged"
