"""What a visit looked at, from letters that are made here and from real ones."""

# ruff: noqa: RUF001 - letters have typographic quotation marks

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.letters.document import Document, Line, Page
from monitor.letters.reading import read
from monitor.letters.themes import put_themes
from monitor.model import Letter
from monitor.wording.themes import topic
from tests.demo_letters.letters import sample_letter

COUNCILS = Registry.load()


def test_a_made_up_visit_says_what_it_looked_at_or_nothing() -> None:
    letter = read(sample_letter("focused_visit"), COUNCILS)
    assert letter.kind == "focused_visit"
    assert all(theme.page in (1, 2) and "nspectors" in theme.text for theme in letter.themes)
    assert read(sample_letter("ilacs"), COUNCILS).themes == []


@pytest.mark.corpus
def test_the_themes_of_real_visits(corpus: Path) -> None:
    with (corpus / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["kind"] == "focused_visit" and r["theme"]][::3]
    wrong = []
    for row in rows:
        themes = read((corpus / row["path"]).read_bytes(), COUNCILS).themes
        if not themes or _plain(themes[0].text)[:50] != _plain(row["theme"])[:50]:
            wrong.append((row["path"], themes))
    # Two labels picked a sentence about evidence; those letters name their focus elsewhere, as read here.
    assert len(wrong) <= 2, wrong


@pytest.mark.corpus
def test_every_real_visit_and_joint_inspection_names_its_theme(corpus: Path) -> None:
    with (corpus / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["kind"] in ("focused_visit", "jtai")][::5]
    themes = {row["path"]: read((corpus / row["path"]).read_bytes(), COUNCILS).themes for row in rows}
    assert {path: found for path, found in themes.items() if not topic(found)} == {}


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        (
            "During this visit, inspectors evaluated the local authority’s arrangements for children in need.",
            "children in need",
        ),
        ("This visit considered the arrangements for care leavers aged 18 to 25.", "care leavers aged 18 to 25"),
        ("Inspectors looked at case records and the local authority’s audits.", ""),
        (
            "Inspectors evaluated the quality of help and protection provided to vulnerable children and their families"
            " in the ‘front door’ integrated referral team (IRT).",
            "the quality of help and protection",
        ),
        (
            "Inspectors looked at the local authority’s arrangements for young people who are aged between 15 and 18"
            " and subject to child in need plans, child protection plans or receiving a specialist service.",
            "young people who are aged between 15 and 18 and subject to child in need plans",
        ),
    ],
)
def test_the_theme_of_a_sentence(sentence: str, named: str) -> None:
    letter = Letter("focused_visit", "0", 1)
    line = Line(sentence, 1, 70.0, 700.0, 12.0, bold=False)
    put_themes(letter, Document((Page(1, (line,)),), 1))
    assert topic(letter.themes) == named


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2018", "'").replace("\u2019", "'").lower().split())
