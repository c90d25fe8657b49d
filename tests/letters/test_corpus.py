"""Real letters against their labels: every value right, every word of evidence where it is said to be.

The exceptions were read on the rendered page; each says why the label and not the reading is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from monitor.model import Letter
from tests.read_letters import READ_ONCE, Read, read_letters

pytestmark = [pytest.mark.corpus, pytest.mark.slow, READ_ONCE]
"""Slow by its nature: five hundred letters are read."""

GOLDEN = Path(__file__).with_name("golden")
JUDGEMENTS = (
    "overall_effectiveness", "impact_of_leaders", "help_and_protection", "in_care", "care_leavers",
    "in_care_and_care_leavers", "adoption_performance", "lscb",
)  # fmt: skip

EXCEPTIONS = {
    ("letters/sif/80555/2015-03-27_2755542.pdf", "lscb"): "the page says so; the label was left blank unverified",
    ("letters/jtai/80485/2016-08-03_50000222.pdf", "areas_for_priority_action"): (
        "page 2 has the heading, in the plural that the label's search did not know"
    ),
}


@pytest.fixture(scope="module")
def readings(shared: Path) -> list[Read]:
    assert shared.is_dir()
    return read_letters()


def wrong(readings: list[Read], field: str, kinds: str, *, where_labelled: bool = False) -> Iterator[str]:
    """Where a field of these kinds differs from its label; `where_labelled` passes over blank labels."""
    for one in readings:
        path, label = one.row["path"], one.row[field]
        if one.row["kind"] not in kinds.split() or "not_pdf" in one.row["flags"] or (path, field) in EXCEPTIONS:
            continue
        found = value(one.letter, field)
        if found != label and not (where_labelled and not label):
            yield f"{path}: {field} is {label!r}, read as {found!r}"


def value(letter: Letter, field: str) -> str:
    """A field in the words of the labels."""
    if field in JUDGEMENTS:
        return letter.judgements.get(field, "")
    named = {"local_authority": letter.council, "areas_for_priority_action": str(bool(letter.priority_actions))}
    return str(named.get(field, getattr(letter, field, None)) or "")


def name_alone(printed: str) -> str:
    """The label's name without the title that stands beside it."""
    for title in (", His Majesty's Inspector", ", Her Majesty's Inspector", " HMI", ", HMI"):
        printed = printed.removesuffix(",").replace(title, "").removesuffix(",")
    return printed.replace(", and ", " and ")


@pytest.mark.parametrize("field", JUDGEMENTS)
def test_judgements(readings: list[Read], field: str) -> None:
    assert list(wrong(readings, field, "ilacs sif other")) == []


@pytest.mark.parametrize("field", ["inspection_start", "inspection_end"])
def test_inspection_dates(readings: list[Read], field: str) -> None:
    assert list(wrong(readings, field, "ilacs sif")) == []
    assert list(wrong(readings, field, "focused_visit jtai area_send other", where_labelled=True)) == []


@pytest.mark.parametrize("field", ["local_authority", "urn"])
def test_councils(readings: list[Read], field: str) -> None:
    assert list(wrong(readings, field, "ilacs sif focused_visit jtai area_send other")) == []


def test_kinds(readings: list[Read]) -> None:
    narrower = {"looked_after": "other", "unknown": "other"}
    assert [r.row["path"] for r in readings if narrower.get(r.letter.kind, r.letter.kind) != r.row["kind"]] == []


def test_lead_inspectors(readings: list[Read]) -> None:
    rows = [r for r in readings if r.row["kind"] == "ilacs" or r.row["lead_inspector"]]
    assert [
        (r.row["path"], r.letter.lead_inspector)
        for r in rows
        if (r.letter.lead_inspector or "") != name_alone(r.row["lead_inspector"])
    ] == []


def test_short_and_standard_inspections(readings: list[Read]) -> None:
    assert list(wrong(readings, "variant", "ilacs")) == []


def test_area_send_outcomes(readings: list[Read]) -> None:
    assert list(wrong(readings, "outcome", "area_send")) == []


def test_areas_for_priority_action(readings: list[Read]) -> None:
    assert list(wrong(readings, "areas_for_priority_action", "focused_visit jtai")) == []


def test_earlier_judgements_are_those_of_the_report_before(readings: list[Read]) -> None:
    rows = [r for r in readings if r.letter.previous and r.row["previous_overall_stated"]]
    assert len(rows) > 30
    assert [r.row["path"] for r in rows if r.row["previous_overall"] not in {p.grade for p in r.letter.previous}] == []


def test_files_that_are_no_pdf_say_so(readings: list[Read]) -> None:
    found = [r.letter.problems for r in readings if "not_pdf" in r.row["flags"]]
    assert found == [["the file is a web page, not a PDF"]] * 3


def test_every_quote_stands_on_its_page(readings: list[Read]) -> None:
    assert [(r.row["path"], r.misplaced) for r in readings if r.misplaced] == []


def test_every_value_has_evidence(readings: list[Read]) -> None:
    for letter in (one.letter for one in readings):
        fields = ("council", "title", "inspection_start", "inspection_end", "letter_date", "lead_inspector", "outcome")
        wanted = {f for f in fields if getattr(letter, f)} | {f"judgements.{area}" for area in letter.judgements}
        assert wanted <= letter.evidence.keys()


def test_feet_that_contradict_the_first_page_are_told(readings: list[Read]) -> None:
    told = {r.row["path"] for r in readings if any(p.startswith("the foot of page") for p in r.letter.problems)}
    assert told == {
        "letters/ilacs/80465/2022-07-05_50187560.pdf",
        "letters/ilacs/80469/2025-01-29_50267802.pdf",
        "letters/ilacs/80519/2025-01-13_50266091.pdf",
        "letters/ilacs/80555/2026-06-17_50304387.pdf",
    }


def test_summaries_fit_a_message(readings: list[Read]) -> None:
    graded = [r for r in readings if r.row["kind"] in {"ilacs", "focused_visit", "jtai", "area_send"}]
    assert all(r.letter.summary for r in graded)
    assert max(sum(len(q.text) + 1 for q in r.letter.summary) for r in graded) <= 601


def test_no_item_holds_a_bullet_s_beginning_or_a_foot(readings: list[Read]) -> None:
    items = [q.text for r in readings for q in (*r.letter.improvements, *r.letter.priority_actions)]
    assert len(items) > 3000
    assert [text for text in items if not text[0].isalnum() and text[0] not in "\u2018\u201c"] == []
    assert [text for text in items if "Piccadilly Gate" in text or "Inspection of" in text[-90:]] == []


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_what_a_letter_asks_for(golden: Path, readings: list[Read]) -> None:
    """Lists that the reader wrote, then checked against the text around each item, extracted separately: it
    begins at its bullet, number or table row, ends before the next, and only sub-headings are left over."""
    expected = json.loads(golden.read_text(encoding="utf-8"))
    letter = next(r.letter for r in readings if r.row["path"] == expected["path"])
    assert [asdict(q) for q in letter.priority_actions] == expected["priority_actions"]
    assert [asdict(q) for q in letter.improvements] == expected["improvements"]
