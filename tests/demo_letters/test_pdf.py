"""The PDF writer and the layout: what comes back when PDFium reads what it wrote."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.demo_letters.layout import BODY, LABEL, LEFT, RIGHT, Cell, Flow
from tests.demo_letters.pdf import Pdf


def undressed(_pdf: Pdf) -> None:
    """Nothing on the page but its text."""


def texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def weight(data: bytes, word: str) -> int:
    """The weight of the type that a word of page 1 is set in."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[0].get_textpage()
        return int(pdfium.FPDFText_GetFontWeight(page, page.get_text_range().index(word)))


def flow(*paragraphs: str) -> bytes:
    made = Flow(undressed)
    for text in paragraphs:
        made.paragraph(text)
    return made.save()


def test_text_comes_back_with_a_typographic_apostrophe() -> None:
    assert texts(flow("Children's services")) == ["Children\u2019s services"]


def test_the_same_text_is_the_same_bytes_and_another_is_not() -> None:
    assert flow("One") == flow("One") != flow("Two")


def test_nothing_of_the_moment_is_in_the_file() -> None:
    data = flow("One")
    assert b"D:20000101000000" in data
    assert len({part.split(b">")[0] for part in data.split(b"/ID[<")[1:]}) == 1


def test_bold_type_is_known_as_bold() -> None:
    made = Flow(undressed)
    made.labelled("Lead inspector:", "Rowena Ashdown")
    data = made.save()
    assert weight(data, "Lead") >= 600 > weight(data, "Rowena")


def test_a_long_paragraph_is_wrapped_within_the_margins() -> None:
    made = Flow(undressed)
    lines = made.wrap("inspection " * 60, BODY, RIGHT - LEFT)
    assert len(lines) > 5
    assert all(made.pdf.width(line, BODY.font, BODY.size) <= RIGHT - LEFT for line in lines)
    assert " ".join(lines).split() == ["inspection"] * 60


def test_text_runs_on_to_further_pages() -> None:
    pages = texts(flow(*[f"Paragraph {n}" for n in range(60)]))
    assert len(pages) == 3
    assert "\n".join(pages).split("\n") == [f"Paragraph {n}" for n in range(60)]


def test_a_heading_is_not_left_alone_at_the_foot_of_a_page() -> None:
    made = Flow(undressed)
    for n in range(23):
        made.paragraph(f"Paragraph {n}")
    made.heading("Main findings")
    made.paragraph("The first of them.")
    assert texts(made.save())[-1].startswith("Main findings")


def test_a_footnote_stands_below_all_other_text_of_its_page() -> None:
    made = Flow(undressed)
    made.heading("What needs to improve?", note="1")
    made.footnote("1 A note.")
    made.paragraph("More text.")
    with pypdfium2.PdfDocument(made.save()) as document:
        page = document[0].get_textpage()
        read = page.get_text_range()
        heights = {word: page.get_charbox(read.index(word))[1] for word in ("What", "A note", "More")}
    assert "What needs to improve?1" in read
    assert heights["A note"] < heights["More"] < heights["What"]


@pytest.mark.parametrize(("cells", "rules"), [(1, 4), (2, 8)])
def test_a_table_is_ruled_with_lines(cells: int, rules: int) -> None:
    made = Flow(undressed)
    made.table([(Cell("Judgement", LABEL), Cell("Grade"))[:cells]], (LEFT, 297.5, RIGHT))
    with pypdfium2.PdfDocument(made.save()) as document:
        paths = list(document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]))
    assert len(paths) == rules
