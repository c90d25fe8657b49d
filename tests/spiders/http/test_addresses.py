"""Where a request may go, whatever a page, a redirect or a name server says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_httpserver import HTTPServer
from scrapy import Request

from spiders.http.addresses import is_local_literal, joined
from spiders.http.errors import where
from spiders.http.middleware import Manners, Refused
from tests.spiders.crawling import Crawled, council
from tests.spiders.site import Site, html

Crawl = Callable[..., Crawled]


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost.", "LOCALHOST.evil"])
def test_an_odd_spelling_is_not_what_the_operator_wrote(host: str) -> None:
    assert not is_local_literal(host)


STRAY = (
    "http://127.0.0.2:9/", "//127.0.0.2:9/x", "http://169.254.169.254/latest/", "http://[::1]:9/", "http://2130706434/",
    "http://0x7f000002/", "http://[::ffff:127.0.0.2]/", "ftp://127.0.0.1/", "file:///etc/passwd", "data:text/html,x",
    "http://[::1", "http://localhost:99999/", "http://user@127.0.0.2:9/", "javascript:alert(1)",
)  # fmt: skip


@pytest.mark.parametrize("address", STRAY)
def test_a_redirect_astray_is_followed_nowhere(httpserver: HTTPServer, crawled: Crawl, address: str) -> None:
    site = Site(httpserver, {"80461": [("1", "2024-01-01", "Thematic letter")]})
    site.answers["/search"] = html("", 302, Location=address)
    result = crawled(site.url, council("80461"))
    assert result.poll("search").outcome in ("invalid", "error")
    assert result.connected <= {"127.0.0.1"}
    assert {path.partition("?")[0] for path in site.paths()} <= {"/robots.txt", "/search"}
    assert result.log == ""


@pytest.mark.parametrize("address", ["http://[::1", "http://a:99999/", "http://a:x/", "http://[zz]/"])
def test_what_is_no_address_is_named_as_such(address: str) -> None:
    assert joined("https://a.example/", address) == ""
    assert where(address)
    with pytest.raises((Refused, ValueError)):
        Manners(frozenset({"a"})).process_request(Request(address))


def test_a_retry_after_that_is_no_time_ends_the_asking_in_words(httpserver: HTTPServer, crawled: Crawl) -> None:
    site = Site(httpserver, {"80461": [("1", "2024-01-01", "Thematic letter")]})
    site.answers["/search"] = html("", 429, **{"Retry-After": "\xb2"})
    poll = crawled(site.url, council("80461")).poll("search")
    assert (poll.outcome, poll.not_before) == ("error", None)
    assert "we ask too often (429)" in (poll.detail or "")


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("www.devon.gov.uk/news/one", "https://www.devon.gov.uk/news/one"),
        ("WWW.Devon.gov.uk", "https://WWW.Devon.gov.uk"),
        ("devon.gov.uk/news/one?a=b", "https://devon.gov.uk/news/one?a=b"),
        ("democracy.devon.gov.uk:8080/x", "https://democracy.devon.gov.uk:8080/x"),
        ("\\\\www.devon.gov.uk\\one", "https://www.devon.gov.uk/one"),
        ("\\news\\one", "https://a.example/news/one"),
        ("www.html", "https://a.example/list/www.html"),
        ("report.gov.uk.pdf", "https://a.example/list/report.gov.uk.pdf"),
        ("one.aspx?url=www.devon.gov.uk", "https://a.example/list/one.aspx?url=www.devon.gov.uk"),
        ("?path=\\x", "https://a.example/list/?path=\\x"),
        ("", "https://a.example/list/"),
    ],
)
def test_a_host_may_lack_its_scheme_and_a_slash_may_lean_back(link: str, leads: str) -> None:
    assert joined("https://a.example/list/", link) == leads
