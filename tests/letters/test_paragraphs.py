"""A document's whole text by paragraphs: each on its page, under its heading, with what is asked marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from monitor.letters.paragraphs import of_document, paragraphs, requests
from monitor.letters.pdf import open_letter
from monitor.letters.reader import Reader
from monitor.letters.words import MARKER
from tests.demo_letters.letters import sample_letter
from tests.letters.sheets import ilacs


def test_a_paragraph_has_its_page_its_heading_and_whether_it_is_asked() -> None:
    found = paragraphs(sample_letter("ilacs"))
    asked = [p for p in found if p.asked]
    assert asked
    assert {p.heading for p in asked} == {"What needs to improve?"}
    assert [p.text for p in found if p.text == p.heading][:1] == [found[0].heading]


def test_what_cannot_be_read_has_no_paragraphs() -> None:
    assert paragraphs(b"") == []
    assert paragraphs(b"%PDF-1.7 and nothing") == []


def test_the_worker_gives_the_same_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "devon.pdf"
    path.write_bytes(ilacs())
    with Reader() as reader:
        assert reader.paragraphs(path) == paragraphs(ilacs())


@pytest.mark.corpus
def test_paragraphs_of_real_letters_lose_no_word_and_stand_on_their_page(
    corpus: Path, gold: list[dict[str, str]]
) -> None:
    for row in [row for row in gold if "not_pdf" not in row["flags"]][::17]:
        document = open_letter((corpus / row["path"]).read_bytes())
        found = list(of_document(document, requests(document)))
        assert [p for p in found if p.text not in document.pages[p.page - 1].flow] == []
        assert _words(line.text for line in document.body) <= _words(p.text for p in found), row["path"]


@pytest.mark.corpus
def test_what_real_letters_ask_is_marked(corpus: Path, gold: list[dict[str, str]]) -> None:
    for row in [row for row in gold if row["kind"] in ("ilacs", "focused_visit", "sif")][::17]:
        document = open_letter((corpus / row["path"]).read_bytes())
        items = requests(document)
        asked = [_unmarked(p.text) for p in of_document(document, items) if p.asked]
        assert [item for item in items if not any(text in item.text or item.text in text for text in asked)] == []
        assert [text for text in asked if not any(text in item.text or item.text in text for item in items)] == []


def _unmarked(text: str) -> str:
    marker = MARKER.match(text)
    return text[marker.end() :] if marker else text


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in text.split())
