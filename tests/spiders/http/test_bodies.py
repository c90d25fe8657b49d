"""Whole bodies or none, of bounded size."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, ResponseDataLossError

from tests.spiders.http.raw import CLOSE, RESET, Step, answer, ask_one, body_of, chunked, head, raw_site

PAGE = b"<html><title>Report</title>" + b"".join(b"<p>paragraph %d</p>" % n for n in range(2000)) + b"</html>"
GZIP, ZLIB, BROTLI = gzip.compress(PAGE), zlib.compress(PAGE), brotli.compress(PAGE)
RAW = zlib.compressobj(wbits=-15)
DEFLATE = RAW.compress(PAGE) + RAW.flush()
CUT, END = len(GZIP) // 2, b"0\r\n\r\n"
CHUNKED = head("Transfer-Encoding: chunked")
UNSIZED = head("Connection: close")


def packed(name: str) -> str:
    return f"Content-Encoding: {name}"


WHOLE: dict[str, list[Step]] = {
    "length": [answer(PAGE)],
    "chunks": [CHUNKED + chunked(PAGE[:100]), 0.05, chunked(PAGE[100:]) + END],
    "until the end": [UNSIZED + PAGE[:100], 0.05, PAGE[100:], CLOSE],
    "gzip": [answer(GZIP, packed("gzip"))],
    "x-gzip": [answer(GZIP, packed("X-GZIP"))],
    "gzip in chunks": [head("Transfer-Encoding: chunked", packed("gzip")) + chunked(GZIP[:9], GZIP[9:]) + END],
    "gzip until the end": [head("Connection: close", packed("gzip")) + GZIP, CLOSE],
    "gzip of two members": [answer(gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]), packed("gzip"))],
    "gzip with padding": [answer(GZIP + b"\0" * 20, packed("gzip"))],
    "zlib": [answer(ZLIB, packed("deflate"))],
    "raw deflate": [answer(DEFLATE, packed("deflate"))],
    "brotli": [answer(BROTLI, packed("br"))],
    "twice": [answer(gzip.compress(ZLIB), packed("deflate, gzip"))],
    "no encoding at all": [answer(PAGE, packed("utf-8"))],
    "identity": [answer(PAGE, packed("identity"))],
}


@pytest.mark.parametrize("steps", WHOLE.values(), ids=WHOLE)
def test_a_whole_body_is_taken(steps: list[Step]) -> None:
    with raw_site(lambda _: steps) as site:
        found = ask_one(site.url)
    assert body_of(found) == PAGE
    assert not isinstance(found, Exception)
    assert "Content-Encoding" not in found.headers


def flipped(body: bytes) -> bytes:
    """With one bit changed in the middle of it."""
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]


DAMAGED: dict[str, list[Step]] = {
    "shorter than its length": [head("Content-Length: 1000") + b"half", CLOSE],
    "broken before its length": [head("Content-Length: 1000") + b"half", 0.05, RESET],
    "chunks without end": [CHUNKED + chunked(PAGE), CLOSE],
    "half a chunk": [CHUNKED + chunked(PAGE)[:-500], CLOSE],
    "no chunk": [CHUNKED + chunked(PAGE) + b"what?\r\n", 0.1, CLOSE],
    "broken without a length": [UNSIZED + PAGE[:100], 0.05, RESET],
    "gzip with its length": [answer(GZIP[:CUT], packed("gzip"))],
    "gzip without its last byte": [answer(GZIP[:-1], packed("gzip"))],
    "gzip without its check": [answer(GZIP[:-8], packed("gzip"))],
    "gzip in chunks": [head("Transfer-Encoding: chunked", packed("gzip")) + chunked(GZIP[:CUT]) + END],
    "gzip without a length": [head("Connection: close", packed("gzip")) + GZIP[:CUT], CLOSE],
    "half a second member": [answer(GZIP + GZIP[:CUT], packed("gzip"))],
    "changed gzip": [answer(flipped(GZIP), packed("gzip"))],
    "gzip that is none": [answer(PAGE, packed("gzip"))],
    "cut zlib": [answer(ZLIB[:CUT], packed("deflate"))],
    "cut raw deflate": [answer(DEFLATE[:CUT], packed("deflate"))],
    "cut brotli": [answer(BROTLI[:-3], packed("br"))],
    "brotli that is none": [answer(PAGE, packed("br"))],
    "cut inside": [answer(gzip.compress(ZLIB[:CUT]), packed("deflate, gzip"))],
}


@pytest.mark.parametrize("steps", DAMAGED.values(), ids=DAMAGED)
def test_a_body_that_is_not_whole_is_none(steps: list[Step]) -> None:
    with raw_site(lambda _: steps) as site:
        found = ask_one(site.url)
    assert isinstance(found, ResponseDataLossError | DownloadFailedError)
    assert 10 < len(str(found)) < 130


LARGE = b"x" * 1_000_001
ZEROS = 60_000_000
TOO_LARGE: dict[str, Callable[[], list[Step]]] = {
    "by its length": lambda: [head("Content-Length: 1000001"), 5.0],
    "by what comes": lambda: [UNSIZED + LARGE, 5.0],
    "in chunks": lambda: [CHUNKED + chunked(LARGE), 5.0],
    "gzip": lambda: [answer(gzip.compress(bytes(ZEROS), 1), packed("gzip"))],
    "gzip of gzip": lambda: [answer(gzip.compress(gzip.compress(bytes(3 * ZEROS), 1)), packed("gzip, gzip"))],
    "deflate": lambda: [answer(zlib.compress(bytes(ZEROS), 1), packed("deflate"))],
    "brotli": lambda: [answer(brotli.compress(bytes(ZEROS), quality=1), packed("br"))],
    "gzip in many members": lambda: [answer(gzip.compress(b"\0" * 30_000) * 90, packed("gzip"))],
    "empty members": lambda: [answer(gzip.compress(b"") * 40_000, packed("gzip"))],
    "layers": lambda: [answer(b"x", packed(", ".join(["gzip"] * 5000)))],
}
"""Packed only when their test runs: every worker that collects this file would do it."""


@pytest.mark.parametrize("steps", TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_body_that_is_too_large_is_given_up(steps: Callable[[], list[Step]]) -> None:
    given = steps()
    with raw_site(lambda _: given) as site:
        found = ask_one(site.url)
    assert isinstance(found, DownloadCancelledError)
    assert 10 < len(str(found)) < 130


def test_the_largest_body_that_is_allowed_is_taken() -> None:
    with raw_site(lambda _: [answer(gzip.compress(b"x" * 1_000_000), packed("gzip"))]) as site:
        assert len(body_of(ask_one(site.url))) == 1_000_000


@pytest.mark.parametrize("status", ["304 Not Modified", "302 Found", "200 OK"])
def test_an_empty_body_needs_no_unpacking(status: str) -> None:
    with raw_site(lambda _: [head("Content-Length: 0", packed("gzip"), status=status)]) as site:
        assert body_of(ask_one(site.url)) == b""
