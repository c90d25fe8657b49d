"""The underlined sentences stand in their letters, and the letters are of all kinds and years."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from soak.corpus import page_texts
from tests.letters.underlined import SECOND, THIRD, Underlined, underlined

FORTY = underlined()
MORE = underlined(SECOND)
AGAIN = underlined(THIRD)
YEARS = range(2013, 2027)


def test_forty_letters_have_three_sentences_each_and_twelve_are_held_back() -> None:
    assert len({one.sha256 for one in FORTY}) == len({one.council for one in FORTY}) == 40
    assert {len(set(one.sentences)) for one in FORTY} == {3}
    assert sum(one.held for one in FORTY) == 12


def test_the_second_reader_read_other_letters_of_other_councils() -> None:
    assert {len(set(one.sentences)) for one in MORE} == {3}
    assert len({one.council for one in [*FORTY, *MORE]}) == len({one.sha256 for one in [*FORTY, *MORE]}) == 64
    assert not any(one.held for one in MORE)


def test_the_third_reader_read_letters_of_both_again_and_none_that_is_held_back() -> None:
    read_before = {(one.sha256, one.file, one.kind) for one in [*FORTY, *MORE] if not one.held}
    assert {(one.sha256, one.file, one.kind) for one in AGAIN} <= read_before
    assert [len(set(one.sentences)) for one in AGAIN] == [4] * 14
    assert len({one.sha256 for one in AGAIN} & {one.sha256 for one in MORE}) == 7


def test_each_kind_has_letters_to_work_on_and_letters_held_back() -> None:
    kinds = {one.kind for one in FORTY}
    assert kinds == {"ilacs", "sif", "focused_visit", "jtai", "area_send", "looked_after"}
    assert {(one.kind, one.held) for one in FORTY} == {(kind, held) for kind in kinds for held in (True, False)}


def test_every_year_has_a_letter() -> None:
    assert {int(one.published[:4]) for one in FORTY} == set(YEARS)


@pytest.mark.parametrize("one", [*FORTY, *MORE, *AGAIN], ids=lambda one: one.council)
def test_what_is_underlined_is_one_whole_sentence(one: Underlined) -> None:
    for sentence in one.sentences:
        assert sentence.text[0].isupper()
        assert sentence.text.endswith(".")
        assert ". " not in sentence.text


@pytest.mark.corpus
@pytest.mark.parametrize("one", [*FORTY, *MORE, *AGAIN], ids=lambda one: one.council)
def test_every_sentence_stands_on_its_page(one: Underlined, corpus: Path) -> None:
    data = (corpus / one.file).read_bytes()
    pages = page_texts(data)
    assert sha256(data).hexdigest() == one.sha256
    assert [s for s in one.sentences if s.text not in pages[s.page - 1]] == []


@pytest.mark.corpus
def test_the_letters_are_of_every_variety_and_grade_of_the_labels(gold: list[dict[str, str]]) -> None:
    labels = {row["path"]: row for row in gold}
    rows = [labels[one.file] for one in FORTY]
    assert all(
        (r["local_authority"], r["published"]) == (o.council, o.published) for r, o in zip(rows, FORTY, strict=True)
    )
    assert {r["variant"] for r in rows if r["kind"] == "sif"} == {"SIF", "SIF re-inspection"}
    assert {r["variant"] for r in rows if r["kind"] == "ilacs"} == {"standard", "short"}
    grades = Counter(r["overall_effectiveness"] for r in rows if r["kind"] == "ilacs")
    assert set(grades) == {"outstanding", "good", "requires improvement", "inadequate", ""}
    assert {r["outcome"] for r in rows if r["kind"] == "area_send"} == {"1", "2", "3"}
