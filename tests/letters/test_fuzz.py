"""Damaged files and strange text: never an error, never a grade that does not stand there."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.councils.registry import Registry
from monitor.letters.grades import grade
from monitor.letters.reading import read
from monitor.letters.words import clean
from monitor.model import LETTER_KINDS, Letter
from monitor.model.date_spans import spans
from soak.corpus import page_texts
from tests.letters.sheets import FIVE, ilacs, letter

COUNCILS = Registry.load()
STRANGE = st.text(st.sampled_from("Good inadequate12\u202e\u2500\u00a0\x02\ufb01\uf06e.:\u2019-\n/"), max_size=60)
RELAXED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@cache
def seeds() -> tuple[bytes, ...]:
    visit = "This letter summarises the findings of the focused visit to Devon children's services on 4 October 2022."
    return ilacs(), ilacs(rows=FIVE[:4]), letter("Focused visit to Devon children's services", visit)


def says_nothing_unsaid(data: bytes, found: Letter) -> None:
    """Every grade stands in its evidence, and the evidence on its page."""
    assert found.kind in LETTER_KINDS
    texts = page_texts(data) if found.judgements else []
    for area, judged in found.judgements.items():
        quote = found.evidence[f"judgements.{area}"]
        assert quote.text in texts[quote.page - 1]
        assert judged.split()[0].rstrip("s") in quote.text.lower()


@RELAXED
@given(st.integers(0, 2), st.integers(0, 12_000))
def test_a_truncated_file(seed: int, length: int) -> None:
    data = seeds()[seed][:length]
    says_nothing_unsaid(data, read(data, COUNCILS))


@RELAXED
@given(st.integers(0, 2), st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 255)), min_size=1, max_size=40))
def test_a_mutated_file(seed: int, changes: list[tuple[int, int]]) -> None:
    data = bytearray(seeds()[seed])
    for place, value in changes:
        data[place % len(data)] = value
    says_nothing_unsaid(bytes(data), read(bytes(data), COUNCILS))


@RELAXED
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    assert read(b"%PDF-1.7\n" + data, COUNCILS).kind == "unknown"
    assert read(data, COUNCILS).kind == "unknown"


def test_two_files_in_one() -> None:
    one, two, _ = seeds()
    says_nothing_unsaid(one + two, read(one + two, COUNCILS))


def long_file(pages: int) -> bytes:
    """Many pages that share one line of text; PDFium finds the objects by itself."""
    words = b"BT /F 12 Tf 72 700 Td (Inspection of Devon local authority children's services, lead inspector A) Tj ET"
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(words), words),
        *[page] * pages,
    ]
    body = b"".join(b"%d 0 obj%b endobj\n" % (number, held) for number, held in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_thousands_of_pages_are_read_up_to_a_limit() -> None:
    found = read(long_file(3000), COUNCILS)
    assert (found.pages, found.kind) == (3000, "ilacs")
    assert "only the first 300 of 3000 pages were read" in found.problems


@given(st.text(max_size=80) | STRANGE)
def test_any_text_is_cleaned_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=80) | STRANGE)
def test_dates_are_only_read_from_words_that_stand_there(text: str) -> None:
    assert all(span.words in text for span in spans(text))


@given(st.text(max_size=40) | STRANGE)
def test_a_grade_is_never_made_from_other_words(text: str) -> None:
    judged = grade(text)
    assert judged is None or judged.split()[0].rstrip("s") in text.lower()
