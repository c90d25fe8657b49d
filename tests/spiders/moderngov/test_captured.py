"""ModernGov on real answers: captures of a council's web service, served at their paths and crawled by a real child."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from monitor.model import Target
from monitor.model.reach import Depth
from monitor.store import Store, sources
from monitor.watch.source import Round, crawl_source
from tests.configured import configured
from tests.spiders.council_site import PDF, job
from tests.spiders.crawling import Crawled, crawl

pytestmark = pytest.mark.corpus
CONFIG = """
[http]
contact = "tests@localhost"
delay = 0
[watch]
councils = ["Manchester"]
[sources.ofsted]
enabled = false
[sources.moderngov]
[councils."Manchester"]
committee_base_url = "{address}"
committee_alt_urls = ""
"""
FEED = "<rss><channel><item><title>Agenda published: Audit Committee</title><link>{}</link></item></channel></rss>"
Look = Callable[..., Crawled]


@pytest.fixture
def served(httpserver: HTTPServer, shared: Path) -> str:
    """The captures at their paths. Returns the site's address."""

    def answer(name: str) -> Response:
        return Response((shared / "captures" / "lgsf" / name).read_bytes(), content_type="text/xml; charset=utf-8")

    def serve(path: str, body: Response, **query: str) -> None:
        httpserver.expect_request(path, query_string=query or None).respond_with_response(body)

    serve("/robots.txt", Response("", mimetype="text/plain"))
    link = httpserver.url_for("/ieListDocuments.aspx?CId=144&amp;MId=4967")
    serve("/mgRss.aspx", Response(FEED.format(link), content_type="application/xml"))
    serve("/mgWebService.asmx/GetCommittees", answer("committees.xml"))
    serve("/mgWebService.asmx/GetMeetings", answer("meetings.xml"))
    serve("/mgWebService.asmx/GetMeeting", answer("meeting_with_minutes.xml"), lMeetingId="4967")
    serve("/mgWebService.asmx/GetMeeting", Response("<meeting>\n</meeting>", mimetype="text/xml"), lMeetingId="4966")
    serve("/mgConvert2PDF.aspx", Response(PDF, mimetype="application/pdf"), ID="60860")
    return httpserver.url_for("/")


@pytest.fixture
def look(served: str, tmp_path: Path) -> Look:
    """A crawl on a day when both captured meetings are in the window."""
    target = Target("manchester", "Manchester", served)

    def _look(**options: object) -> Crawled:
        return crawl(job(target, today="2026-02-15", documents_dir=str(tmp_path / "d"), **options), tmp_path)

    return _look


def test_every_item_document_and_minute_is_a_record_with_its_committee_number_day_and_status(look: Look) -> None:
    seen = look(every_item=True)
    item, minutes, paper = sorted(
        seen.records("manchester"), key=lambda r: ["item", "minutes", "document"].index(r.kind)
    )
    meeting = {"committee": "Audit Committee", "meeting": "4967", "meeting_date": "2026-02-10"}
    assert (item.kind, item.key, item.title, item.published) == ("item", "18831", "Minutes", "2026-02-02")
    assert item.fields == minutes.fields == meeting | {"status": "Confirmed", "number": "1"}
    assert item.text == "To approve as a correct record the minutes of the meeting held on 25 November 2025."
    assert (minutes.kind, minutes.key) == ("minutes", "18831")
    assert minutes.text == "To approve the minutes of the meeting held on 25 November 2025 as a correct record."
    assert (paper.kind, paper.key, paper.published) == ("document", "60860", "2026-02-02")
    assert paper.title == "6 - CHAIR APPROVED Minutes Audit Committee 25 Nov 2025"
    assert paper.fields == meeting | {"item": "18831"}
    assert paper.document is not None


def test_every_meeting_is_remembered_with_its_committee_day_and_status(look: Look) -> None:
    poll = look(every_item=True).poll("manchester")
    assert (poll.outcome, poll.detail) == ("ok", "the service tells nothing of meeting 4966")
    held = json.loads(poll.cursor or "")["meetings"]
    assert held["4966"] == ["2026-01-13", "Cancelled", "", "Audit Committee"]
    assert held["4967"] == ["2026-02-10", "Confirmed", "am", "Audit Committee", [["18831", "1", "Minutes"]]]


def test_committees_that_are_over_are_none_and_items_about_something_else_are_not_told(look: Look) -> None:
    seen = look()
    assert (seen.poll("manchester").outcome, seen.records("manchester")) == ("ok", [])
    assert "312" not in (seen.poll("manchester").cursor or "")


def test_the_command_reads_the_site_and_keeps_what_it_saw(served: str, tmp_path: Path) -> None:
    config = configured(tmp_path, CONFIG.format(address=served))
    with Store(config.data_dir) as store:
        at = datetime(2026, 2, 15, 12, tzinfo=UTC)
        found = crawl_source(config, store, "moderngov", Round(Depth.NEW), clock=lambda: at)
        [(_, cursor)] = sources.cursors(store, "moderngov").items()
        [row] = sources.targets(store, "moderngov")
    assert (found.health.broken, found.held, found.events) == ({}, None, ())
    assert (row["outcome"], row["detail"]) == ("ok", "the service tells nothing of meeting 4966")
    meetings = {key: row[:4] for key, row in json.loads(cursor or "")["meetings"].items()}
    assert meetings["4967"] == ["2026-02-10", "Confirmed", "am", "Audit Committee"]
    assert meetings["4966"] == ["2026-01-13", "Cancelled", "", "Audit Committee"]
