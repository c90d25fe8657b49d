"""A cookie is brought back within one exchange, and never after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_httpserver import HTTPServer
from scrapy import Request
from scrapy.http import Response
from werkzeug import Request as Asked
from werkzeug import Response as Answer

from spiders.http.exchange import ExchangeCookies
from tests.spiders.crawling import Crawled, council
from tests.spiders.site import Site


def gate(site: Site) -> Callable[[Asked], Answer]:
    """Lets pass who brings the cookie that it has just set."""

    def answer(asked: Asked) -> Answer:
        if asked.cookies.get("seen") == "1":
            return site.plain(asked)
        return Answer(b"", 302, headers={"Location": asked.full_path, "Set-Cookie": "seen=1; Path=/; HttpOnly"})

    return answer


def test_a_site_that_wants_its_cookie_back_is_read(httpserver: HTTPServer, crawled: Callable[..., Crawled]) -> None:
    site = Site(httpserver, {"80461": [("1", "2024-01-01", "Thematic letter")]})
    site.answers["^/(search|provider)"] = gate(site)
    result = crawled(site.url, council("80461"))
    assert result.outcomes() == {"search": "ok", "80461": "ok"}
    brought = [asked.cookies.get("seen") for asked in site.asked if asked.path != "/robots.txt"]
    assert brought == [None, "1"] * (len(brought) // 2)


def cookie(request: Request) -> str:
    ExchangeCookies().process_request(request)
    return (request.headers.get("Cookie") or b"").decode()


def after(request: Request, *lines: str) -> Request:
    ExchangeCookies().process_response(request, Response(request.url, headers={"Set-Cookie": list(lines)}))
    return request


@pytest.mark.parametrize(
    ("lines", "sent"),
    [
        (["a=1; Path=/", "b=2"], "a=1; b=2"),
        (["a=1", "a=2"], "a=2"),
        (["a=x=y"], "a=x=y"),
        (["=x", "", ";", "b=" + "v" * 5000], ""),
    ],
)
def test_what_is_sent_back(lines: list[str], sent: str) -> None:
    assert cookie(after(Request("https://a.example/"), *lines).replace(url="https://a.example/b")) == sent


@pytest.mark.parametrize("url", ["https://b.example/", "http://a.example/", "https://x.a.example/"])
def test_another_host_never_gets_it(url: str) -> None:
    request = after(Request("https://a.example/"), "a=1")
    cookie(request)
    elsewhere = request.replace(url=url)
    assert cookie(elsewhere) == ""
    assert cookie(elsewhere.replace(url="https://a.example/")) == "a=1"


def test_a_flood_of_cookies_is_bounded() -> None:
    request = after(Request("https://a.example/"), *(f"c{n}=1" for n in range(500)))
    assert cookie(request).count("=") == 20
