"""The spider against a small local site: which pages it opens, what it says of them, how it keeps the files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.model import Known
from tests.spiders.crawling import Crawled, council
from tests.spiders.site import PDF, Site, html, moved, page

INSPECTION = "Children's services inspection"
VISIT = "Children's services focused visit"
Crawl = Callable[..., Crawled]


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    return Site(
        httpserver,
        {
            "80461": [("501", "2024-05-10", INSPECTION), ("401", "2023-01-02", VISIT)],
            "80462": [("502", "2024-03-01", VISIT)],
            "80463": [],
        },
    )


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def known(body: bytes, **more: Any) -> Known:
    return Known(sha(body), len(body), "application/pdf", **more)


def test_only_councils_whose_listed_date_differs_from_the_mark_are_opened(site: Site, crawled: Crawl) -> None:
    result = crawled(site.url, council("80461", "2024-01-01"), council("80462", "2024-03-01"), council("80463", "none"))
    assert result.outcomes() == {"search": "ok", "80461": "ok", "80462": "unchanged", "80463": "unchanged"}
    assert site.paths() == ["/robots.txt", "/search", "/provider/44/80461"]
    unchanged = result.poll("80462")
    assert (unchanged.complete, unchanged.requests, unchanged.cursor) == (False, 0, "2024-03-01")
    assert (result.poll("80461").cursor, result.poll("80461").complete) == ("2024-05-10", True)
    assert result.log == ""


def test_a_council_that_published_today_or_yesterday_is_opened_again(site: Site, crawled: Crawl) -> None:
    marked = council("80461", "2024-05-10")
    assert crawled(site.url, marked, options={"today": "2024-05-11"}).poll("80461").outcome == "ok"
    assert crawled(site.url, marked, options={"today": "2024-05-12"}).poll("80461").outcome == "unchanged"


def test_the_records_of_a_council_stand_before_its_poll_and_say_what_the_page_says(site: Site, crawled: Crawl) -> None:
    result = crawled(site.url, council("80461"), council("80462"))
    order = [(item.type, item.target) for item in result.items]
    assert order == [
        ("poll", "search"),
        ("record", "80461"),
        ("record", "80461"),
        ("poll", "80461"),
        ("record", "80462"),
        ("poll", "80462"),
    ]
    first = result.records("80461")[0]
    assert (first.key, first.url, first.title) == ("501", f"{site.url}/v1/file/501", INSPECTION)
    assert first.fields == {"report_type": "inspection", "inspection_date": "2024-05-10"}
    assert (first.kind, first.published, first.document, first.document_error) == ("report", "2024-05-10", None, None)


def test_the_agent_is_honest_and_names_a_contact(site: Site, crawled: Crawl) -> None:
    crawled(site.url, council("80461"))
    agents = {request.headers["User-Agent"] for request in site.asked}
    assert agents == {"ofsted-watch-tests/0 (+https://example.org/contact)"}


def test_every_council_of_the_listing_is_swept_without_targets(site: Site, crawled: Crawl) -> None:
    result = crawled(site.url, sweep=True)
    assert list(result.outcomes()) == ["80461", "80462", "80463", "search"]
    assert result.poll("search").listing == "agrees"
    assert result.poll("80463").cursor == "none"


def test_a_sweep_says_what_the_listing_hid(site: Site, crawled: Crawl) -> None:
    site.listed = {"80461": "2023-06-01"}
    result = crawled(site.url, sweep=True)
    assert result.poll("80461").outcome == "ok"
    poll = result.poll("search")
    assert (poll.outcome, poll.listing) == ("ok", "hides")
    assert poll.detail == "the listing hides: Council 80461 has a report of 10 May 2024, the listing said 1 June 2023"


def test_a_page_older_than_the_listing_says_is_invalid(site: Site, crawled: Crawl) -> None:
    site.listed = {"80461": "2024-07-12"}
    poll = crawled(site.url, council("80461")).poll("80461")
    assert (poll.outcome, poll.complete, poll.cursor) == ("invalid", False, None)
    assert poll.detail == (
        "/provider/44/80461: the listing says 12 July 2024, the newest report on the page is of 10 May 2024"
    )


def test_a_page_of_another_council_is_invalid_and_gives_no_records(site: Site, crawled: Crawl) -> None:
    site.answers["/provider/44/80461"] = html(site.provider("80462"))
    result = crawled(site.url, council("80461"))
    said = (
        '/provider/44/80461: the page should show URN 80461 and shows 80462; the page begins "Council 80462 URN: 80462'
    )
    assert (result.poll("80461").detail or "").startswith(said)
    assert result.records("80461") == []


def without_the_visit(site: Site) -> None:
    """Break the link of one of Devon's two reports."""
    site.answers["/provider/44/80461"] = html(site.provider("80461").replace("/v1/file/401", "/nowhere"))


def test_an_entry_that_cannot_be_read_is_a_remark_and_the_others_are_read(site: Site, crawled: Crawl) -> None:
    without_the_visit(site)
    result = crawled(site.url, council("80461"))
    poll = result.poll("80461")
    assert (poll.outcome, poll.complete, poll.cursor) == ("ok", True, "2024-05-10")
    assert "entries that cannot be read: 1 (entry" in (poll.detail or "")
    assert [record.key for record in result.records("80461")] == ["501"]


def test_a_known_report_is_not_absent_while_an_entry_cannot_be_read(site: Site, crawled: Crawl) -> None:
    without_the_visit(site)
    for listed, complete in ((["401", "501"], False), (["501"], True)):
        poll = crawled(site.url, replace(council("80461"), options={"listed": listed})).poll("80461")
        assert (poll.outcome, poll.complete) == ("ok", complete)


def test_a_page_whose_newest_entry_cannot_be_read_is_opened_again(site: Site, crawled: Crawl) -> None:
    site.answers["/provider/44/80461"] = html(site.provider("80461").replace("/v1/file/501", "/nowhere"))
    poll = crawled(site.url, council("80461")).poll("80461")
    assert (poll.outcome, poll.cursor) == ("ok", None)
    assert "the listing says 10 May 2024, the newest report on the page is of 2 January 2023" in (poll.detail or "")


def test_a_report_without_a_date_is_a_record_without_one(site: Site, crawled: Crawl) -> None:
    site.answers["/provider/44/80461"] = html(site.provider("80461").replace(", pdf - 10 May 2024", ", PDF, 2 MB"))
    result = crawled(site.url, council("80461"))
    first, second = result.records("80461")
    assert (first.published, first.fields["inspection_date"], second.published) == (None, "2024-05-10", "2023-01-02")
    poll = result.poll("80461")
    assert (poll.outcome, poll.complete, poll.cursor) == ("ok", True, None)
    assert "reports without a date of publication: 1 (file 501)" in (poll.detail or "")


def test_a_row_that_cannot_be_read_is_a_remark_and_means_no_absence(site: Site, crawled: Crawl) -> None:
    broken = site.plain
    site.answers["/search"] = lambda r: Response(
        broken(r).get_data().replace(b"/provider/44/80462", b"/elsewhere"), mimetype="text/html"
    )
    result = crawled(site.url, council("80461"), council("80462"))
    assert result.outcomes() == {"search": "ok", "80461": "ok", "80462": "invalid"}
    assert result.poll("search").complete is False
    assert "rows that cannot be read: 1 (row 2" in (result.poll("search").detail or "")
    assert "not in what could be read of the listing" in (result.poll("80462").detail or "")


def test_a_row_whose_date_cannot_be_read_is_opened_every_time(site: Site, crawled: Crawl) -> None:
    site.answers["/search"] = lambda r: Response(
        site.plain(r).get_data().replace(b"10 May 2024", b"last week"), mimetype="text/html"
    )
    poll = crawled(site.url, council("80461", "2024-05-10")).poll("80461")
    assert (poll.outcome, poll.complete, poll.cursor) == ("ok", True, None)


def test_a_listing_without_a_count_is_read_to_its_last_page(site: Site, crawled: Crawl) -> None:
    def uncounted(request: Request) -> Response:
        return Response(site.plain(request).get_data().replace(b"results-count", b"x").replace(b">3<", b"><"))

    site.answers["/search"] = lambda r: Response(uncounted(r).get_data(), mimetype="text/html")
    result = crawled(site.url, council("80461"), council("80999"), options={"page_size": 2})
    assert result.outcomes() == {"search": "ok", "80461": "ok", "80999": "missing"}
    assert (result.poll("search").requests, result.poll("search").detail) == (
        3,
        "the search page has no count of results",
    )


def test_a_council_that_is_not_listed_is_missing_only_if_the_listing_is_sound(site: Site, crawled: Crawl) -> None:
    poll = crawled(site.url, council("80999")).poll("80999")
    assert (poll.outcome, poll.detail) == ("missing", "not in the listing")
    site.answers["/search"] = lambda r: Response(
        site.plain(r).get_data().replace(b'count">3', b'count">4'), mimetype="text/html"
    )
    result = crawled(site.url, council("80999"), council("80461"))
    assert result.outcomes() == {"search": "invalid", "80999": "invalid", "80461": "ok"}
    assert result.poll("search").detail == "the listing says that it has 4 councils but shows 3"


def test_when_most_councils_are_gone_the_listing_is_wrong(site: Site, crawled: Crawl) -> None:
    gone = [council(str(90000 + n), name=f"Gone {n}") for n in range(5)]
    result = crawled(site.url, council("80461"), *gone, options={"all_targets": True})
    assert {result.poll(target.target).outcome for target in gone} == {"invalid"}
    assert "5 of 6 councils are not in the listing, Gone 0 among them" in (result.poll("search").detail or "")


def test_councils_that_nobody_watches_are_named_only_when_all_are_watched(site: Site, crawled: Crawl) -> None:
    assert crawled(site.url, council("80461")).poll("search").detail is None
    poll = crawled(site.url, council("80461"), options={"all_targets": True}).poll("search")
    assert (poll.outcome, poll.detail) == (
        "ok",
        "listed but not watched: Council 80462 (80462), Council 80463 (80463)",
    )


def test_a_smaller_page_is_read_on_and_told(site: Site, crawled: Crawl) -> None:
    def one_row(request: Request) -> Response:
        request.args = request.args.copy()  # type: ignore[misc]
        request.args["rows"] = "1"  # type: ignore[index]
        return site.plain(request)

    site.answers["/search"] = one_row
    result = crawled(site.url, sweep=True)
    poll = result.poll("search")
    assert (poll.outcome, poll.requests) == ("invalid", 4)
    assert poll.detail == "1 row a page where 100 were asked for; all 3 were read by paging on"
    assert result.poll("80463").outcome == "ok"


def test_a_failed_listing_gives_its_own_poll_only(site: Site, crawled: Crawl) -> None:
    site.answers["/search"] = html(page("Slim Application Error", ""))
    result = crawled(site.url, council("80461"))
    assert result.outcomes() == {"search": "error"}


def test_a_sweep_without_a_listing_opens_the_pages_it_knows(site: Site, crawled: Crawl) -> None:
    site.answers["/search"] = html("", 500)
    target = council("80461")
    known_page = type(target)("80462", "x", url=f"{site.url}/provider/44/80462")
    result = crawled(site.url, target, known_page, sweep=True)
    assert result.outcomes() == {"80461": "error", "80462": "ok", "search": "error"}
    assert "the listing, which has the address, could not be read" in (result.poll("80461").detail or "")
    assert (result.poll("80462").cursor, result.poll("search").listing) == (None, None)


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        (html("<h1>Access denied</h1>", 403), "blocked", "challenge page"),
        (html("", 403), "blocked", "forbidden"),
        (html(page("Pardon Our Interruption", "")), "blocked", "Pardon Our Interruption"),
        (html(page("Please complete the CAPTCHA", "")), "blocked", "CAPTCHA"),
        (html("", 404), "missing", "not there"),
        (html(page("Report not found - Ofsted", "")), "missing", "Report not found"),
        (html("", 502), "error", "502"),
        (html(page("Slim Application Error", "")), "error", "Slim Application Error"),
        (html(""), "invalid", "is empty"),
        (html("<p>hello</p>"), "invalid", "no timeline was found on the page"),
        (html("", 304), "invalid", "304"),
        (html("", 418), "invalid", "418"),
        (html("Council\ufffd" * 9), "invalid", "does not decode: 9 characters are lost (U+FFFD)"),
        (lambda _: Response(PDF, mimetype="application/pdf"), "invalid", "not an HTML page"),
        (lambda _: Response(b"x" * 3_000_000, mimetype="text/html"), "invalid", "larger than 2000000"),
        (lambda _: Response(b"x", mimetype="text/html", headers={"Content-Encoding": "gzip"}), "error", ""),
        (moved("http://10.255.255.1/internal"), "invalid", "10.255.255.1"),
        (moved("ftp://127.0.0.1/x"), "invalid", "302"),
        (moved("/provider/44/80461?again"), "error", "redirected again and again"),
    ],
)
def test_what_a_page_may_come_back_as(site: Site, crawled: Crawl, answer: Any, outcome: str, words: str) -> None:
    site.answers["/provider/44/80461"] = answer
    result = crawled(site.url, council("80461"), council("80462"))
    poll = result.poll("80461")
    assert (poll.outcome, poll.complete, poll.cursor) == (outcome, False, None)
    assert words in (poll.detail or "")
    assert "/provider/44/80461" in (poll.detail or "")
    assert result.records("80461") == []
    assert result.poll("80462").outcome == "ok"
    assert result.connected == {"127.0.0.1"}


def test_a_moved_page_within_the_site_is_followed(site: Site, crawled: Crawl) -> None:
    site.answers["/provider/44/80461"] = moved("/provider/44/80461b")
    site.answers["80461b"] = html(site.provider("80461"))
    del site.answers["/provider/44/80461"]
    site.answers["/provider/44/80461$"] = moved("/new/80461b")
    site.answers[r"/provider/44/80461\?"] = moved("/new/80461b")
    assert crawled(site.url, council("80461")).poll("80461").outcome == "ok"


def test_a_failure_that_passes_is_not_seen(site: Site, crawled: Crawl) -> None:
    tries: list[int] = []

    def once(request: Request) -> Response:
        tries.append(1)
        return Response("", 500) if len(tries) == 1 else site.plain(request)

    site.answers["/provider/44/80461"] = once
    poll = crawled(site.url, council("80461")).poll("80461")
    assert (poll.outcome, poll.requests) == ("ok", 2)


def test_a_host_that_keeps_failing_is_left_alone(site: Site, crawled: Crawl) -> None:
    site.reports = {str(80000 + n): [("1", "2024-01-01", VISIT)] for n in range(12)}
    site.answers["/provider/"] = html("", 403)
    result = crawled(site.url, sweep=True)
    assert sum("/provider/" in path for path in site.paths()) == 8
    assert "not asked, because the last 8 requests failed" in (result.poll("80011").detail or "")


class TestDocuments:
    def test_new_ones_are_fetched_once_and_kept_by_their_contents(
        self, site: Site, crawled: Crawl, tmp_path: Path
    ) -> None:
        folder = tmp_path / "documents"
        result = crawled(site.url, council("80461"), documents_dir=str(folder))
        document = result.records("80461")[0].document
        assert document is not None
        digest = sha(PDF + b"501")
        assert (document.sha256, document.bytes, document.media_type) == (digest, len(PDF) + 3, "application/pdf")
        assert document.etag == '"501"'
        assert (folder / digest[:2] / f"{digest}.pdf").read_bytes() == PDF + b"501"
        assert len(list(folder.rglob("*.*"))) == 2
        assert (result.poll("80461").requests, result.poll("80461").cursor) == (3, "2024-05-10")

    def test_known_ones_are_not_asked_for(self, site: Site, crawled: Crawl, tmp_path: Path) -> None:
        documents = {"501": known(b"a", etag='"x"'), "401": Known(None, gone=True)}
        result = crawled(site.url, council("80461", **documents), documents_dir=str(tmp_path / "d"))
        first, second = result.records("80461")
        assert first.document is not None
        assert (first.document.sha256, first.document.etag) == (sha(b"a"), '"x"')
        assert second.document is None
        assert second.document_error is not None
        assert second.document_error.gone
        assert not any("/v1/file" in path for path in site.paths())
        assert result.poll("80461").cursor == "2024-05-10"

    def test_a_recheck_is_conditional(self, site: Site, crawled: Crawl, tmp_path: Path) -> None:
        folder = tmp_path / "d"
        crawled(site.url, council("80462"), documents_dir=str(folder))
        site.answers["/v1/file/502"] = lambda r: Response(b"", 304 if r.headers.get("If-None-Match") else 500)
        recheck = known(PDF + b"502", etag='"502"', recheck=True)
        result = crawled(site.url, council("80462", **{"502": recheck}), documents_dir=str(folder))
        document = result.records("80462")[0].document
        assert document is not None
        assert document.sha256 == sha(PDF + b"502")
        assert result.poll("80462").outcome == "ok"

    def test_a_file_that_was_lost_here_is_fetched_whole(self, site: Site, crawled: Crawl, tmp_path: Path) -> None:
        recheck = known(PDF + b"502", etag='"502"', recheck=True)
        crawled(site.url, council("80462", **{"502": recheck}), documents_dir=str(tmp_path / "d"))
        assert "If-None-Match" not in site.asked[-1].headers
        assert len(list((tmp_path / "d").rglob("*.pdf"))) == 1

    def test_a_replaced_file_is_a_new_document(self, site: Site, crawled: Crawl, tmp_path: Path) -> None:
        recheck = known(b"old", etag='"old"', recheck=True)
        result = crawled(site.url, council("80462", **{"502": recheck}), documents_dir=str(tmp_path / "d"))
        document = result.records("80462")[0].document
        assert document is not None
        assert document.sha256 == sha(PDF + b"502")

    @pytest.mark.parametrize(
        ("answer", "outcome", "gone", "words"),
        [
            (html(page("Report not found - Ofsted", "")), "missing", True, "Report not found"),
            (html("", 410), "missing", True, "not there"),
            (html(page("Pardon Our Interruption", "")), "blocked", False, "challenge"),
            (html("<p>hello</p>"), "invalid", False, "not a PDF"),
            (html(""), "invalid", False, "empty"),
            (html("", 304), "invalid", False, "304"),
            (html("", 500), "error", False, "500"),
        ],
    )
    def test_what_a_file_may_come_back_as(
        self, site: Site, crawled: Crawl, tmp_path: Path, answer: Any, outcome: str, gone: bool, words: str
    ) -> None:
        site.answers["/v1/file/501"] = answer
        result = crawled(site.url, council("80461"), documents_dir=str(tmp_path / "d"))
        first, second = result.records("80461")
        error = first.document_error
        assert error is not None
        assert (first.document, error.outcome, error.gone) == (None, outcome, gone)
        assert words in error.reason
        assert second.document is not None
        poll = result.poll("80461")
        assert (poll.outcome, poll.complete) == (("ok", True) if gone else (outcome, False))
        assert poll.cursor == ("2024-05-10" if gone else None)
        assert gone or (poll.detail or "").startswith("file 501: /v1/file/501")

    def test_a_failed_recheck_keeps_what_is_known(self, site: Site, crawled: Crawl, tmp_path: Path) -> None:
        site.answers["/v1/file/502"] = html(page("Report not found", ""), 404)
        recheck = known(b"old", recheck=True)
        [record] = crawled(site.url, council("80462", **{"502": recheck}), documents_dir=str(tmp_path / "d")).records(
            "80462"
        )
        assert record.document is not None
        assert record.document_error is not None
        assert (record.document.sha256, record.document_error.gone) == (sha(b"old"), True)

    def test_a_folder_that_cannot_be_written_to_is_said_once_and_nothing_more_is_fetched(
        self, site: Site, crawled: Crawl, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("in the way")
        result = crawled(site.url, council("80461"), council("80462"), documents_dir=str(tmp_path / "file"))
        poll = result.poll("80461")
        assert (poll.outcome, poll.cursor) == ("error", None)
        assert "the documents folder cannot be written to (Not a directory)" in (poll.detail or "")
        assert sum("/v1/file" in path for path in site.paths()) == 1
        assert [record.document for record in result.records("80462")] == [None]
        assert "Traceback" not in result.log
