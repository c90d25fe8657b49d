"""A character that was cut in two is one character, and a half alone costs nobody his news."""

from __future__ import annotations

import io
import json

import pytest
from scrapy.http import Response

from monitor.model import Record
from spiders.articles.feeds import parse_feed
from spiders.child import write
from spiders.http.characters import whole_characters, whole_references
from spiders.http.paragraphs import normalised, paragraphs_of
from spiders.http.xml import xml_root

HIGH, LOW = chr(0xD83D), chr(0xDE00)
HALVES = [
    (HIGH + LOW, "\U0001f600"),
    (f"a {HIGH} b", "a \ufffd b"),
    (LOW + HIGH, "\ufffd\ufffd"),
    ("plain \U0001f600", "plain \U0001f600"),
    ("", ""),
]
REFERENCES = [
    (b"&#55357;&#56832;", b"&#128512;"),
    (b"&#xD83D;&#xde00;", b"&#128512;"),
    (b"&#55357;&#xDE00;&#55357;", b"&#128512;&#65533;"),
    (b"&#57344;", b"&#57344;"),
    (b"&#8217; &#x2019; &amp;", b"&#8217; &#x2019; &amp;"),
]


@pytest.mark.parametrize(("text", "whole"), HALVES)
def test_halves_are_joined_or_replaced(text: str, whole: str) -> None:
    assert whole_characters(text) == whole
    assert normalised(text) == whole
    assert paragraphs_of(f"<p>{text}</p>") == ([whole] if whole else [])


@pytest.mark.parametrize(("body", "whole"), REFERENCES)
def test_references_to_halves_are_joined_or_replaced(body: bytes, whole: bytes) -> None:
    assert whole_references(body) == whole
    assert xml_root(Response("http://x/", body=b"<feed>" + body + b"</feed>"), ("feed",)).text


@pytest.mark.parametrize("place", ["title", "description", "guid", "link"])
@pytest.mark.parametrize("half", ["&#55357;&#56832;", "&#xD83D;", "&#56832;"])
def test_a_feed_with_a_half_is_read(place: str, half: str) -> None:
    words = {
        "title": "Ofsted visit",
        "description": "Ofsted",
        "guid": "1",
        "link": "https://x.example/a",
        place: "b" + half,
    }
    item = "".join(f"<{name}>{text}</{name}>" for name, text in words.items())
    other = "<item><title>Other</title><link>https://x.example/other</link></item>"
    feed = f'<rss version="2.0"><channel><title>News</title><item>{item}</item>{other}</channel></rss>'
    assert "Other" in [entry.title for entry in parse_feed(feed.encode(), "/feed").entries]


def test_a_record_with_a_half_is_written() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    write([Record("press", "t", "article", "k", "u", f"Visit {HIGH}{LOW} {HIGH}", fields={HIGH: [LOW]})], out)
    out.seek(0)
    read = json.loads(out.read())
    assert (read["title"], read["fields"]) == ("Visit \U0001f600 \ufffd", {"\ufffd": ["\ufffd"]})


def test_a_ligature_is_its_letters() -> None:
    pasted = "<p>The overall e\ufb00ectiveness of \ufb01rst-line o\ufb03ces</p>"
    assert paragraphs_of(pasted) == ["The overall effectiveness of first-line offices"]
