"""robots.txt by RFC 9309: redirects, its size, what an error means; and a Crawl-delay that no crawl can keep."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from scrapy.settings import Settings
from werkzeug import Request, Response

from monitor.model import Http, Job, Target
from monitor.model.crawl import ROBOTS_UNREADABLE
from spiders.http.middleware import Refused
from spiders.http.robots import Pauses
from spiders.job import _boundaries
from tests.spiders.crawling import Crawled, council
from tests.spiders.site import Site, html, moved

Crawl = Callable[..., Crawled]
CLOSED = "User-agent: *\nDisallow: /\n"


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    return Site(httpserver, {str(80461 + n): [("1", "2024-01-01", "Thematic letter")] for n in range(2)})


def text(words: str | bytes, status: int = 200) -> Callable[[Request], Response]:
    return lambda _: Response(words, status, mimetype="text/plain")


def seen(site: Site, crawled: Crawl) -> str:
    """The outcome of a look at the listing."""
    return crawled(site.url, council("80461")).poll("search").outcome


@pytest.mark.parametrize(
    "to",
    [
        "/robots.txt",
        "https://login.example.invalid/authorize?client_id=1",
        "//elsewhere.invalid/robots.txt",
        "ftp://elsewhere.invalid/robots.txt",
        "http://10.255.255.1/robots.txt",
    ],
)
def test_a_robots_txt_that_leads_nowhere_closes_nothing(site: Site, crawled: Crawl, to: str) -> None:
    site.answers["/robots.txt"] = moved(to)
    assert seen(site, crawled) == "ok"
    assert site.paths().count("/robots.txt") == (6 if to == "/robots.txt" else 1)


@pytest.mark.parametrize("hops", [1, 2, 5])
def test_redirects_are_followed_and_the_rules_at_their_end_count(site: Site, crawled: Crawl, hops: int) -> None:
    site.answers["/robots.txt"] = moved("/r1")
    site.answers |= {rf"/r{n}\?": moved(f"/r{n + 1}") for n in range(1, hops)}
    site.answers[rf"/r{hops}\?"] = text(CLOSED)
    assert seen(site, crawled) == "blocked"


def test_after_more_than_five_redirects_there_is_no_robots_txt(site: Site, crawled: Crawl) -> None:
    site.answers["/robots.txt"] = moved("/r1")
    site.answers |= {rf"/r{n}\?": moved(f"/r{n + 1}") for n in range(1, 6)}
    site.answers[r"/r6\?"] = text(CLOSED)
    assert seen(site, crawled) == "ok"


def test_the_rules_of_another_host_count_where_robots_txt_leads_there(site: Site, crawled: Crawl) -> None:
    with HTTPServer(host="127.0.0.1") as elsewhere:
        elsewhere.expect_request("/rules").respond_with_data(CLOSED, content_type="text/plain")
        site.answers["/robots.txt"] = moved(elsewhere.url_for("/rules"))
        known_port = {"alternatives": [f"http://localhost:{elsewhere.port}/"]}
        target = Target("80461", "Devon", options=known_port)
        poll = crawled(site.url, target, http={"allow_private_addresses": True}).poll("search")
    assert poll.outcome == "blocked"


@pytest.mark.parametrize("page", ["<html><title>Sign in</title><form></form></html>", "", "<h1>Not found</h1>", "\x00"])
def test_a_page_in_place_of_robots_txt_allows(site: Site, crawled: Crawl, page: str) -> None:
    site.answers["/robots.txt"] = html(page)
    assert seen(site, crawled) == "ok"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_4xx_allows(site: Site, crawled: Crawl, status: int) -> None:
    site.answers["/robots.txt"] = text(CLOSED, status)
    assert seen(site, crawled) == "ok"


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_5xx_forbids_unless_it_has_lasted_too_long(site: Site, crawled: Crawl, status: int) -> None:
    site.answers["/robots.txt"] = text("", status)
    poll = crawled(site.url, council("80461")).poll("search")
    assert (poll.outcome, ROBOTS_UNREADABLE in (poll.detail or "")) == ("error", True)
    waived = Target("80461", "Devon", options={"robots_waived": True})
    assert crawled(site.url, waived).poll("search").outcome == "ok"


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\r\n\r\n", b"# caf\xe9\n"])
@pytest.mark.parametrize("agent", [b"*", b"ofsted-watch-tests", b"Ofsted-Watch-Tests"])
def test_rules_are_found_behind_a_mark_and_by_our_name(site: Site, crawled: Crawl, start: bytes, agent: bytes) -> None:
    site.answers["/robots.txt"] = text(start + b"User-agent: " + agent + b"\nDisallow: /\n")
    assert seen(site, crawled) == "blocked"


def test_rules_for_what_the_user_agent_only_mentions_are_not_ours(site: Site, crawled: Crawl) -> None:
    site.answers["/robots.txt"] = text("User-agent: example.org\nDisallow: /\n")
    assert seen(site, crawled) == "ok"


@pytest.mark.parametrize(("before", "outcome"), [(400 * 1024, "blocked"), (501 * 1024, "ok")])
def test_so_much_is_read_and_no_more(site: Site, crawled: Crawl, before: int, outcome: str) -> None:
    site.answers["/robots.txt"] = text("# filler\n" * (before // 9) + CLOSED)
    assert seen(site, crawled) == outcome


@pytest.mark.parametrize("delay", ["301", "3600", "86400", "1e308"])
def test_a_delay_that_no_crawl_can_keep_is_named_and_the_site_left_out(site: Site, crawled: Crawl, delay: str) -> None:
    site.answers["/robots.txt"] = text(f"User-agent: *\nCrawl-delay: {delay}\n")
    poll = crawled(site.url, council("80461")).poll("search")
    assert poll.outcome == "blocked"
    assert f"a pause of {float(delay):g} s after each request (Crawl-delay)" in (poll.detail or "")
    assert set(site.paths()) == {"/robots.txt"}


@pytest.mark.parametrize("delay", ["nan", "-3600", "soon", "0", "0.01"])
def test_a_delay_that_is_none_or_short_is_no_hindrance(site: Site, crawled: Crawl, delay: str) -> None:
    site.answers["/robots.txt"] = text(f"User-agent: *\nCrawl-delay: {delay}\n")
    assert seen(site, crawled) == "ok"


@pytest.mark.parametrize(
    ("base_url", "urls", "several"),
    [
        ("https://reports.example", [None, None], False),
        ("", ["https://a.example/feed", "https://b.example/feed"], True),
        ("", ["https://a.example/feed", "https://a.example/other"], False),
        ("", ["https://a.example/feed"], False),
    ],
)
def test_only_a_crawl_of_several_sites_bounds_the_pauses(base_url: str, urls: list[str | None], several: bool) -> None:
    targets = tuple(Target(str(n), "t", url=url) for n, url in enumerate(urls))
    crawler: Any = SimpleNamespace(settings=Settings())
    _boundaries(crawler, Job("r", "press", base_url, "", Http("t"), targets), ())
    assert crawler.settings.getbool("SEVERAL_SITES") is several


@pytest.mark.parametrize(("delay", "requests"), [(300.0, 3), (60.0, 15), (10.0, 90), (450.0, 2)])
def test_pauses_of_one_host_end_when_they_have_taken_long_enough(delay: float, requests: int) -> None:
    pauses = Pauses()
    pauses.allow("slow.example", delay)
    for _ in range(requests):
        pauses.spend("slow.example")
    with pytest.raises(Refused, match="Crawl-delay") as refused:
        pauses.spend("slow.example")
    assert refused.value.outcome == "error"
    pauses.spend("quick.example")


@pytest.mark.parametrize("name", ["ofsted-watch-tests", "Ofsted-Watch-Tests/1.0", "ofsted-watch-tests/0.9 # old"])
def test_our_name_is_ours_with_a_version_too(site: Site, crawled: Crawl, name: str) -> None:
    site.answers["/robots.txt"] = text(f"User-agent: {name}\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert seen(site, crawled) == "blocked"


@pytest.mark.parametrize("name", ["other-watch/1.0", "ofsted-watcher/1.0"])
def test_another_name_is_not_ours(site: Site, crawled: Crawl, name: str) -> None:
    site.answers["/robots.txt"] = text(f"User-agent: {name}\nDisallow: /\n")
    assert seen(site, crawled) == "ok"
