"""XML and JSON made to harm: entities, bombs, depth. Nothing is fetched or read for them; at worst it is invalid."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from spiders.articles.feeds import parse_feed
from spiders.govuk.pages import parse_publication, parse_search
from spiders.http.errors import PageError
from spiders.http.xml import xml_root
from spiders.moderngov.feed import ROOTS

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]><rss><channel><title>&l9;</title></channel></rss>'
)
URL = "https://a.example/feed"


def outside(path: Path) -> bytes:
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{path.as_uri()}">]>'
    return f"{head}<rss><channel><title>&x;</title><item><title>&x;</title></item></channel></rss>".encode()


def moderngov(body: bytes) -> str:
    root = xml_root(Response(URL, body=body), ROOTS, lenient=True)
    return "".join(root.itertext())


def newsroom(body: bytes) -> str:
    return repr(parse_feed(body, "/feed"))


READERS: list[Callable[[bytes], str]] = [moderngov, newsroom]


def told(read: Callable[[bytes], Any], body: bytes) -> Any:
    """What is read, or the outcome of what cannot be."""
    try:
        return read(body)
    except PageError as refused:
        return refused.outcome


@pytest.mark.parametrize("read", READERS)
def test_a_billion_laughs_cost_nothing(read: Callable[[bytes], str]) -> None:
    began = time.process_time()
    assert len(told(read, BOMB.encode())) < 10_000
    assert time.process_time() - began < 1


@pytest.mark.parametrize("read", READERS)
def test_an_entity_from_outside_is_not_read(read: Callable[[bytes], str], tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the words of a file")
    assert "the words of a file" not in told(read, outside(tmp_path / "secret.txt"))


@pytest.mark.parametrize("read", READERS)
def test_depth_without_end_is_no_crash(read: Callable[[bytes], str]) -> None:
    assert told(read, b"<rss>" + b"<a>" * 100_000) in ("invalid", "")


@pytest.mark.parametrize(
    "body",
    [b"[" * 200_000, b'{"a":' * 100_000, b"[]", b"1e999", b'{"total": "9", "results": {}}', b"\xff\xfe{}",
     b'{"total": 1, "results": [1], "start": {}, "title": [], "public_updated_at": {}}'],
)  # fmt: skip
def test_govuk_s_json_of_another_shape_is_invalid(body: bytes) -> None:
    answer = Response("https://a.example/api/search.json", body=body)
    found = told(lambda _: parse_search(answer, 1), body)
    assert found == "invalid" or found.rows == ()
    assert told(lambda _: parse_publication(answer), body) == "invalid"


def test_govuk_s_publication_of_odd_parts_is_read_for_the_rest() -> None:
    body = (
        b'{"title": "A notice", "public_updated_at": "2024-05-01T00:00:00Z", "details": {"body": [1, {"content": 2}],'
    )
    body += b' "attachments": [null, {"title": 3}], "change_history": [5, {"note": {}}]}, "first_published_at": 7}'
    found = parse_publication(Response("https://a.example/api/content/x", body=body))
    assert (found.title, found.published) == ("A notice", None)
