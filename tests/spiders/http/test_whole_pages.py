"""A page that a proxy cut and measured anew is not taken for a whole one; one that never had its end tag is."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from scrapy.http import Response
from werkzeug import Request
from werkzeug import Response as Answer

from monitor.model import Target
from spiders.http.errors import PageError
from spiders.http.whole_pages import ends_whole, refuse_cut
from tests.spiders.cmis_site import Cmis
from tests.spiders.council_site import job
from tests.spiders.crawling import Crawled, council, crawl
from tests.spiders.site import Site, html
from tests.spiders.windows import Room, again, article, feed, job_of

PAGE = """<!doctype html><html><head><title>Devon</title></head><body><div id=page><nav><ul><li>Menu</ul></nav>
<main><h1>Devon</h1><ol><li><a href="/file/1">Letter</a><li><a href="/file/2">Report</a></ol></main></div>\
</body></html>"""
ENDED = {
    "as it is": PAGE,
    "in upper case": PAGE.upper(),
    "white space behind": PAGE + "\n \t\n" * 9,
    "a space in the tag": PAGE.replace("</html>", "</html\n>"),
    "a comment behind": PAGE + "<!-- served by cache 2 in 0.04 s -->",
    "a long script behind": PAGE + "<script>" + "x=1;" * 2000 + "</script>",
}
OPEN_END = {
    "without both end tags, as HTML allows": PAGE.removesuffix("</body></html>"),
    "without the end tag": PAGE.removesuffix("</html>"),
    "a comment at its end": PAGE.removesuffix("</body></html>") + "<!-- <div> end of page -->",
    "white space at its end": PAGE.removesuffix("</body></html>") + "\n\n",
    "tags in a script": PAGE.removesuffix("</body></html>") + "<script>write('<div><ul>')</script>",
    "items and cells that nobody closes": "<html><body><p>a<p>b<table><tr><td>c<tr><td>d</table>",
}
CUT = {
    "in the list": PAGE[: PAGE.index('<li><a href="/file/2')],
    "in a tag": PAGE[: PAGE.index("/file/2")],
    "in a word": PAGE[: PAGE.index("port</a>")],
    "in the main part": PAGE[: PAGE.index("</main>")],
    "in the frame": PAGE[: PAGE.index("</div></body>")],
    "in a comment": PAGE[: PAGE.index("</main>")] + "<!-- the end",
    "in a script": PAGE.removesuffix("</body></html>") + "<script>var a = 1",
    "in the head": PAGE[: PAGE.index("von</title>")],
}


def page(text: str, status: int = 200) -> Response:
    return Response("https://x.example/devon", status, headers={"Content-Length": str(len(text))}, body=text.encode())


@pytest.mark.parametrize("text", ENDED.values(), ids=ENDED)
def test_a_page_with_its_end_is_whole(text: str) -> None:
    assert ends_whole(page(text))
    refuse_cut(page(text), end_is_known=True)


@pytest.mark.parametrize("text", OPEN_END.values(), ids=OPEN_END)
def test_a_page_that_leaves_its_end_out_is_whole_if_all_that_must_be_closed_is(text: str) -> None:
    assert not ends_whole(page(text))
    refuse_cut(page(text), end_is_known=True)


@pytest.mark.parametrize("text", CUT.values(), ids=CUT)
def test_a_page_that_breaks_off_is_refused_where_the_others_have_their_end(text: str) -> None:
    refuse_cut(page(text))
    with pytest.raises(PageError, match="/devon was cut after") as refused:
        refuse_cut(page(text), end_is_known=True)
    assert refused.value.outcome == "error"


@pytest.mark.parametrize("part", ["<script>", "<!--", "<div>", "<a ", "-->", "</style>"])
def test_a_page_made_of_one_thing_is_judged_in_one_pass(part: str) -> None:
    began = time.process_time()
    with suppress(PageError):
        refuse_cut(page("<html>" + part * 300_000), end_is_known=True)
    assert time.process_time() - began < 5


def test_what_is_no_page_is_not_asked_for_its_end() -> None:
    for text in ("", "ok", '{"total": 1', "%PDF-1.7 <div>"):
        refuse_cut(page(text), end_is_known=True)
    refuse_cut(page(CUT["in the list"], 404), end_is_known=True)


def half(text: str, mark: str) -> Callable[[Request], Answer]:
    """A page cut before a mark, with a length that fits."""
    assert mark in text
    return html(text[: text.index(mark)])


Crawl = Callable[..., Crawled]
OFSTED = {"80461": [("501", "2024-05-10", "Children's services inspection"), ("401", "2023-01-02", "Focused visit")],
          "80462": [("502", "2024-03-01", "Focused visit")]}  # fmt: skip


def test_a_councils_page_that_was_cut_withdraws_nothing(
    httpserver: HTTPServer, crawled: Callable[..., Crawled]
) -> None:
    site = Site(httpserver, OFSTED)
    site.answers["/provider/44/80461"] = half(site.provider("80461"), "401")
    seen = crawled(site.url, council("80461"), council("80462"), sweep=True)
    assert seen.outcomes() == {"search": "ok", "80461": "error", "80462": "ok"}
    assert "/provider/44/80461 was cut after" in (seen.poll("80461").detail or "")


def test_a_lost_character_on_a_councils_page_is_a_remark(
    httpserver: HTTPServer, crawled: Callable[..., Crawled]
) -> None:
    site = Site(httpserver, OFSTED)
    whole = site.provider("80461").replace("Focused visit", "Focused \ufffdvisit", 1)
    site.answers["/provider/44/80461"] = html(whole)
    seen = crawled(site.url, council("80461"))
    assert [r.key for r in seen.records("80461")] == ["501", "401"]
    assert (seen.poll("80461").outcome, seen.poll("80461").complete) == ("ok", True)
    assert "/provider/44/80461: 1 character is lost" in (seen.poll("80461").detail or "")


def test_a_page_of_the_listing_that_was_cut_is_no_end_of_it(
    httpserver: HTTPServer, crawled: Callable[..., Crawled]
) -> None:
    site = Site(httpserver, OFSTED)

    def listing(request: Request) -> Answer:
        whole = site.plain(request)
        if "start=1" not in request.full_path:
            return whole
        return half(whole.get_data(as_text=True), "Latest report")(request)

    site.answers["/search"] = listing
    seen = crawled(site.url, council("80461"), council("80462"), options={"page_size": 1})
    assert seen.poll("search").outcome == "error"
    assert "/search was cut after" in (seen.poll("search").detail or "")


def test_a_month_of_a_calendar_that_was_cut_is_a_failure(httpserver: HTTPServer, tmp_path: Path) -> None:
    site = Cmis(httpserver)
    month = site._html(site._month(date(2026, 3, 1))).get_data(as_text=True)
    site.answers["Date/2026-03"] = half(month, "18 March")
    made = replace(job(Target("luton", "Luton", site.url)), source="cmis")
    seen = crawl(made, tmp_path)
    assert seen.poll("luton").outcome == "error"
    assert "was cut after" in (seen.poll("luton").detail or "")


BODY = ("Ofsted has inspected the council's children's services and judged them.", "The council thanks its staff.")
RSS = "application/rss+xml"
MAY = "Mon, 13 May 2024 09:00:00 +0100"


def publish(room: Room, *names: str) -> None:
    room.says("/feed", feed(*((f"{room.url}/news/{name}/", f"Ofsted {name}", MAY) for name in names)), RSS)
    for name in names:
        room.says(f"/news/{name}/", article(f"Ofsted {name}", *BODY))


def test_an_article_that_was_cut_is_waited_for(httpserver: HTTPServer, tmp_path: Path) -> None:
    """Its site's pages are known from earlier looks: an ordinary one reads a single article."""
    room = Room(httpserver)
    publish(room, "one")
    target = Target("80461", "Devon", room.url + "/feed")
    first = crawl(job_of("newsroom", room.url, target), tmp_path)
    publish(room, "one", "two")
    whole = article("Ofsted two", *BODY)
    room.says("/news/two/", whole[: whole.index("thanks its staff")])
    held = crawl(job_of("newsroom", room.url, again(target, first)), tmp_path)
    assert held.records("80461") == []
    assert "/news/two/ was cut after" in (held.poll("80461").detail or "")
    room.says("/news/two/", whole)
    later = crawl(job_of("newsroom", room.url, again(again(target, first), held)), tmp_path)
    assert [r.title for r in later.records("80461")] == ["Ofsted two"]
    assert (later.records("80461")[0].text or "").endswith(BODY[-1])


@pytest.mark.parametrize("ends", [True, False])
def test_a_watched_page_that_was_cut_is_no_change(httpserver: HTTPServer, tmp_path: Path, ends: bool) -> None:
    """One whose pages never had their end tag is read as it is."""
    room = Room(httpserver)
    whole = "<html><body><main><p>Our plan of May.</p><p>It has four parts.</p></main>" + "</body></html>" * ends
    room.says("/plan", whole)
    target = Target("plan", "Plan", room.url + "/plan", options={"selector": "main"})
    first = crawl(job_of("page.plan", room.url, target), tmp_path)
    room.says("/plan", whole[: whole.index("<p>It has")])
    cut = crawl(job_of("page.plan", room.url, again(target, first)), tmp_path)
    assert cut.poll("plan").outcome == ("error" if ends else "ok")
    room.says("/plan", whole)
    later = crawl(job_of("page.plan", room.url, again(again(target, first), cut)), tmp_path)
    assert later.poll("plan").outcome == ("unchanged" if ends else "ok")
