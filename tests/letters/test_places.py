"""Where a letter's findings stand: what sums up, what is a section's own, and what is no finding at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.letters.pdf import open_letter
from monitor.letters.places import Placed, placed
from tests.letters.sheets import Sheet

COVER = "It is Ofsted's expectation that all children receive good help, care and protection."
BOARD = "The LSCB coordinates the activity of statutory partners."
STRENGTHS = "The Local Authority has the following strengths"


def found(sheet: Sheet, kind: str) -> dict[str, Placed]:
    return {one.quote.text: one for one in placed(open_letter(sheet.bytes()), kind)}


def joint_letter() -> Sheet:
    sheet = Sheet().write("Joint targeted area inspection of the multi-agency response to neglect in Devon", bold=True)
    sheet.write("Between 5 and 9 December 2016, Ofsted and others undertook a joint inspection in Devon.", gap=20)
    sheet.write("The inspectorates recognise the complexities for agencies. Risk is not always apparent.", gap=20)
    sheet.new_page()
    sheet.write("Partners in Devon know their children well. Their plans are too slow.", gap=20)
    sheet.write("Key Strengths", bold=True).write("\u2022 Early help is effective.", gap=20)
    sheet.write("Areas for improvement", bold=True).write("\u2022 Strategy meetings are held late.", gap=20)
    return sheet.write("Leadership and management", bold=True).write("\u2022 Audits are too few.", gap=20)


def test_a_joint_inspection_sums_up_after_its_introduction() -> None:
    every = found(joint_letter(), "jtai")
    assert {text: one.place for text, one in every.items()} == {
        "Partners in Devon know their children well.": "verdict",
        "Their plans are too slow.": "verdict",
        "Early help is effective.": "effective",
        "Strategy meetings are held late.": "findings",
        "Audits are too few.": "leaders",
    }
    first = every["Partners in Devon know their children well."]
    assert (first.number, first.front, first.quote.page) == (0, True, 2)


def test_the_cover_of_a_report_of_2014_and_its_board_are_no_finding() -> None:
    sheet = Sheet().write("Inspection of services for children in need of help and protection", size=18)
    sheet.write("1. Children who need help and protection Good", bold=True).write(COVER)
    sheet.write("3. Leadership, management and governance Good", bold=True).write(BOARD).new_page()
    sheet.write("Summary of key findings", size=14, bold=True).write("This Local Authority is good because", bold=True)
    sheet.write("\u2022 Children are seen often.", f"\u2022 {BOARD}").write(STRENGTHS, bold=True)
    every = found(sheet.write("\u2022 Adopters are found quickly."), "sif")
    assert {text: one.place for text, one in every.items()} == {
        "Children are seen often.": "verdict",
        "Adopters are found quickly.": "effective",
    }


def test_the_rest_of_a_sentence_that_a_page_cuts_is_no_sentence() -> None:
    sheet = Sheet().write("Overview", bold=True).write("Weak audits in the council and in").new_page()
    every = found(
        sheet.write("Merseyside Police prevent leaders from acting. Children wait too long."), "focused_visit"
    )
    assert list(every) == ["Children wait too long."]


def test_what_a_monitoring_visit_covered_is_no_finding() -> None:
    sheet = Sheet().write("Monitoring visit to Devon children's services", bold=True)
    sheet.write("Areas covered by the visit", bold=True).write("The visit was about the front door.")
    every = found(sheet.write("Overview", bold=True).write("Children are safer."), "monitoring_visit")
    assert {text: one.place for text, one in every.items()} == {"Children are safer.": "verdict"}


@pytest.mark.corpus
def test_no_real_letter_introduces_itself_in_what_it_finds(corpus: Path) -> None:
    told = list(_of_kinds(corpus, jtai="Joint", sif="Ofsted\u2019s expectation", focused_visit="Chief Inspector"))
    opening = (
        "This letter summarises",
        "This inspection took",
        "The inspectorates recognise",
        "The LSCB ",
        "The methodology",
    )
    assert [one.quote.text for one in told if one.quote.text.startswith(opening)] == []


def _of_kinds(corpus: Path, **kinds: str) -> Iterator[Placed]:
    """What every twelfth letter of these kinds finds; each kind says words of the page that must have been there."""
    for kind, words in kinds.items():
        paths = sorted((corpus / "letters" / kind).rglob("*.pdf"))[::12]
        documents = [open_letter(path.read_bytes()) for path in paths]
        assert any(words in document.pages[0].flow for document in documents)
        for document in documents:
            yield from placed(document, kind)
