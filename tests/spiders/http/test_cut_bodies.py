"""A body that ends where the connection ends is whole only if its document says so."""

from __future__ import annotations

import gzip

import pytest
from scrapy.http import Response

from spiders.http.errors import PageError
from spiders.http.whole_pages import refuse_cut
from tests.spiders.http.raw import CLOSE, Step, answer, ask_one, chunked, head, raw_site

PAGE = b"<!doctype html><html><body><main><p>Inspectors visited in May.</p></main></body></html>"
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>A</title></item></channel></rss>'
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title></entry></feed>'


def closing(body: bytes) -> list[Step]:
    """A server of HTTP/1.0: no length, and the connection's end is the body's."""
    return [head("Content-Type: text/html", "Connection: close") + body, CLOSE]


def seen(steps: list[Step]) -> Response:
    with raw_site(lambda _: steps) as site:
        found = ask_one(site.url + "/news")
    assert isinstance(found, Response)
    return found


WHOLE = {
    "a page": closing(PAGE),
    "a page with a line after it": closing(PAGE + b"\n<!-- served by 2 -->\n"),
    "upper case": closing(PAGE.upper()),
    "a feed": closing(FEED),
    "Atom": closing(ATOM),
    "no document": closing(b"ok"),
    "JSON": closing(b'{"total": 1'),
    "nothing": closing(b""),
    "measured, without its end tag": [answer(PAGE[:-14])],
    "in pieces, without its end tag": [head("Transfer-Encoding: chunked") + chunked(PAGE[:-14], b"")],
    "packed": [head("Content-Encoding: gzip", "Connection: close") + gzip.compress(PAGE[:-14]), CLOSE],
}
CUT = {
    "in the middle": closing(PAGE[: len(PAGE) // 2]),
    "before the end tags": closing(PAGE[:-16]),
    "after a whole paragraph": closing(PAGE[: PAGE.index(b"</main>")]),
    "a feed": closing(FEED[:-20]),
    "Atom": closing(ATOM[:-8]),
    "a large page": closing(PAGE[:-14] + b"<p>words</p>" * 9000),
}


@pytest.mark.parametrize("steps", WHOLE.values(), ids=WHOLE)
def test_a_whole_answer_is_taken(steps: list[Step]) -> None:
    refuse_cut(seen(steps))


@pytest.mark.parametrize("steps", CUT.values(), ids=CUT)
def test_a_part_of_an_answer_is_an_error(steps: list[Step]) -> None:
    with pytest.raises(PageError, match="its end is missing") as refused:
        refuse_cut(seen(steps))
    assert refused.value.outcome == "error"
