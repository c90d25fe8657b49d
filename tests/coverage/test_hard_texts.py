"""Texts that no page should be: letters' own pages as one line, what patterns could choke on, nothing at all."""

# ruff: noqa: RUF001 - quotation marks as pages have them
from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.coverage.reading import read
from soak.corpus import page_texts

REGISTRY = Registry.load()
OPENING = "Ofsted has judged Devon’s children’s services good.\n"
CHOKING = [
    "a" * 2990,
    "“" * 2990,
    "judged the council to be very " * 99,
    "Councillor Ann Smith, " * 130,
    "Ann Bob " * 370,
    "15 per cent agency staff over " * 99,
    "1 and 2 and 3 to 4, 5 " * 130,
    "The " + "Big Word " * 330,
    "since the last monitoring visit " * 90,
    "Ofsted" + " " * 2900 + "x",
    "Report of the " + "x " * 1400,
]


def look(text: str, where: str = "minutes") -> Coverage:
    return read(text, title=None, published="2024-05-05", own=None, registry=REGISTRY, where=where)


@pytest.mark.parametrize("line", CHOKING, ids=lambda line: line[:12])
def test_a_long_line_is_read_in_no_time(line: str) -> None:
    started = time.process_time()
    found = look(OPENING + line)
    assert found.relevant
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize("text", ["", "\n \n\xa0\n", ".", "“", "(a)", "• ", "Ofsted"])
def test_next_to_nothing_says_nothing(text: str) -> None:
    assert look(text, "news") == Coverage(relevant=False, why=look(text, "news").why)


def test_a_passage_without_end_is_left_alone() -> None:
    found = look(OPENING + "drift and delay for children and " * 200)
    assert max(len(fact.quote) for fact in found.facts) < 3000


@pytest.mark.corpus
def test_letters_own_pages_are_quoted_letter_for_letter(shared: Path) -> None:
    letters = sorted((shared / "corpus" / "letters").rglob("202[45]-*.pdf"))[::24]
    assert len(letters) >= 5
    for path in letters:
        text = "\n".join(page_texts(path.read_bytes()))
        found = read(text, title=None, published=path.name[:10], own=None, registry=REGISTRY, where="page")
        assert found.relevant, path
        assert found.urns == (path.parent.name,)
        assert [fact for fact in found.facts if fact.quote not in text] == []


@pytest.mark.parametrize("published", ["2024-05-05T09:00:00+01:00", "Sunday", "05/05/2024", "", "2024-13-45"])
def test_a_day_that_is_no_iso_date_is_no_day(published: str) -> None:
    text = (
        "Ofsted rated Devon’s children’s services good, it said on Friday 3 May, in a letter published on Friday 3 May."
    )
    found = read(text, title=None, published=published, own=None, registry=REGISTRY, where="press")
    assert [f.value for f in found.inferred] == (["2024-05-03"] if published.startswith("2024-05") else [])


def test_every_field_that_can_be_read_is_in_the_document() -> None:
    root = Path(__file__).resolve().parents[2]
    code = "".join(path.read_text("utf-8") for path in (root / "monitor" / "coverage").glob("*.py"))
    fields = set(re.findall(r'Fact\(\s*"([a-z_.]+)"', code)) | set(re.findall(r'"(metric\.[a-z_]+)"', code))
    document = (root / "docs" / "facts.md").read_text("utf-8")
    assert len(fields) > 30
    assert [field for field in sorted(fields) if f"`{field}`" not in document] == []
