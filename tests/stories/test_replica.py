"""The joining held against the replica's truth, a quarter of a year of it; `benchmarks.stories` has the whole."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmarks import stories as bench
from benchmarks.story_pages import Page, stand_in
from monitor.model import Document, Letter, Record
from monitor.stories.item import StoryItem, of_letter

pytestmark = [pytest.mark.corpus, pytest.mark.slow]
KINDS = ("ilacs", "focused_visit", "jtai", "area_send")


@pytest.fixture(scope="module")
def letters(shared: Path) -> bench.Letters:
    """Ofsted's letters by the labels of the corpus, for reading 500 of them takes a minute."""
    with (shared / "corpus" / "gold.csv").open(encoding="utf-8-sig", newline="") as handle:
        return {row["file_id"]: _piece(row) for row in csv.DictReader(handle) if row["kind"] in KINDS}


def _piece(row: dict[str, str]) -> StoryItem:
    start, end = row["inspection_start"] or None, row["inspection_end"] or None
    letter = Letter(row["kind"], row["sha256"], 1, inspection_start=start, inspection_end=end)
    document = Document(row["sha256"], 1, "application/pdf")
    record = Record("ofsted", row["urn"], "report", row["file_id"], "", "", row["published"], {}, document)
    return of_letter(record, letter, row["urn"])


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[Page]:
    return bench.fetch("2025-01-01", "2025-04-30")


def test_pages_are_joined_to_their_letters_in_whatever_order(letters: bench.Letters, pages: list[Page]) -> None:
    found = [(page, bench.pieces_of(page, stand_in)) for page in pages]
    named = {page.file_id for page in pages} - {None}
    known = {k: v for k, v in letters.items() if k in named or (v.published or "") >= "2024-01-01"}
    measured = bench.measure(known, found)
    assert measured.right > 100
    assert (measured.precision, measured.recall) == (1.0, 1.0)
    assert bench.measure(known, found, shuffle=3).partition == measured.partition


def test_each_seed_is_in_a_story_of_the_right_council(letters: bench.Letters, pages: list[Page]) -> None:
    found = [(page, bench.pieces_of(page, stand_in)) for page in pages if page.seed]
    measured = bench.measure(letters, found)
    placed = {
        (page.record.source, page.urn): story
        for page, pieces in found
        for piece in pieces
        if (story := measured.councils[page.urn].story_of(piece.name))
    }
    assert {where: story.kind for where, story in placed.items()} == {
        ("newsroom", "80461"): None,
        ("moderngov", "80461"): "monitoring_visit",
        ("press", "80464"): "monitoring_visit",
        ("press", "80470"): "monitoring_visit",
        ("press", "80555"): None,
    }
    assert all(not story.letters and story.urn == urn for (_, urn), story in placed.items())
