"""CMIS on real answers: captures of Birmingham's site, served at their paths and crawled by a real child."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from monitor.model import Target
from tests.spiders.cmis_site import PDF
from tests.spiders.council_site import job
from tests.spiders.crawling import Crawled, crawl

pytestmark = pytest.mark.corpus
WAY = "/birmingham/Meetings/tabid/70/ctl"
EMPTY = '<table id="dnn_ctr397_MeetingCalendarPublicPrinter_grdRadMeeting_ctl00"></table>'
MEETINGS = {"15028": 6, "15029": 7, "15030": 7, "15042": 4, "15099": 4}
"""Every meeting in the captures, with the number of its committee."""
SUMMARY = ("15028", "15042")
"""Meetings at which the captured page of a meeting is served: one of the month, the one of the list."""
Look = Callable[..., Crawled]


@pytest.fixture
def look(httpserver: HTTPServer, shared: Path, tmp_path: Path) -> Look:
    def answer(name: str) -> Response:
        body = (shared / "captures" / "lgsf" / f"cmis_{name}.html").read_bytes()
        return Response(body, content_type="text/html; charset=utf-8")

    def serve(path: str, body: Response, **query: str) -> None:
        httpserver.expect_request(path, query_string=query or None).respond_with_response(body)

    serve("/robots.txt", Response("", mimetype="text/plain"))
    serve("/birmingham/Meetings.aspx", answer("listview"), ctl="MeetingCalendarListView", mid="397")
    serve("/birmingham/Meetings.aspx", answer("base"))
    for month in ("2026-03", "2026-04", "2026-05", "2026-07", "2026-08"):
        path = f"{WAY}/MeetingCalendarPublicNoJava/mid/397/Date/{month}-01/Default.aspx"
        serve(path, Response(EMPTY, mimetype="text/html"))
    serve(f"{WAY}/MeetingCalendarPublicNoJava/mid/397/Date/2026-06-01/Default.aspx", answer("calendar_month"))
    for key, committee in MEETINGS.items():
        path = f"{WAY}/ViewMeetingPublic/mid/397/Meeting/{key}/Committee/{committee}/SelectedTab/Documents/Default.aspx"
        serve(path, answer("meeting_summary") if key in SUMMARY else Response("", 404, mimetype="text/html"))
    serve("/birmingham/Document.ashx", Response(PDF, mimetype="application/pdf"))
    target = Target("birmingham", "Birmingham", httpserver.url_for("/birmingham"))

    def _look(**options: object) -> Crawled:
        made = job(target, today="2026-06-20", documents_dir=str(tmp_path / "d"), **options)
        return crawl(replace(made, source="cmis"), tmp_path)

    return _look


def test_every_document_is_a_record_with_its_committee_day_and_status(look: Look, httpserver: HTTPServer) -> None:
    seen = look(every_item=True)
    records = [r for r in seen.records("birmingham") if r.fields["meeting"] == "15028"]
    item, paper = sorted(records, key=lambda r: r.kind != "item")
    meeting = {"committee": "Licensing Sub-Committee A", "meeting": "15028", "meeting_date": "2026-08-03"}
    assert item.fields == meeting | {"status": "Scheduled", "number": ""}
    assert (item.kind, item.title) == ("item", "Minutes of the previous meeting")
    assert (paper.kind, paper.title) == ("document", "Minutes of the previous meeting")
    assert paper.fields == meeting | {"item": item.key}
    assert paper.url == httpserver.url_for("/birmingham/Document.ashx?czJKcaeAi5tUFL1DTL2UE4sOqCLHzE2A")
    assert paper.document is not None


def test_the_minutes_of_the_previous_meeting_are_not_those_of_this_one(look: Look) -> None:
    assert {r.kind for r in look(every_item=True).records("birmingham")} == {"item", "document"}


def test_every_meeting_is_remembered_with_its_committee_day_and_status(look: Look) -> None:
    """Of the three whose pages were not captured, the calendar's rows are all there is."""
    poll = look(every_item=True).poll("birmingham")
    held = json.loads(poll.cursor or "")["meetings"]
    assert {key: row[:4] for key, row in held.items()} == {
        "15028": ["2026-08-03", "Scheduled", "", "Licensing Sub-Committee A"],
        "15029": ["2026-06-09", "Scheduled", "", "Licensing Sub-Committee B"],
        "15030": ["2026-06-09", "Scheduled", "", "Licensing Sub-Committee B"],
        "15042": ["2026-08-03", "Scheduled", "", "Licensing Sub-Committee A"],
        "15099": ["2026-06-30", "Scheduled", "", "Planning Committee"],
    }
    assert json.loads(poll.cursor or "")["again"] == {"15029": 1, "15030": 1, "15099": 1}


def test_committees_about_something_else_are_not_opened(look: Look) -> None:
    seen = look()
    poll = seen.poll("birmingham")
    assert (poll.outcome, poll.detail, seen.records("birmingham")) == ("ok", None, [])
    assert json.loads(poll.cursor or "")["base"].endswith(
        f"{WAY}/MeetingCalendarPublicNoJava/mid/397/Date/{{day}}/Default.aspx"
    )
