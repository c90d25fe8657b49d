"""Links count from the page's own base; a page that is nested deeply is read to its end, or refused."""

from __future__ import annotations

import pytest

from spiders.cmis import lines
from spiders.committees import word_text
from spiders.http.addresses import base_of, joined
from spiders.http.errors import PageError
from spiders.http.paragraphs import paragraphs, parsed, shallow
from spiders.moderngov.printed import printed

PAGE = "https://www.a.uk/news/latest"


@pytest.mark.parametrize(
    ("bases", "link", "leads"),
    [
        ("", "one", "https://www.a.uk/news/one"),
        ("<base href='https://www.a.uk/'>", "news/one", "https://www.a.uk/news/one"),
        ("<base href='/en/'>", "one", "https://www.a.uk/en/one"),
        ("<base href='archive/'>", "one", "https://www.a.uk/news/archive/one"),
        ("<base href='//cdn.a.uk/'>", "one", "https://cdn.a.uk/one"),
        ("<base target=_blank><base href='/en/'>", "one", "https://www.a.uk/en/one"),
        ("<base href='/first/'><base href='/second/'>", "one", "https://www.a.uk/first/one"),
        ("<base href=''>", "one", "https://www.a.uk/news/one"),
        ("<base href=' /en/ '>", " one\n", "https://www.a.uk/en/one"),
        ("<base href='javascript:alert(1)'>", "one", "https://www.a.uk/news/one"),
        ("<base href='http://['>", "one", "https://www.a.uk/news/one"),
        ("<base href='/en/'>", "/one", "https://www.a.uk/one"),
        ("<base href='/en/'>", "//b.uk/one", "https://b.uk/one"),
        ("<base href='/en/'>", "https://b.uk/one", "https://b.uk/one"),
    ],
)
def test_links_count_from_the_pages_base(bases: str, link: str, leads: str) -> None:
    root = parsed(f"<html><head>{bases}</head><body>x</body></html>")
    assert joined(base_of(root, PAGE), link) == leads


def nested(depth: int, tag: str, tail: str = "The newest statement.") -> str:
    return f"<html><body><main>{''.join(f'<{tag}>Line {n}.' for n in range(depth))}<p>{tail}</p></main></body></html>"


@pytest.mark.parametrize(
    ("depth", "tag"), [(100, "span"), (300, "b"), (300, "div"), (2000, "div"), (3000, "span"), (60_000, "font")]
)
def test_the_end_of_a_deep_page_is_read(depth: int, tag: str) -> None:
    lines = paragraphs(parsed(nested(depth, tag)))
    assert lines[-1] == "The newest statement."
    assert f"Line {depth - 1}." in lines[-2]


def test_a_page_whose_end_cannot_be_read_is_refused() -> None:
    with pytest.raises(PageError, match="nested deeper than 2048 levels") as failed:
        parsed(nested(3000, "div"))
    assert failed.value.outcome == "invalid"


def test_readers_with_a_lower_limit_get_the_page_without_formatting() -> None:
    flat, deep = nested(50, "span"), nested(400, "span")
    assert shallow(flat) == flat
    assert "<span>" not in shallow(deep)
    assert "Line 399." in shallow(deep)


def test_committee_pages_obey_their_base_too() -> None:
    page, link = "https://a.cmis.uk.com/x/Calendar.aspx", '<a href="Document.ashx?a=b">Paper</a>'
    tree = lines.parsed(f"<html><head><base href='/luton/'></head><body><p>{link}</p></body></html>", page)
    [line] = lines.lines_of(tree, page)
    assert [one.address for one in line.links] == ["https://a.cmis.uk.com/luton/Document.ashx?a=b"]
    html = "<html><head><base href='/mg/'></head><a href='documents/g7/Printed%20minutes.pdf?T=1'>x</a></html>"
    assert list(printed(html, "https://a.uk/ieListDocuments.aspx?MId=7", "7").values()) == [
        "https://a.uk/mg/documents/g7/Printed%20minutes.pdf?T=1"
    ]


def test_the_end_of_deep_minutes_is_read() -> None:
    deep = "".join(f"<span><b>Point {n}." for n in range(400)) + "<p>RESOLVED that the report be noted.</p>"
    assert word_text.paragraphs(deep).split("\n")[-1] == "RESOLVED that the report be noted."
