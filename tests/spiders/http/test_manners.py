"""Retry-After, hosts, robots.txt, addresses and certificates."""

from __future__ import annotations

import asyncio
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from scrapy import Request
from scrapy.http import Response

from spiders.http.middleware import Manners, Refused
from tests.certificates import own
from tests.spiders.crawling import Crawled, council
from tests.spiders.site import Site, html

NOW = datetime(2024, 5, 15, 6, 0, tzinfo=UTC)
URL = "https://reports.ofsted.gov.uk/search"
Crawl = Callable[..., Crawled]


@pytest.fixture
def manners() -> Manners:
    return Manners(frozenset({"reports.ofsted.gov.uk"}))


def answer(status: int, **headers: str) -> Response:
    return Response(URL, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_short_wait_is_waited_for_and_asked_again_twice(manners: Manners) -> None:
    request = Request(URL)
    for _ in range(2):
        again = asyncio.run(manners.process_response(request, answer(503, Retry_After="0")))
        assert isinstance(again, Request)
        request = again
    with pytest.raises(Refused, match="unavailable"):
        asyncio.run(manners.process_response(request, answer(503, Retry_After="0")))
    manners.process_request(Request(URL))


def test_a_long_wait_is_not_waited_for_and_closes_the_host(manners: Manners) -> None:
    with pytest.raises(Refused) as refused:
        asyncio.run(manners.process_response(Request(URL), answer(429, Retry_After="3600")))
    assert refused.value.not_before is not None
    wait = datetime.fromisoformat(refused.value.not_before) - datetime.now(UTC)
    assert timedelta(minutes=59) < wait <= timedelta(hours=1)
    with pytest.raises(Refused, match="not asked") as later:
        manners.process_request(Request(URL))
    assert later.value.not_before == refused.value.not_before


@pytest.mark.parametrize(
    "request_",
    [
        Request(URL, method="POST"),
        Request("ftp://reports.ofsted.gov.uk/x"),
        Request("http://10.255.255.1/internal"),
        Request("https://reports.ofsted.gov.uk.example.org/"),
    ],
)
def test_only_gets_of_the_jobs_hosts_leave(manners: Manners, request_: Request) -> None:
    with pytest.raises(Refused):
        manners.process_request(request_)


@pytest.mark.parametrize(
    ("port", "allowed"), [("", True), (":80", True), (":443", True), (":8443", True), (":22", False), (":6379", False)]
)
def test_a_site_leads_to_no_port_but_web_servers_and_those_that_are_configured(port: str, allowed: bool) -> None:
    manners = Manners(frozenset({"reports.ofsted.gov.uk"}), frozenset({8443}))
    request = Request(f"https://reports.ofsted.gov.uk{port}/search")
    if allowed:
        manners.process_request(request)
        return
    with pytest.raises(Refused, match="it leads to port"):
        manners.process_request(request)


@pytest.mark.parametrize(
    ("host", "outcome"),
    [
        ("validate.perfdrive.com", "blocked"),
        ("example.queue-it.net", "blocked"),
        ("geo.captcha-delivery.com", "blocked"),
        ("queue-it.net.example.org", "invalid"),
        ("login.microsoftonline.com", "invalid"),
    ],
)
def test_a_way_to_a_firewalls_own_host_is_a_challenge(manners: Manners, host: str, outcome: str) -> None:
    with pytest.raises(Refused) as refused:
        manners.process_request(Request(f"https://{host}/?u=x"))
    assert refused.value.outcome == outcome


def test_after_a_long_wait_nothing_more_is_asked_and_every_poll_says_until_when(site: Site, crawled: Crawl) -> None:
    site.answers["/provider/44/80461"] = html("", 503, **{"Retry-After": "3600"})
    result = crawled(site.url, sweep=True)
    assert [path for path in site.paths() if "provider" in path] == ["/provider/44/80461"]
    assert {result.poll(urn).outcome for urn in site.reports} == {"error"}
    assert len({result.poll(urn).not_before for urn in site.reports}) == 1
    assert result.poll("80463").requests == 0
    assert "not asked, because the site is unavailable (503)" in (result.poll("80463").detail or "")


def test_too_many_requests_without_a_time_ends_the_asking(site: Site, crawled: Crawl) -> None:
    site.answers["/provider/44/80461"] = html("", 429)
    result = crawled(site.url, sweep=True)
    assert "/provider/44/80462" not in site.paths()
    assert (result.poll("80462").outcome, result.poll("80462").not_before) == ("error", None)


def test_an_unreadable_robots_txt_forbids_for_now(site: Site, crawled: Crawl) -> None:
    site.answers["/robots.txt"] = html("", 500)
    poll = crawled(site.url, council("80461")).poll("search")
    assert poll.outcome == "error"
    assert "robots.txt could not be read (500)" in (poll.detail or "")
    assert set(site.paths()) == {"/robots.txt"}


@pytest.mark.parametrize("status", [403, 404])
def test_a_robots_txt_that_is_not_there_allows(site: Site, crawled: Crawl, status: int) -> None:
    site.answers["/robots.txt"] = html("User-agent: *\nDisallow: /", status)
    assert crawled(site.url, council("80461")).poll("search").outcome == "ok"


def test_robots_txt_may_forbid_single_pages(site: Site, crawled: Crawl) -> None:
    site.answers["/robots.txt"] = html("User-agent: *\nDisallow: /provider/44/80461\n")
    result = crawled(site.url, sweep=True)
    assert result.outcomes() == {"80461": "blocked", "80462": "ok", "80463": "ok", "search": "ok"}
    assert "/provider/44/80461" not in site.paths()


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:1", "http://ofsted.invalid"])
def test_a_host_that_is_not_there_is_an_error_in_one_line(crawled: Crawl, base_url: str) -> None:
    result = crawled(base_url, council("80461"))
    assert result.poll("search").outcome == "error"
    assert result.log == ""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return own(tmp_path)


@pytest.fixture
def secure_site(certificate: Path) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with HTTPServer(host="127.0.0.1", ssl_context=context) as server:
        yield Site(server, {"80461": [("1", "2024-01-01", "Thematic letter")]})


def test_a_certificate_that_is_not_trusted_is_an_error(secure_site: Site, crawled: Crawl) -> None:
    poll = crawled(secure_site.url, council("80461")).poll("search")
    assert poll.outcome == "error"
    assert "TLS: self-signed certificate" in (poll.detail or "")


def test_a_trusted_certificate_is_taken(secure_site: Site, certificate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "scrapy", "crawl", "ofsted", "-a", f"base_url={secure_site.url}", "-O", str(out)]
    environment = {**os.environ, "SSL_CERT_FILE": str(certificate)}
    project = Path(__file__).parents[3]
    subprocess.run([*command, "-s", "DOWNLOAD_DELAY=0"], check=True, cwd=project, env=environment, timeout=60)
    assert '"outcome": "ok"' in out.read_text().splitlines()[-1]
