"""Words that stand in a file and on no page, and words that are struck out: they are no words of the document, give no
grade, and are counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor.councils.registry import Registry
from monitor.letters.reading import read
from monitor.model.letter import STRUCK, UNSEEN
from soak.corpus import page_texts
from tests.demo_letters.pdf import Pdf

TITLE, DATES = "Inspection of Devon local authority children's services", "Inspection dates: 3 to 14 March 2025"
ROW = ("The experiences and progress of children in care", "Good")
OTHER = ("Overall effectiveness", "Inadequate")
LEFT, MIDDLE = 72.0, 400.0


def front(hide: Callable[[Pdf], None]) -> bytes:
    """A report's first page with a table of one judgement, and what `hide` puts on it."""
    pdf = Pdf()
    pdf.new_page()
    pdf.text(LEFT, 760, TITLE, size=18)
    pdf.text(LEFT, 730, DATES, "Helvetica-Bold")
    row(pdf, 622, ("Judgement", "Grade"))
    row(pdf, 600, ROW)
    hide(pdf)
    pdf.new_page()
    for line in range(30):
        pdf.text(LEFT, 760 - 20 * line, "Children are seen and heard in all of the teams.")
    return pdf.finish()


def row(pdf: Pdf, y: float, words: tuple[str, str], grey: int = 0, x: float = 0.0) -> None:
    for place, cell in zip((LEFT, MIDDLE), words, strict=True):
        pdf.text(x + place + 4, y, cell, size=9, grey=grey)
    for height in (y - 8, y + 14):
        pdf.line([(x + LEFT, height), (x + 520, height)])
    for across in (LEFT, MIDDLE, 520.0):
        pdf.line([(x + across, y - 8), (x + across, y + 14)])


def white(pdf: Pdf) -> None:
    row(pdf, 500, OTHER, grey=255)


def under_a_box(pdf: Pdf) -> None:
    row(pdf, 500, OTHER)
    pdf.line([(LEFT - 5, 503), (530, 503)], width=40, grey=255)


def blacked_out(pdf: Pdf) -> None:
    row(pdf, 500, OTHER)
    pdf.line([(LEFT - 5, 503), (530, 503)], width=40)


def below_the_page(pdf: Pdf) -> None:
    row(pdf, -60, OTHER)


def beside_the_page(pdf: Pdf) -> None:
    row(pdf, 500, OTHER, x=600.0)


@pytest.mark.parametrize("hide", [white, under_a_box, blacked_out, below_the_page, beside_the_page])
def test_a_row_that_nobody_sees_gives_no_grade_and_is_told(registry: Registry, hide: Callable[[Pdf], None]) -> None:
    data = front(hide)
    found = read(data, registry)
    assert (found.kind, found.judgements) == ("ilacs", {"in_care": "good"})
    assert f'{UNSEEN}; they were left out: 3, from page 1 "Overall effectiveness Inadequate"' in found.problems
    assert "nadequate" not in " ".join(page_texts(data))


def test_a_grade_that_nobody_sees_beside_a_label_is_none(registry: Registry) -> None:
    def hide(pdf: Pdf) -> None:
        row(pdf, 500, (OTHER[0], ""))
        pdf.text(MIDDLE + 4, 500, OTHER[1], size=9, grey=255)

    assert read(front(hide), registry).judgements == {"in_care": "good"}


def white_on_black(pdf: Pdf) -> None:
    pdf.line([(LEFT - 5, 503), (530, 503)], width=40)
    row(pdf, 500, OTHER, grey=255)


def pale(pdf: Pdf) -> None:
    row(pdf, 500, OTHER, grey=200)


@pytest.mark.parametrize("show", [white_on_black, pale, lambda pdf: row(pdf, 500, OTHER)])
def test_what_people_can_read_counts_whatever_its_colour(registry: Registry, show: Callable[[Pdf], None]) -> None:
    found = read(front(show), registry)
    assert found.judgements == {"in_care": "good", "overall_effectiveness": "inadequate"}
    assert not any(problem.startswith(UNSEEN) for problem in found.problems)


def one_page(content: bytes, page: bytes = b"", catalog: bytes = b"", *more: bytes) -> bytes:
    """A file of one page by its operators, with what `page` and `catalog` add to those objects, and more objects from
    number 6."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%b>>" % catalog,
        b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>%b>>>>" % page,
        *more,
    ]
    body = b"".join(b"%d 0 obj%b endobj\n" % (number, held) for number, held in enumerate(objects, start=1))
    return b"%PDF-1.5\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


WORDS = b"BT /F 12 Tf 72 700 Td (Services are inadequate.) Tj ET"
LAYER = b"<</Type/OCG/Name(Draft)>>"
OF_LAYER = b"/Properties<</L 6 0 R>>"


@pytest.mark.parametrize(("state", "seen"), [(b"OFF", False), (b"ON", True)])
def test_a_layer_that_is_switched_off_is_not_read(registry: Registry, state: bytes, seen: bool) -> None:
    layers = b"/OCProperties<</OCGs[6 0 R]/D<</%b[6 0 R]>>>>" % state
    data = one_page(b"/OC /L BDC %b EMC" % WORDS, OF_LAYER, layers, LAYER)
    if seen:
        assert page_texts(data) == ["Services are inadequate."]
    else:
        assert read(data, registry).problems == ["the file's pages show none of its words"]


def test_what_a_scanner_read_under_the_picture_of_a_page_is_read() -> None:
    """The picture has strokes where the words are; the words themselves are drawn invisibly over it."""
    picture = b"0 g " + b" ".join(b"%d 698 2 12 re f" % x for x in range(72, 210, 5))
    invisible = WORDS.replace(b"Td (", b"Td 3 Tr (")
    assert page_texts(one_page(picture + b"\n" + invisible)) == ["Services are inadequate."]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_shows_its_words_and_hides_what_is_white(turned: int) -> None:
    content = WORDS + b" 1 g " + WORDS.replace(b"700", b"400").replace(b"are", b"were")
    data = one_page(content).replace(b"/Contents", b"/Rotate %d/Contents" % turned)
    assert page_texts(data) == ["Services are inadequate."]


def test_of_a_page_that_begins_elsewhere_and_is_cropped_what_is_left_is_read() -> None:
    content = WORDS + b" " + WORDS.replace(b"700", b"100").replace(b"are", b"were")
    data = one_page(content).replace(b"[0 0 595 842]", b"[50 50 645 892]/CropBox[60 600 600 800]")
    assert page_texts(data) == ["Services are inadequate."]


def test_a_page_as_large_as_a_hall_is_believed() -> None:
    data = one_page(b"1 g " + WORDS).replace(b"[0 0 595 842]", b"[0 0 14400 14400]")
    assert page_texts(data) == ["Services are inadequate."]


LEVEL = [(MIDDLE, 504.0), (MIDDLE + 60, 504.0)]
RISING, FALLING = [(MIDDLE + 2, 500.0), (MIDDLE + 55, 508.0)], [(MIDDLE + 2, 508.0), (MIDDLE + 55, 500.0)]


@pytest.mark.parametrize("lines", [[LEVEL], [RISING], [FALLING], [RISING, FALLING]])
@pytest.mark.parametrize("before", [False, True])
def test_a_grade_with_a_line_through_it_is_none_and_is_told(
    registry: Registry, lines: list[list[tuple[float, float]]], before: bool
) -> None:
    def strike(pdf: Pdf) -> None:
        for line in lines if before else []:
            pdf.line(line, width=1)
        row(pdf, 500, OTHER)
        for line in [] if before else lines:
            pdf.line(line, width=1)

    found = read(front(strike), registry)
    assert found.judgements == {"in_care": "good"}
    assert f'{STRUCK}; they were left out: 1, from page 1 "Inadequate"' in found.problems


def test_beside_a_struck_grade_the_other_counts(registry: Registry) -> None:
    def strike(pdf: Pdf) -> None:
        row(pdf, 500, (OTHER[0], "Good"))
        pdf.line([(MIDDLE, 503.5), (MIDDLE + 26, 503.5)], width=0.7)
        pdf.text(MIDDLE + 40, 500, "Inadequate", size=9)

    assert read(front(strike), registry).judgements == {"in_care": "good", "overall_effectiveness": "inadequate"}


def underlined(pdf: Pdf) -> None:
    pdf.line([(MIDDLE, 498), (MIDDLE + 60, 498)])


def over_it(pdf: Pdf) -> None:
    pdf.line([(MIDDLE, 509), (MIDDLE + 60, 509)])


def through_a_corner(pdf: Pdf) -> None:
    pdf.line([(MIDDLE + 35, 504), (MIDDLE + 120, 504)])


def steep(pdf: Pdf) -> None:
    pdf.line([(MIDDLE, 400), (MIDDLE + 60, 620)])


def invisible(pdf: Pdf) -> None:
    pdf.line(LEVEL, grey=250)


@pytest.mark.parametrize("draw", [underlined, over_it, through_a_corner, steep, invisible])
def test_a_line_that_goes_through_no_word_strikes_nothing_out(registry: Registry, draw: Callable[[Pdf], None]) -> None:
    def beside(pdf: Pdf) -> None:
        draw(pdf)
        row(pdf, 500, OTHER)

    found = read(front(beside), registry)
    assert found.judgements == {"in_care": "good", "overall_effectiveness": "inadequate"}
    assert not any(problem.startswith(STRUCK) for problem in found.problems)


NOTE = (
    b"<</Type/Annot/Subtype/%b/Rect[70 695 210 715]/QuadPoints[138 712 203 712 138 697 203 697]/F %d/C[1 0 0]"
    b"/AP<</N 7 0 R>>>>"
)
NO_DRAWING = b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Length 0>>stream\n\nendstream"


@pytest.mark.parametrize(
    ("subtype", "flags", "said"),
    [
        (b"StrikeOut", 4, "Services are"),
        (b"StrikeOut", 2, "Services are inadequate."),
        (b"Highlight", 4, "Services are inadequate."),
        (b"Underline", 4, "Services are inadequate."),
    ],
)
def test_what_a_note_strikes_out_is_not_said(subtype: bytes, flags: int, said: str) -> None:
    data = one_page(WORDS, b"", b"", NOTE % (subtype, flags), NO_DRAWING)
    assert page_texts(data.replace(b"/Contents", b"/Annots[6 0 R]/Contents")) == [said]


def test_a_thin_bar_strikes_out_as_a_line_does() -> None:
    assert page_texts(one_page(WORDS + b" 138 703 66 0.7 re f")) == ["Services are"]
