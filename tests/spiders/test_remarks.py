"""What spiders remark, as the core reads it: a kind is the words that a spider counts by."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from monitor.health import remarks as health_remarks
from monitor.health.remarks import kinds_of, same
from monitor.model import remarks
from spiders.articles.feed_text import readable
from spiders.counts import counted
from spiders.http.charsets import decode
from spiders.moderngov.service import read_meeting
from spiders.page.parts import entries_of
from spiders.remarks import Remarks, one_line

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "spiders"
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


def keyless(number: int) -> str | None:
    items = "<li>none</li>" * number + "<li><a href='/a'>A</a></li>"
    return entries_of(f"<body>{items}</body>", "https://x.test/", {"items": "li"})[1]


def items_of_a_meeting(number: int) -> str | None:
    head = "<meetingid>7</meetingid><meetingdate>05/03/2026</meetingdate>"
    meeting = read_meeting(etree.fromstring(f"<m>{head}<agendaitemscount>{number}</agendaitemscount></m>"), "7")
    return one_line(meeting.remarks if meeting else ())


FEED = "<rss><channel><title>{}</title></channel></rss>"
SAID: dict[str, Callable[[int], str | None]] = {
    "an item without a key": keyless,
    "items of a meeting": items_of_a_meeting,
    "characters before a feed": lambda n: one_line(readable(b"x" * n + FEED.format("").encode(), "/f", None)[1]),
    "characters that XML has not": lambda n: one_line(readable(FEED.format("\x01" * n).encode(), "/f", None)[1]),
    "lost characters": lambda n: decode(("ab" + "\ufffd" * n).encode(), []).remark,
    "bytes that are not UTF-8": lambda n: decode("é".encode() + b"\x93" * n, ["utf-8"]).remark,
    "meetings put off": lambda n: counted(n, *remarks.MEETINGS_PUT_OFF) if n else None,
}
WRONG = re.compile(r"\b1 [a-z]+s\b|\b1 .*\b(?:are|were)\b|\b2 .*\b(?:is|was)\b(?! said)")


@pytest.mark.parametrize("name", SAID)
def test_a_remark_agrees_with_its_number_and_is_one_kind(name: str) -> None:
    none, one, two = (SAID[name](number) for number in (0, 1, 2))
    assert none is None
    assert one
    assert two
    assert (WRONG.findall(one), WRONG.findall(two)) == ([], [])
    kinds = [health_remarks.counted("x", [("p", said)]) for said in (one, two)]
    assert {same(r.kind) for found in kinds for r in found} == {same(k) for k, _ in kinds_of(two)}


NEVER_ONE = {
    "councils": "only more than three are counted so",
    "pages": "several episodes have a page each",
    "old reports": "two at least",
    "entries": "two at least",
    "cells": "of a table of the program's own",
    "squares": "of a table of the program's own",
    "targets": "never one",
    "characters": "more than a page may have",
    "times": "two at least",
    "bytes": "more than a PDF's mark",
}
IN_THE_PLURAL = re.compile(r" ((?:[a-z-]+ )?[a-z]{3,}s)\b")


def plurals(path: Path) -> Iterator[tuple[str, str]]:
    """Nouns in the plural right behind a number that may be one."""
    strings = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.JoinedStr))
    for before, after in ((a, b) for n in strings for a, b in zip(n.values, n.values[1:], strict=False)):
        if isinstance(before, ast.FormattedValue) and isinstance(after, ast.Constant):
            found = IN_THE_PLURAL.match(str(after.value))
            if found and ast.unparse(before.value).startswith("len("):
                yield path.name, found[1]


def test_what_is_counted_is_worded_with_its_number() -> None:
    paths = [p for folder in ("spiders", "monitor", "notifiers") for p in (ROOT / folder).rglob("*.py")]
    assert [(name, noun) for p in paths for name, noun in plurals(p) if noun not in NEVER_ONE] == []
