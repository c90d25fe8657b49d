"""CMIS on pages made after its description."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from monitor.model import Known, Target
from spiders.cmis.pages import Row, meeting_page, month_rows, months_address
from spiders.http.errors import PageError
from tests.spiders.cmis_site import Cmis
from tests.spiders.council_site import job
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.site import html

Look = Callable[..., Crawled]


@pytest.fixture
def site(httpserver: HTTPServer) -> Cmis:
    return Cmis(httpserver)


@pytest.fixture
def look(site: Cmis, tmp_path: Path) -> Look:
    def _look(mark: str | None = None, url: str = "", **changes: Any) -> Crawled:
        target = Target("luton", "Luton", url or site.url, mark, changes.pop("documents", {}))
        return crawl(replace(job(target, **changes), source="cmis"), tmp_path)

    return _look


def opened(site: Cmis) -> list[str]:
    """The meetings that were opened since the last time."""
    found = [path.split("/Meeting/")[1].split("/")[0] for path in site.asked if "/Meeting/" in path]
    site.asked.clear()
    return found


def test_a_look_goes_month_by_month_and_opens_what_could_matter(site: Cmis, look: Look) -> None:
    result = look()
    months = [path for path in site.asked if "/Date/" in path]
    assert [path.split("/Date/")[1][:7] for path in months] == [f"{m}" for m in (
        "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05")]  # fmt: skip
    assert opened(site) == ["21", "22"]
    poll = result.poll("luton")
    assert (poll.outcome, poll.complete, poll.detail) == ("ok", False, None)
    assert [(r.kind, r.title) for r in result.records("luton")] == [
        ("item", "Ofsted Monitoring Visit Letter"),
        ("document", "Ofsted Monitoring Visit Letter"),
        ("minutes", "Printed Minutes"),
        ("item", "Inspection of Children's Services: Outcome"),
        ("document", "Inspection of Children's Services: Outcome"),
    ]


def test_a_record_names_its_meeting_and_is_equal_each_time(site: Cmis, look: Look) -> None:
    first, second = look(), look()
    assert first.records("luton") == second.records("luton")
    item, document = first.records("luton")[:2]
    assert item.fields == {
        "committee": "Children's Services & Education",
        "meeting": "21",
        "meeting_date": "2026-02-10",
        "status": "Confirmed",
    }
    assert document.fields["item"] == item.key == document.key
    assert item.url.endswith("/Meeting/21/Committee/9/Default.aspx")
    assert first.records("luton")[3].fields["meeting_date"] == "2026-03-17"


def test_a_later_look_knows_its_way_and_leaves_what_is_minuted(site: Cmis, look: Look) -> None:
    mark = look().poll("luton").cursor
    opened(site)
    again = look(mark)
    assert not [path for path in site.asked if path.endswith(("Meetings.aspx", "MeetingsCalendar.aspx"))]
    assert opened(site) == ["22"]
    assert again.poll("luton").cursor == mark
    look(mark, sweep=True)
    assert opened(site) == ["21", "22"]


def test_documents_are_fetched_once_though_their_numbers_change(site: Cmis, look: Look, tmp_path: Path) -> None:
    folder = str(tmp_path / "documents")
    first = look(documents_dir=folder)
    got = {r.key: r.document for r in first.records("luton") if r.document}
    assert len(got) == 3
    known = {key: Known(d.sha256, d.bytes, d.media_type) for key, d in got.items()}
    site.asked.clear()
    again = look(documents_dir=folder, documents=known)
    assert not [path for path in site.asked if "Document.ashx" in path]
    assert {r.key: r.document for r in again.records("luton") if r.document} == got


def test_the_same_title_of_another_size_is_another_document(site: Cmis, look: Look) -> None:
    before = {r.key for r in look().records("luton")}
    site.sittings["22"].files[1] = ("Inspection of Children's Services: Outcome", "301 KB")
    assert len({r.key for r in look().records("luton")} - before) == 1


def test_a_meeting_called_off_says_so_by_its_label(site: Cmis, look: Look) -> None:
    mark = look().poll("luton").cursor
    site.sittings["22"].status = "Cancelled"
    assert look(mark).records("luton")[0].fields["status"] == "Cancelled"


def test_the_page_of_the_calendar_may_be_given(site: Cmis, look: Look) -> None:
    site.page = "WhatIsOn"
    assert look().poll("luton").outcome == "missing"
    assert look(url=site.url + "/WhatIsOn.aspx").poll("luton").outcome == "ok"


@pytest.mark.parametrize(
    ("where", "answer", "outcome", "words"),
    [
        ("MeetingsCalendar.aspx", html("<h1>Hello</h1>"), "missing", "Page not found"),
        ("Meetings.aspx", html("<title>Access denied</title>", 403), "blocked", "challenge page"),
        ("/Date/2026-03", html("<h1>Hello</h1>"), "invalid", "not a month of the calendar"),
        ("/Date/", html("<title>Runtime Error</title>", 500), "error", "500"),
        ("/Meeting/22/", html("<h1>Hello</h1>"), "invalid", "no status or no date"),
        ("/Meeting/22/", html(""), "invalid", "is empty"),
    ],
)
def test_what_comes_instead(where: str, answer: Any, outcome: str, words: str, site: Cmis, look: Look) -> None:
    site.answers[where] = answer
    poll = look().poll("luton")
    assert (poll.outcome, words in (poll.detail or "")) == (outcome, True), poll.detail


def test_one_failure_costs_itself_alone_and_is_made_good(site: Cmis, look: Look, tmp_path: Path) -> None:
    site.answers["Document.ashx"] = html("<title>Just a moment</title>")
    first = look(documents_dir=str(tmp_path / "documents"))
    assert first.poll("luton").outcome == "blocked"
    assert [r.document_error.outcome for r in first.records("luton") if r.document_error] == ["blocked"] * 3
    mark = first.poll("luton").cursor
    assert json.loads(mark or "")["meetings"]["21"] == ["2026-02-10", "Confirmed", ""]
    site.answers.clear()
    opened(site)
    assert look(mark, documents_dir=str(tmp_path / "documents")).poll("luton").outcome == "ok"
    assert opened(site) == ["21", "22"]


def test_no_failure_goes_on_for_ever(site: Cmis, look: Look) -> None:
    site.answers["/Date/"] = html("<title>Hello</title>")
    poll = look().poll("luton")
    assert poll.outcome == "invalid"
    assert len([path for path in site.asked if "/Date/" in path]) == 3
    assert json.loads(poll.cursor or "")["base"] == ""


def test_parts_of_pages() -> None:
    page = '<div id="dnn$ctr12$MeetingCalendarPublic"></div><a href="/x/tabid/7/y.aspx">'
    assert months_address(page, "https://a.cmis.uk.com/a/Meetings.aspx") == (
        "https://a.cmis.uk.com/a/Meetings/tabid/7/ctl/MeetingCalendarPublicNoJava/mid/12/Date/{day}/Default.aspx"
    )
    with pytest.raises(PageError, match="shows no calendar"):
        months_address("<p>MeetingCalendar</p>", "https://a.gov.uk/Meetings.aspx")
    assert month_rows('<table class="MeetingCalendar"></table>', "https://a.gov.uk/") == []
    row = Row("5", "Cabinet", "https://a.gov.uk/Meeting/5/Committee/1/")
    texts = '<b>Status</b> <i>Held</i> <b>Date:</b> 31 Feb 2026 <a href="Document.ashx?id=1">x</a>'
    with pytest.raises(PageError, match="no status or no date"):
        meeting_page(texts, row)
    found = meeting_page(texts.replace("31", "28"), row)
    assert (found.committee, found.day, found.status) == ("Cabinet", "2026-02-28", "Held")
    assert found.files[0].url == "https://a.gov.uk/Meeting/5/Committee/1/Document.ashx?id=1"
