"""Each answer belongs to its request, whatever else a server sends."""

from __future__ import annotations

import pytest
from scrapy.exceptions import DownloadFailedError

from tests.spiders.http.raw import CLOSE, RESET, Step, answer, ask, ask_one, body_of, head, raw_site

HINTS = head("Link: </s.css>; rel=preload", status="103 Early Hints")
GO_ON, WAIT = head(status="100 Continue"), head(status="102 Processing")
INTERIM: list[list[Step]] = [
    [GO_ON],
    [WAIT, 0.1],
    [HINTS, 0.1],
    [HINTS, 0.05, HINTS, 0.05, WAIT],
    [GO_ON + HINTS + WAIT],
    [HINTS[:20], 0.05, HINTS[20:]],
    [head("Content-Length: 5", status="103 Early Hints"), 0.05],
    [head(status="199 Whatever") * 50],
]


@pytest.mark.parametrize("before", INTERIM)
def test_interim_answers_are_skipped_and_no_answer_shifts(before: list[Step]) -> None:
    with raw_site(lambda path: [*before, answer(path.encode())]) as site:
        found = ask(*(site.url + path for path in ("/a", "/b", "/c")))
    assert [body_of(one) for one in found] == [b"/a", b"/b", b"/c"]
    assert site.connections == 1


LEFT_OVER: list[list[Step]] = [
    [0.05, answer(b"stale")],
    [0.05, answer(b"stale", status="404 Not Found"), answer(b"stale")],
    [0.05, HINTS],
    [0.05, b"stale"],
    [0.05, b"HTTP/1.1 200 OK\r\nContent-Le"],
]


@pytest.mark.parametrize("after", LEFT_OVER)
def test_what_nobody_asked_for_is_never_an_answer(after: list[Step]) -> None:
    with raw_site(lambda path: [answer(path.encode()), *after]) as site:
        found = ask(*(site.url + path for path in ("/a", "/b", "/c")), pause=0.2)
    assert [body_of(one) for one in found] == [b"/a", b"/b", b"/c"]


def test_two_answers_at_once_shift_nothing() -> None:
    with raw_site(lambda path: [answer(path.encode()) + answer(b"stale")]) as site:
        found = ask(*(site.url + path for path in ("/a", "/b", "/c")))
    assert [body_of(one) for one in found] == [b"/a", b"/b", b"/c"]


def test_a_sound_connection_is_kept() -> None:
    with raw_site(lambda path: [answer(path.encode())]) as site:
        ask(*[site.url + "/"] * 5)
    assert site.connections == 1


def test_a_kept_connection_that_the_server_has_closed_is_opened_again() -> None:
    with raw_site(lambda path: [answer(path.encode()), 0.02, CLOSE]) as site:
        found = ask(site.url + "/a", site.url + "/b", pause=0.1)
    assert [body_of(one) for one in found] == [b"/a", b"/b"]


GARBAGE = {
    "another protocol": b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n",
    "HTTP/0.9": b"<html><title>Hello</title>" + b"x" * 70_000 + b"</html>",
    "one long line": b"y" * 70_000,
    "a long status": b"HTTP/1.1 200 " + b"z" * 200_000 + b"\r\n\r\n",
    "no number": b"HTTP/1.1 fine OK\r\n\r\n",
    "controls": b"\x1b[31mHTTP\x00\x07\r\n\r\n",
    "a long header": b"HTTP/1.1 200 OK\r\nX: " + b"w" * 200_000 + b"\r\n\r\n",
    "many headers": b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(5000)) + b"\r\n",
    "no colon": b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    "a length that is none": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
}


@pytest.mark.parametrize("words", GARBAGE.values(), ids=GARBAGE)
def test_what_is_not_http_has_a_short_reason(words: bytes) -> None:
    with raw_site(lambda _: [words, 0.2, CLOSE]) as site:
        found = ask_one(site.url)
    assert isinstance(found, DownloadFailedError)
    assert "the answer is not HTTP (" in str(found)
    assert len(str(found)) < 130
    assert str(found).isprintable()


@pytest.mark.parametrize("end", [CLOSE, RESET])
@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\nContent-T", HINTS])
def test_a_connection_that_ends_before_the_answer_is_lost_and_asked_by_nobody_but_scrapy(
    before: bytes, end: str
) -> None:
    with raw_site(lambda _: [before, 0.05, end]) as site:
        found = ask_one(site.url)
    assert isinstance(found, DownloadFailedError)
    assert str(found) == "the connection was lost (it ended before the answer)"
    assert len(site.asked) == 1


def test_the_request_is_sent_as_it_is_written() -> None:
    asked = "/a%2Fb/%7Ec?q=1%202&r=%C3%A9+x&s="
    with raw_site(lambda path: [answer(path.encode())]) as site:
        assert body_of(ask_one(site.url + asked)) == asked.encode()


def test_repeated_headers_are_all_kept() -> None:
    with raw_site(lambda _: [answer(b"x", "Set-Cookie: a=1", "Set-Cookie: b=2", "X-Odd: caf\xe9")]) as site:
        found = ask_one(site.url)
    assert not isinstance(found, Exception)
    assert found.headers.getlist("Set-Cookie") == [b"a=1", b"b=2"]
    assert found.headers["X-Odd"] == b"caf\xe9"


def test_a_long_policy_in_the_head_is_no_fault() -> None:
    with raw_site(lambda _: [answer(b"x", "Content-Security-Policy: " + "https://a.example " * 2000)]) as site:
        assert body_of(ask_one(site.url)) == b"x"
