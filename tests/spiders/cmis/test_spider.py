"""CMIS on pages of our own in the shape of real ones: what a crawl asks, tells, remembers and leaves out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.model import Known, Target
from tests.spiders.cmis_site import Cmis, Point, Sitting
from tests.spiders.council_site import job
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.site import html

Look = Callable[..., Crawled]


@pytest.fixture
def site(httpserver: HTTPServer) -> Cmis:
    return Cmis(httpserver)


@pytest.fixture
def look(site: Cmis, tmp_path: Path) -> Look:
    def _look(cursor: str | None = None, url: str = "", timeout: float = 5.0, **changes: Any) -> Crawled:
        target = Target("luton", "Luton", url or site.url, cursor, changes.pop("documents", {}))
        made = replace(job(target, **changes), source="cmis")
        return crawl(replace(made, http=replace(made.http, timeout=timeout)), tmp_path)

    return _look


def opened(site: Cmis) -> list[str]:
    """The meetings that were opened since the last time."""
    found = [path.split("/Meeting/")[1].split("/")[0] for path in site.asked if "/Meeting/" in path]
    site.asked.clear()
    return found


def test_a_crawl_goes_month_by_month_and_opens_what_could_matter(site: Cmis, look: Look) -> None:
    result = look()
    months = [path.split("/Date/")[1][:7] for path in site.asked if "/Date/" in path]
    assert months == ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    assert sorted(opened(site)) == ["21", "22"]
    poll = result.poll("luton")
    assert (poll.outcome, poll.complete, poll.detail) == ("ok", False, None)
    assert sorted((r.kind, r.title) for r in result.records("luton")) == [
        ("document", "Item 3 - Report"),
        ("document", "Item 3 - Report"),
        ("document", "Item 6"),
        ("item", "Children's Services"),
        ("item", "Ofsted Monitoring Visit Letter"),
        ("minutes", "Ofsted Monitoring Visit Letter"),
    ]


def test_a_record_names_its_meeting_and_is_equal_each_time(site: Cmis, look: Look) -> None:
    first, second = look(), look()
    assert first.records("luton") == second.records("luton")
    found = {(r.kind, r.title): r for r in first.records("luton")}
    item, minutes = (found[kind, "Ofsted Monitoring Visit Letter"] for kind in ("item", "minutes"))
    meeting = {"committee": "Children's Services & Education", "meeting": "21", "meeting_date": "2026-02-10"}
    assert item.fields == meeting | {"status": "Scheduled", "number": "3"}
    assert (item.text, item.url.startswith(site.server.url_for("/"))) == ("The letter is attached.", True)
    assert minutes.key == item.key
    assert minutes.fields["printed"].endswith("/luton/Document.ashx?czJKown%3d=a&b%2fc=d")
    papers = [r for r in first.records("luton") if r.kind == "document" and r.fields["item"] == item.key]
    assert len({paper.key for paper in papers}) == len(papers) == 2
    assert papers[0].fields == meeting | {"item": item.key}


def test_a_later_crawl_knows_its_way_and_leaves_what_is_minuted(site: Cmis, look: Look) -> None:
    cursor = look().poll("luton").cursor
    opened(site)
    again = look(cursor)
    assert not [path for path in site.asked if "Calendar.aspx" in path]
    assert opened(site) == ["22"]
    assert again.poll("luton").cursor == cursor
    look(cursor, sweep=True)
    assert sorted(opened(site)) == ["21", "22"]


def test_documents_are_fetched_once(site: Cmis, look: Look, tmp_path: Path) -> None:
    folder = str(tmp_path / "documents")
    first = look(documents_dir=folder)
    got = {r.key: r.document for r in first.records("luton") if r.kind == "document" and r.document}
    assert len(got) == 3
    known = {key: Known(d.sha256, d.bytes, d.media_type) for key, d in got.items()}
    site.asked.clear()
    again = look(documents_dir=folder, documents=known)
    assert [path[-30:] for path in site.asked if "Document.ashx" in path] == [
        "/Document.ashx?czJKown%3d=a&b%2fc=d"[-30:]
    ]
    assert {r.key: r.document for r in again.records("luton") if r.kind == "document"} == got


def test_an_item_keeps_its_key_when_it_is_renumbered_or_renamed(site: Cmis, look: Look) -> None:
    seen = look()
    key = next(r.key for r in seen.records("luton") if r.kind == "item" and r.fields["meeting"] == "22")
    point = site.sittings["22"].points[1]
    for number, title in (("7", point.title), ("7", "Children's Services: Inspection")):
        point.number, point.title = number, title
        seen = look(seen.poll("luton").cursor)
        assert [(r.key, r.fields["number"], r.title) for r in seen.records("luton") if r.kind == "item"] == [
            (key, number, title)
        ]


def test_two_items_of_one_title_are_two(site: Cmis, look: Look) -> None:
    site.sittings["22"].points *= 2
    items = [r.key for r in look().records("luton") if r.kind == "item" and r.fields["meeting"] == "22"]
    assert len(set(items)) == len(items) == 2


def test_a_meeting_called_off_is_told_and_one_that_occurred_is_not(site: Cmis, look: Look) -> None:
    before = look()
    site.sittings["22"].status = "Occurred"
    occurred = look(before.poll("luton").cursor)
    assert {r.fields["status"] for r in occurred.records("luton") if r.kind == "item"} == {"Scheduled"}
    site.sittings["22"].status, site.sittings["22"].points = "Cancelled", []
    off = look(before.poll("luton").cursor)
    assert [(r.kind, r.title, r.fields["status"]) for r in off.records("luton")] == [
        ("item", "Children's Services", "Cancelled")
    ]
    site.sittings["22"].status = ""
    silent = look(off.poll("luton").cursor)
    assert json.loads(silent.poll("luton").cursor or "")["meetings"]["22"][1] == "Cancelled"


@pytest.mark.parametrize("page", ["Meetings", "MeetingsCalendar", "MeetingCalendar", "CalendarofMeetings",
                                  "CommitteesMeetings/MeetingsCalendar", "Democracy/Council/Meetings"])  # fmt: skip
@pytest.mark.parametrize("tabs", ["", "own"])
def test_the_calendar_is_found_by_its_name_or_from_the_home_page(page: str, tabs: str, site: Cmis, look: Look) -> None:
    site.page, site.tabs = page, tabs
    poll = look().poll("luton")
    assert (poll.outcome, poll.detail) == ("ok", None)
    assert f"/luton/{page}/tabid/73/" in json.loads(poll.cursor or "")["base"]


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("tabs", ["", "own", "other"])
@pytest.mark.parametrize(("module", "mark"), [("MeetingCalendarPublic", "$"), ("MeetingCalendarPublic", "_"),
                                              ("MeetingCalendarPublicList", "$")])  # fmt: skip
def test_the_months_are_found_by_the_list_or_by_the_calendars_own_tab(
    module: str, mark: str, tabs: str, listed: bool, site: Cmis, look: Look
) -> None:
    """A month without meetings lists none. Only then the tab on the page counts, and then the usual one."""
    site.module, site.mark, site.tabs, site.listed = module, mark, tabs, listed
    site.tab = 70 if not listed and tabs != "own" else 73
    assert look().poll("luton").outcome == "ok"
    assert sorted(opened(site)) == ["21", "22"]


def test_without_a_list_and_a_tab_the_site_is_refused(site: Cmis, look: Look) -> None:
    site.listed = False
    poll = look().poll("luton")
    assert (poll.outcome, json.loads(poll.cursor or "")["base"]) == ("invalid", "")
    assert "shows no calendar of meetings" in (poll.detail or "")


def test_the_page_of_the_calendar_may_be_given(site: Cmis, look: Look) -> None:
    site.page = "WhatIsOn"
    assert look().poll("luton").outcome == "missing"
    assert look(url=site.url + "/WhatIsOn.aspx").poll("luton").outcome == "ok"


def test_a_month_may_take_longer_than_other_pages(site: Cmis, look: Look) -> None:
    def slow(_: Request) -> Response:
        sleep(2.5)
        return Response("<p id='dnn_ctr397_MeetingCalendarPublicPrinter'></p>", mimetype="text/html")

    site.answers["/Date/2026-05"] = slow
    assert look(timeout=2.0).poll("luton").outcome == "ok"


@pytest.mark.parametrize(
    ("where", "answer", "outcome", "words"),
    [
        ("MeetingsCalendar.aspx", html("<h1>Hello</h1>"), "invalid", "shows no calendar of meetings (no dnn$ctrN$"),
        ("Meetings.aspx", html("<title>Access denied</title>", 403), "blocked", "challenge page"),
        ("ListView", html("<h1>Hello</h1>"), "invalid", 'it begins "<h1>Hello</h1>"'),
        ("ListView", html("<title>Runtime Error</title>", 500), "error", "500"),
        ("/Date/2026-03", html("<h1>Hello</h1>"), "invalid", 'it begins "<h1>Hello</h1>"'),
        ("/Date/", html("<title>Runtime Error</title>", 500), "error", "500"),
        ("/Meeting/", html("<h1>Hello</h1>"), "invalid", 'no label "Date/Time:" or "Committee:"; it begins "<h1>'),
        ("/Meeting/22/", html("<title>Access denied</title>", 403), "blocked", "challenge page"),
    ],
)
def test_what_comes_instead(where: str, answer: Any, outcome: str, words: str, site: Cmis, look: Look) -> None:
    site.answers[where] = answer
    poll = look().poll("luton")
    assert (poll.outcome, words in (poll.detail or "")) == (outcome, True), poll.detail


def test_a_month_that_shows_another_one_is_refused(site: Cmis, look: Look) -> None:
    march = "<p>dnn_ctr397_MeetingCalendarPublicPrinter</p><table><tr><td>Monday, 2 March</td></tr></table>"
    site.answers["/Date/2026-05"] = html(march)
    poll = look().poll("luton")
    assert (poll.outcome, "shows no day of May (it shows March)" in (poll.detail or "")) == ("invalid", True)


@pytest.mark.parametrize("answer", [html("<h1>Hello</h1>"), html(""), html("<p>Gone</p>", 404)])
def test_a_meeting_that_cannot_be_read_is_a_remark_and_is_tried_again(answer: Any, site: Cmis, look: Look) -> None:
    site.answers["/Meeting/22/"] = answer
    first = look()
    assert first.poll("luton").outcome == "ok"
    assert (first.poll("luton").detail or "").startswith("meetings left out: 1 (")
    assert {r.fields["meeting"] for r in first.records("luton")} == {"21"}
    assert json.loads(first.poll("luton").cursor or "")["meetings"]["22"] == ["2026-03-17", "Scheduled", "", "Cabinet"]
    site.answers.clear()
    again = look(first.poll("luton").cursor)
    assert (again.poll("luton").detail, {r.fields["meeting"] for r in again.records("luton")}) == (None, {"22"})


def test_a_meeting_that_can_never_be_read_is_a_failure_for_some_crawls_only(site: Cmis, look: Look) -> None:
    del site.sittings["21"]
    site.answers["/Meeting/22/"] = html("<h1>Hello</h1>")
    cursor, outcomes = None, []
    for _ in range(5):
        poll = look(cursor).poll("luton")
        outcomes.append(poll.outcome)
        cursor = poll.cursor
    assert outcomes == ["invalid"] * 4 + ["ok"]


@pytest.mark.parametrize("written", ["31 Feb 2026 - 10:00", "to be confirmed", "1 Jan 0001 - 10:00"])
def test_a_date_that_cannot_be_read_is_that_of_the_calendar(written: str, site: Cmis, look: Look) -> None:
    site.sittings["22"].written = written
    seen = look()
    assert {r.fields["meeting_date"] for r in seen.records("luton") if r.fields["meeting"] == "22"} == {"2026-03-17"}
    assert (seen.poll("luton").detail or "").startswith("dates of meetings not readable: 1")


def test_a_row_and_a_paper_that_cannot_be_read_are_remarks(site: Cmis, look: Look) -> None:
    site.sittings["22"].committee = 'x</a><a href="/luton/x/ctl/ViewMeetingPublic/mid/x">Broken</a><a href="http://[">'
    row = '<a href="/luton/x/tabid/73/ctl/ViewMeetingPublic/mid/x">Broken</a><a href="http://[">Worse</a>'
    site.answers["/Date/2026-04"] = html(f"<p id='dnn_ctr397_MeetingCalendarPublicPrinter'>{row}</p>")
    page = "<p>Committee: Cabinet</p><p>Date: 17/03/2026</p><p><b>1</b> Ofsted</p>"
    site.answers["/Meeting/22/"] = html(f'{page}<a href="http://[/Document.ashx?a">Lost</a>')
    seen = look()
    assert seen.poll("luton").outcome == "ok"
    assert (seen.poll("luton").detail or "").startswith('rows of the calendar left out: 1 ("Broken" leads to')
    assert 'papers left out: 1 ("Lost" of meeting 22' in (seen.poll("luton").detail or "")
    assert [r.title for r in seen.records("luton") if r.fields["meeting"] == "22"] == ["Ofsted"]


def test_a_document_that_is_none_is_a_remark_and_is_tried_again(site: Cmis, look: Look, tmp_path: Path) -> None:
    site.answers["Document.ashx.czJKthree%3d"] = html("<p>No document</p>")
    first = look(documents_dir=str(tmp_path / "documents"))
    assert first.poll("luton").outcome == "ok"
    assert (first.poll("luton").detail or "").startswith("documents not readable: 1 (")
    assert [r.document_error.outcome for r in first.records("luton") if r.document_error] == ["invalid"]
    site.answers.clear()
    opened(site)
    assert look(first.poll("luton").cursor, documents_dir=str(tmp_path / "documents")).poll("luton").detail is None
    assert "21" in opened(site)


def test_a_host_that_refuses_documents_is_a_failure(site: Cmis, look: Look, tmp_path: Path) -> None:
    site.answers["Document.ashx"] = html("<title>Just a moment</title>")
    first = look(documents_dir=str(tmp_path / "documents"))
    assert first.poll("luton").outcome == "blocked"
    assert len(first.records("luton")) == 6
    assert json.loads(first.poll("luton").cursor or "")["meetings"]["21"][2] == ""


def test_no_failure_goes_on_for_ever(site: Cmis, look: Look) -> None:
    site.answers["/Date/"] = html("<title>Hello</title>")
    poll = look().poll("luton")
    assert poll.outcome == "invalid"
    assert len([path for path in site.asked if "/Date/" in path]) == 3
    assert json.loads(poll.cursor or "")["base"] == ""


def test_every_item_and_committee_is_told_when_asked_for(site: Cmis, look: Look) -> None:
    site.sittings["24"] = Sitting("Licensing", "2026-03-19", [Point("1", "Taxis")], [("Late paper", "late")])
    seen = look(every_item=True)
    titles = [r.title for r in seen.records("luton") if r.fields["meeting"] == "24" and r.kind == "item"]
    assert titles == ["Taxis", "Late paper"]
    assert len([r for r in seen.records("luton") if r.kind == "minutes"]) == 6
