"""What spiders remark, as the core reads it: a kind is the words that a spider counts by."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.health.remarks import kinds_of
from monitor.model import remarks
from spiders.remarks import Remarks, one_line

FOLDER = Path(__file__).resolve().parents[2] / "spiders"
SPIDERS = "\n".join(p.read_text(encoding="utf-8") for p in FOLDER.rglob("*.py"))
NAMES = [name for name, words in vars(remarks).items() if words in remarks.ORDINARY]


def test_what_spiders_count_keeps_its_kind() -> None:
    odd = Remarks()
    for example in ("file 501", 'file 7: "pdf; 3 May"'):
        odd.add("labels without a date", example)
        odd.add("papers left out", example)
    odd.say("the page shows no URN")
    odd.add("meetings left out", "x")
    odd.take_back("meetings left out")
    detail = one_line(odd.sentences())
    kinds = [kind for kind, _ in kinds_of(detail or "")]
    assert kinds == ["labels without a date", "papers left out", "the page shows no urn"]


def test_what_a_line_has_no_room_for_is_counted_and_is_no_kind() -> None:
    assert one_line(["a", "b", None, "", "a", "c"], 2) == "a; b; and 1 more"
    assert [kind for kind, _ in kinds_of("a; b; and 1 more")] == ["a", "b"]
    assert one_line([None, ""], 2) is None


@pytest.mark.parametrize("words", remarks.ORDINARY)
@pytest.mark.parametrize("after", ["", ": 3", ": /news/a answered 500 and 2 more", ": 2 (/x.pdf; it begins <html>)"])
def test_what_passes_by_itself_is_no_kind(words: str, after: str) -> None:
    assert list(kinds_of(words.format(4711, 30) + after)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_spider_writes_it(name: str) -> None:
    assert SPIDERS.count(name) >= 2  # where it is imported, and where it is used
