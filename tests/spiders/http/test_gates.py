"""A login, a cookie wall or a waiting room in place of a page; and pages that only have something of one."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from spiders.http.gates import gate, led_home
from tests.spiders.http.test_apologies import NEWS, in_layout, judged

FORM = "<form method=post><input name=user><input type='password' name=p><button>Go on</button></form>"
GATES = {
    "login": in_layout(f"<h1>Log in</h1><p>Please give your name and password.</p>{FORM}"),
    "only the title": in_layout("<p>Your account</p>", "Sign in to your account"),
    "title with the site": in_layout(f"<p>Members</p>{FORM}", "Sign in | Devon County Council"),
    "no heading": in_layout(f"<p>This part of the site is for members.</p>{FORM}"),
    "no main": f"<html><body><div><p>Please log in to continue</p>{FORM}</div></body></html>",
    "cookies": in_layout("<h1>Cookies</h1><p>You have to accept cookies before you can continue to this website.</p>"),
    "cookies, the other way": in_layout("<p>To view this website you must agree to our use of cookies.</p>"),
    "queue": in_layout("<h1>Please wait</h1><p>You are now in a queue. The page renews itself.</p>"),
    "waiting room": in_layout("<h1>Busy</h1><p>Your estimated wait time is four minutes.</p>"),
}
NO_GATES = {
    "login in the head": "<html><body><header>" + FORM + "</header><main><p>Short.</p></main></body></html>",
    "login beside": f"<html><body><main><p>Short.</p></main><aside>{FORM}</aside></body></html>",
    "a long page with a form": in_layout(f"<h1>Board papers</h1>{NEWS}{FORM}"),
    "news about logging in": in_layout(f"<h1>How to log in to the new portal</h1>{NEWS}"),
    "short news about logging in": in_layout("<h1>Log in to vote for your hero</h1><p>Voting ends on Friday.</p>"),
    "a note about cookies": in_layout("<p>We use cookies on this site.</p><h1>Board</h1><p>It meets on Mondays.</p>"),
    "a video behind cookies": in_layout("<h1>Board</h1><p>Please accept cookies to view this video.</p>"),
    "waiting lists": in_layout("<h1>Waiting times</h1><p>Children wait in a queue for an assessment.</p>"),
}


@pytest.mark.parametrize("body", GATES.values(), ids=GATES)
def test_a_gate_is_blocked(body: str) -> None:
    assert judged(body) == "blocked"


@pytest.mark.parametrize("body", NO_GATES.values(), ids=NO_GATES)
def test_an_ordinary_page_is_no_gate(body: str) -> None:
    assert gate(Response("https://x.example/a", body=body.encode())) is None


@pytest.mark.parametrize(
    ("asked", "came", "home"),
    [
        ("/news/ofsted", "/", True),
        ("/board", "/home", True),
        ("/board", "/index.html", True),
        ("/board.aspx", "/Default.aspx", True),
        ("/board", "/board/", False),
        ("/home", "/", False),
        ("/news/ofsted", "/news/ofsted-report", False),
        ("/board", "/homes-for-children", False),
    ],
)
def test_an_answer_that_led_to_the_home_page(asked: str, came: str, home: bool) -> None:
    site = "https://www.example.gov.uk"
    request = Request(site + came, meta={"redirect_urls": [site + asked]})
    assert led_home(Response(site + came, request=request)) is home
    assert not led_home(Response(site + came, request=Request(site + came)))


def test_the_home_page_of_another_host_may_be_the_page_itself() -> None:
    asked = {"redirect_urls": ["https://www.example.gov.uk/news"]}
    for home, led in (
        ("https://news.example.gov.uk/", False),
        ("https://example.gov.uk/", True),
        ("http://www.example.gov.uk/", True),
    ):
        assert led_home(Response(home, request=Request(home, meta=asked))) is led
