"""The local site: listing, pages, files, faults and the date that can be moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from monitor.demo.councils import FENWICK_VALE, HARROWMOOR, WEALDSHIRE
from monitor.demo.history import demo_world
from monitor.demo.site import DemoSite
from monitor.demo.world import World
from tests.demo_letters.crowd import crowd_world

LISTING = "/search?q=&level_1_types=3&level_2_types[]=12&status[]=1&start={}&rows={}&sort=date&order=desc"
WORLD = demo_world()
WEEK = [day.date for day in WORLD.days]


@pytest.fixture
def site() -> Iterator[DemoSite]:
    with DemoSite(WORLD) as running:
        yield running


def ask(site: DemoSite, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """Asks one thing; underscores in header names stand for hyphens."""
    connection = HTTPConnection(urlsplit(site.base_url).netloc, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def page(site: DemoSite, path: str) -> str:
    answer, body = ask(site, path)
    assert answer.status == 200
    return body.decode()


def rows(html: str) -> list[str]:
    """The URNs of a page of results, in order."""
    return re.findall(r'href="/provider/44/(\d+)"', html)


def links(html: str) -> list[str]:
    return re.findall(r'class="publication-link" href="[^"]*?(/v1/file/\d+)"', html)


def replaced_file() -> str:
    return next(f"/v1/file/{p.file_id}" for p in WORLD.publications if len(p.editions) > 1)


def test_the_listing_counts_all_and_shows_the_newest_first(site: DemoSite) -> None:
    html = page(site, LISTING.format(0, 100))
    assert '<strong class="results-count">4</strong>' in html
    assert rows(html)[0] == WEALDSHIRE.urn
    assert sorted(rows(html)) == sorted(council.urn for council in WORLD.councils)
    site.today = WEEK[1]
    assert rows(page(site, LISTING.format(0, 100)))[0] == FENWICK_VALE.urn


def test_a_page_of_results_is_capped_at_100_rows() -> None:
    world = crowd_world(153, 1)
    with DemoSite(world, date(2026, 8, 31)) as site:
        first, second = (page(site, LISTING.format(start, 200)) for start in (0, 100))
    assert (len(rows(first)), len(rows(second))) == (100, 53)
    assert '<strong class="results-count">153</strong>' in first
    assert "1 of 2" in first
    assert len({*rows(first), *rows(second)}) == 153


def test_a_row_tells_the_date_of_the_latest_report(site: DemoSite) -> None:
    row = next(part for part in page(site, LISTING.format(0, 100)).split("</h3>") if "URN: <strong>80901" in part)
    assert "Latest report: <strong><time>5 January 2024</time></strong>" in row


def test_a_councils_page_lists_its_reports_newest_first_with_an_archive(site: DemoSite) -> None:
    html = page(site, f"/provider/44/{FENWICK_VALE.urn}")
    recent, archive = html.split('<div class="timeline__archive')
    assert (len(links(recent)), len(links(archive))) == (3, 1)
    assert "Children&#x27;s services inspection, pdf - 05 January 2024" in recent
    assert "Children&#x27;s services focused visit, pdf - 30 March 2021" in recent
    assert "<time>6 November 2023</time>" in recent
    assert f'href="{site.base_url}/v1/file/' in recent


def test_a_report_appears_on_its_day(site: DemoSite) -> None:
    path = f"/provider/44/{FENWICK_VALE.urn}"
    before = links(page(site, path))
    site.today = WEEK[1]
    after = links(page(site, path))
    assert after[1:] == before
    assert ask(site, after[0])[1].startswith(b"%PDF-")
    site.today = WEEK[0]
    assert ask(site, after[0])[0].status == 404


def test_a_file_that_is_not_there_is_an_html_page(site: DemoSite) -> None:
    answer, body = ask(site, "/v1/file/1")
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert b"<h1>Report not found</h1>" in body


def test_a_file_is_asked_for_again_with_its_validators(site: DemoSite) -> None:
    path = replaced_file()
    answer, body = ask(site, path)
    tag, modified = answer.headers["ETag"], answer.headers["Last-Modified"]
    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(body) == int(answer.headers["Content-Length"])
    assert ask(site, path, If_None_Match=tag)[0].status == 304
    assert ask(site, path, If_Modified_Since=modified)[0].status == 304
    assert ask(site, path, If_None_Match='"other"', If_Modified_Since=modified)[0].status == 200


def test_a_replaced_file_is_sent_anew_under_the_same_link(site: DemoSite) -> None:
    path = replaced_file()
    answer, old = ask(site, path)
    site.today = WEEK[5]
    again, new = ask(site, path, If_None_Match=answer.headers["ETag"])
    assert again.status == 200
    assert new.startswith(b"%PDF-")
    assert new != old


def test_the_planned_outage_is_a_challenge_for_one_day(site: DemoSite) -> None:
    path = f"/provider/44/{HARROWMOOR.urn}"
    site.today = WEEK[3]
    assert "Pardon Our Interruption" in page(site, path)
    assert rows(page(site, LISTING.format(0, 100)))[0] == HARROWMOOR.urn
    site.today = WEEK[4]
    assert len(links(page(site, path))) == 4


def test_head_is_refused_and_robots_are_welcome(site: DemoSite) -> None:
    assert ask(site, "/search", method="HEAD")[0].status == 403
    assert ask(site, "/search", method="POST")[0].status == 405
    assert page(site, "/robots.txt") == "User-agent: *\nDisallow:\n"


@pytest.mark.parametrize("path", ["/provider/44/1", "/provider/2/80901", "/nothing"])
def test_other_addresses_are_not_found(site: DemoSite, path: str) -> None:
    assert ask(site, path)[0].status == 404


def test_the_log_tells_what_was_asked(site: DemoSite) -> None:
    ask(site, "/robots.txt", User_Agent="tester/1.0")
    [asked] = site.requests
    assert (asked.method, asked.path, asked.headers["user-agent"]) == ("GET", "/robots.txt", "tester/1.0")


def test_a_council_without_reports_says_so() -> None:
    with DemoSite(World(WORLD.councils, []), WEEK[0]) as site:
        assert "There are no reports for this provider." in page(site, f"/provider/44/{FENWICK_VALE.urn}")
        assert "Latest report:" not in page(site, LISTING.format(0, 100))
