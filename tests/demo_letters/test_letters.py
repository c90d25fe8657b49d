"""The made-up letters: they look like letters to a reader, and say what their draft says."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from monitor.councils.registry import Registry
from monitor.demo.councils import COUNCILS, write_registry
from monitor.demo.pages import long_date
from monitor.letters.reading import read
from tests.demo_letters.__main__ import FOLDER
from tests.demo_letters.dates import full_period, period, visit_days
from tests.demo_letters.draft import Draft, printed
from tests.demo_letters.history import drafts
from tests.demo_letters.ilacs import JUDGEMENTS
from tests.demo_letters.letters import SAMPLES, sample_draft, sample_letter, write
from tests.demo_letters.test_pdf import texts

ILACS = [name for name, draft in SAMPLES.items() if draft.kind == "ilacs"]
VISITS = [name for name, draft in SAMPLES.items() if draft.kind.endswith("visit")]


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    path = tmp_path_factory.mktemp("registry") / "councils.csv"
    write_registry(path)
    return Registry.load(path)


def in_order(text: str, words: list[str]) -> bool:
    rest = iter(text.split())
    return all(word in rest for phrase in words for word in phrase.replace("'", "\u2019").split())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_is_the_same_bytes_every_time(name: str) -> None:
    assert sample_letter(name) == sample_letter(name)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_has_pages_with_text_and_says_that_it_is_made_up(name: str) -> None:
    pages = texts(sample_letter(name))
    assert 2 <= len(pages) <= 6
    assert all(len(page) > 100 for page in pages)
    assert "made up for a demonstration" in pages[-1]


@pytest.mark.parametrize("name", ILACS)
def test_an_inspection_has_its_labels_and_grades_in_order_on_page_1(name: str) -> None:
    draft = sample_draft(name)
    rows = [words for area, label in JUDGEMENTS.items() if area in draft.judgements
            for words in (label, printed(draft.judgements[area]))]  # fmt: skip
    assert in_order(texts(write(draft))[0], ["Inspection dates:", "Lead inspector:", "Judgement Grade", *rows])


@pytest.mark.parametrize("name", ILACS)
def test_the_headings_repeat_the_grades(name: str) -> None:
    draft = sample_draft(name)
    text = " ".join(" ".join(texts(write(draft))).split())
    for area, grade in draft.judgements.items():
        if area != "overall_effectiveness":
            assert f"{JUDGEMENTS[area]}: {printed(grade).lower()}" in text


def test_the_older_inspection_has_a_numbered_table_under_a_sentence() -> None:
    page = texts(sample_letter("sif"))[0]
    assert in_order(
        page,
        [
            "Fenwick Vale Metropolitan Borough Council",
            "Inspection date: 2 to 26 November 2015",
            "Report published: 26 January 2016",
            "require improvement to be good",
            "1. Children who need help and protection Requires improvement",
            "2.1 Adoption performance Outstanding",
            "2.2 Experiences and progress of care leavers Inadequate",
            "3. Leadership, management and governance Requires improvement",
        ],
    )


@pytest.mark.parametrize("name", [*ILACS, "sif"])
def test_the_table_of_page_1_is_ruled_with_path_objects(name: str) -> None:
    with pypdfium2.PdfDocument(sample_letter(name)) as document:
        page = document[0]
        boxes = [item.get_bounds() for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    upright = [box for box in boxes if box[2] - box[0] < 2 < box[3] - box[1] and box[3] < 700]
    assert len({round(box[0]) for box in upright}) >= 3
    assert len(upright) >= 2 * len(sample_draft(name).judgements)


@pytest.mark.parametrize("name", VISITS)
def test_a_visit_is_a_letter_without_grades(name: str) -> None:
    draft = sample_draft(name)
    pages = texts(sample_letter(name))
    words = " ".join(pages[0].split())
    assert f"{long_date(draft.published)} Ms Imogen Castellane" in words
    assert "Dear Ms Castellane" in words
    assert f"children\u2019s services on {visit_days(draft.start, draft.end)}." in words
    assert "Headline findings" in words
    assert "Yours sincerely" in pages[-1]
    assert "Judgement Grade" not in words


def test_fields_can_be_overridden() -> None:
    page = texts(sample_letter("ilacs", council="Wealdshire", inspectors=("Ada Finch",)))[0]
    assert "Inspection of Wealdshire local authority" in page
    assert "Ada Finch, His Majesty\u2019s Inspector" in page


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 5, 11), date(2026, 5, 22), "11 to 22 May 2026"),
        (date(2026, 9, 28), date(2026, 10, 9), "28 September to 9 October 2026"),
        (date(2022, 12, 5), date(2023, 1, 6), "5 December 2022 to 6 January 2023"),
    ],
)
def test_the_dates_of_an_inspection(start: date, end: date, words: str) -> None:
    assert period(start, end) == words
    assert full_period(start, end) == f"{long_date(start)} to {long_date(end)}"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2024, 6, 26), date(2024, 6, 27), "26 and 27 June 2024"),
        (date(2024, 1, 31), date(2024, 2, 1), "31 January and 1 February 2024"),
        (date(2025, 11, 26), date(2025, 11, 26), "26 November 2025"),
        (date(2025, 7, 22), date(2025, 7, 24), "22 to 24 July 2025"),
    ],
)
def test_the_days_of_a_visit(start: date, end: date, words: str) -> None:
    assert visit_days(start, end) == words


def test_the_demonstrations_files_are_what_is_written_today() -> None:
    """Where this fails after a change of the letters or of PDFium: `python -m tests.demo_letters`."""
    assert {path.stem: path.read_bytes() for path in FOLDER.glob("*.pdf")} == {n: write(d) for n, d in drafts().items()}


@pytest.mark.parametrize("draft", [*SAMPLES.values(), *drafts().values()], ids=lambda d: f"{d.key} {d.published}")
def test_the_reader_finds_what_the_letter_was_made_from(draft: Draft, registry: Registry) -> None:
    letter = read(write(draft), registry)
    assert letter.kind == draft.kind
    assert letter.council == draft.council
    assert letter.judgements == draft.judgements
    assert letter.inspection_start == draft.start.isoformat()
    assert letter.inspection_end == draft.end.isoformat()
    if draft.judgements:
        assert letter.lead_inspector == draft.inspectors[0]


@pytest.mark.parametrize("grade", ["outstanding", "good", "requires improvement", "inadequate"])
@pytest.mark.parametrize("name", [*ILACS, "sif"])
def test_the_reader_finds_every_grade_in_every_row(name: str, grade: str, registry: Registry) -> None:
    draft = sample_draft(name)
    draft = dataclasses.replace(draft, judgements=dict.fromkeys(draft.judgements, grade))
    assert read(write(draft), registry).judgements == draft.judgements


def test_the_councils_are_nobodys(registry: Registry, tmp_path: Path) -> None:
    real = Registry.load()
    names = {name for council in real for name in council.names} | {council.urn for council in real}
    assert not names & {name for council in COUNCILS for name in (*council.names, council.urn)}
    assert [council.name for council in registry] == [council.name for council in COUNCILS]
    assert not {council.gss_code for council in real} & {council.gss_code for council in COUNCILS}
