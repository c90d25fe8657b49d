"""Two versions of a document: paragraphs that went, came, changed; grades and dates among them."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.documents import compare
from monitor.model import Quote


def quotes(*texts: str) -> list[Quote]:
    return [Quote(text, page) for page, text in enumerate(texts, 1)]


ONE = "Leaders know their services well and have improved them since the last inspection in 2021."
TWO = "The experiences and progress of care leavers require improvement to be good in most respects."
THREE = "Inspection dates: 10 to 21 March 2025, led by a team of four inspectors over two weeks."


def test_the_same_text_on_other_pages_is_no_difference() -> None:
    assert compare(quotes(ONE, TWO), [Quote(ONE, 3), Quote(TWO, 4)]) == []


def test_a_changed_grade_and_a_changed_date_are_marked() -> None:
    new = quotes(ONE, TWO.replace("require improvement to be good", "are good"), THREE.replace("21 March", "20 March"))
    found = compare(quotes(ONE, TWO, THREE), new)
    assert [(d.touches, d.before is not None, d.after is not None) for d in found] == [
        (("grade",), True, True),
        (("date",), True, True),
    ]


def test_paragraphs_come_and_go() -> None:
    found = compare(quotes(ONE, TWO), quotes(TWO, "Something else entirely is said here about early help."))
    assert [(d.before and d.before.text, d.after and d.after.text[:9]) for d in found] == [
        (ONE, None),
        (None, "Something"),
    ]
    assert found[0].touches == ()


@given(st.lists(st.sampled_from([ONE, TWO, THREE])), st.lists(st.sampled_from([ONE, TWO, THREE])))
def test_every_difference_is_verbatim_and_nothing_differs_from_itself(old: list[str], new: list[str]) -> None:
    before, after = quotes(*old), quotes(*new)
    assert compare(before, before) == []
    for difference in compare(before, after):
        assert difference.before is None or difference.before in before
        assert difference.after is None or difference.after in after


@pytest.mark.parametrize(
    ("before", "after", "differing"),
    [
        ([str(n) for n in range(20_000)], [str(n) for n in range(1, 20_001)], 2),
        (["the same"] * 20_000, ["the same"] * 20_001, 1),
        ([f"{n} old words" for n in range(1_500)], [f"{n} new words" for n in range(1_500)], 3_000),
        (["a b " * 100_000], ["b a " * 100_001], 1),
    ],
    ids=["many paragraphs", "one paragraph many times", "nothing in common", "one endless paragraph"],
)
def test_no_document_takes_long_to_compare(before: list[str], after: list[str], differing: int) -> None:
    since = process_time()
    assert len(compare(quotes(*before), quotes(*after))) == differing
    assert process_time() - since < 10
