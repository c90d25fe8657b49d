"""ModernGov on a small site: what is asked for, what is remembered, and what comes out of its quirks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from monitor.model import Poll, Record, Target
from tests.spiders.council_site import LETTER, TODAY, Councils, Gathering, Matter, Paper, agenda, an_install, job
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.site import html, moved

Look = Callable[..., Crawled]


@pytest.fixture
def site(httpserver: HTTPServer) -> Councils:
    return Councils(httpserver, {"one": an_install(), "two": an_install()})


@pytest.fixture
def look(tmp_path: Path) -> Look:
    def _look(*targets: Target, **options: Any) -> Crawled:
        return crawl(job(*targets, **options), tmp_path)

    return _look


def mark_of(crawled: Crawled, target: str = "one") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(crawled.poll(target).cursor or "")
    return found


def told(crawled: Crawled, target: str = "one") -> list[tuple[str, str]]:
    return [(record.kind, record.key) for record in crawled.records(target)]


def test_a_first_look_opens_the_window_and_leaves_expired_committees_alone(site: Councils, look: Look) -> None:
    result = look(site.target("one"))
    assert site.asked_for() == [
        "robots.txt",
        "one feed",
        "one GetCommittees",
        "one GetMeetings 0",
        "one GetMeeting 11",
        "one GetMeeting 12",
        "one GetMeeting 13",
    ]
    assert told(result) == [("item", "501"), ("document", "901")]
    assert (result.poll("one").outcome, result.poll("one").complete, result.poll("one").detail) == ("ok", False, None)


def test_an_item_is_told_with_its_titles_decoded_twice(site: Councils, look: Look) -> None:
    item, paper = look(site.target("one")).records("one")
    assert item.title == "Children's Services: Ofsted Focused Visit & Next Steps"
    assert item.url == site.url("one") + "/mgAi.aspx?ID=501"
    assert (item.published, item.text) == ("2026-03-02", "Report of the Director, attached.")
    assert item.fields == {
        "committee": "Children's Scrutiny & Families",
        "meeting": "12",
        "meeting_date": "2026-03-17",
        "status": "Confirmed",
        "number": "4",
    }
    assert (paper.title, paper.published, paper.url) == (
        "Ofsted's Letter",
        "2026-03-02",
        site.url("one") + "/mgConvert2PDF.aspx?ID=901",
    )
    assert paper.fields == {
        "committee": "Children's Scrutiny & Families",
        "meeting": "12",
        "meeting_date": "2026-03-17",
        "item": "501",
    }


def test_documents_are_fetched_once(site: Councils, look: Look, tmp_path: Path) -> None:
    folder = str(tmp_path / "documents")
    first = look(site.target("one"), documents_dir=folder)
    [document] = [r.document for r in first.records("one") if r.kind == "document"]
    assert document is not None
    assert (tmp_path / "documents" / document.sha256[:2] / f"{document.sha256}.pdf").exists()
    assert "one document 901" in site.asked_for()


def test_nothing_new_costs_one_request(site: Councils, look: Look) -> None:
    mark = look(site.target("one")).poll("one").cursor
    site.asked_for()
    poll = look(site.target("one", mark)).poll("one")
    assert site.asked_for() == ["one feed"]
    assert (poll.outcome, poll.cursor, poll.requests) == ("unchanged", mark, 1)
    site.installs["one"].feed.reverse()
    assert look(site.target("one", mark)).poll("one").outcome == "unchanged"


def test_robots_txt_is_read_again_on_another_day(site: Councils, look: Look) -> None:
    mark = look(site.target("one")).poll("one").cursor
    site.asked_for()
    result = look(site.target("one", mark), today="2026-03-11")
    assert site.asked_for() == ["robots.txt", "one feed"]
    assert (result.poll("one").outcome, mark_of(result)["robots"]) == ("unchanged", "2026-03-11")


def test_robots_txt_is_obeyed(site: Councils, look: Look) -> None:
    site.answers["/robots.txt"] = lambda _: Response("User-agent: *\nDisallow: /one/mgRss\n", mimetype="text/plain")
    result = look(site.target("one"), site.target("two"))
    assert (result.poll("one").outcome, result.poll("two").outcome) == ("blocked", "ok")
    assert "robots.txt does not allow it" in (result.poll("one").detail or "")
    assert site.asked_for().count("robots.txt") == 1


def test_a_change_opens_what_the_feed_names_and_what_is_to_come(site: Councils, look: Look) -> None:
    mark = look(site.target("one")).poll("one").cursor
    site.asked_for()
    site.installs["one"].feed.insert(0, agenda("13", "2026-03-10", committee="Cabinet"))
    site.installs["one"].feed.insert(0, agenda("77", "2026-03-10", committee="Planning Committee"))
    site.installs["one"].meetings["13"].matters = [Matter("601", "Ofsted action plan")]
    result = look(site.target("one", mark))
    assert site.asked_for() == ["one feed", "robots.txt", "one GetMeeting 13", "one GetMeeting 12"]
    assert ("item", "601") in told(result)


def test_a_gap_in_the_feed_means_the_whole_window_but_nothing_settled(site: Councils, look: Look) -> None:
    mark = look(site.target("one")).poll("one").cursor
    site.asked_for()
    site.installs["one"].feed = [agenda("99", "2026-03-10"), agenda("98", "2026-03-10")]
    poll = look(site.target("one", mark)).poll("one")
    asked = site.asked_for()
    assert "one GetMeetings 0" in asked
    assert {"one GetMeeting 12", "one GetMeeting 13", "one GetMeeting 99"} < set(asked)
    assert "one GetMeeting 11" not in asked
    assert poll.detail == "the service tells nothing of meeting 99; the service tells nothing of meeting 98"


def test_a_sweep_opens_everything_again(site: Councils, look: Look) -> None:
    first = look(site.target("one"))
    site.asked_for()
    again = look(site.target("one", first.poll("one").cursor), sweep=True)
    assert [path for path in site.asked_for() if "GetMeeting " in path] == [f"one GetMeeting {n}" for n in (11, 12, 13)]
    assert again.records("one") == first.records("one")


def test_something_published_again_on_another_day_is_opened(site: Councils, look: Look) -> None:
    mark = look(site.target("one")).poll("one").cursor
    site.installs["one"].feed[1] = agenda("11", "2026-03-10")
    site.asked_for()
    look(site.target("one", mark))
    assert "one GetMeeting 11" in site.asked_for()


def test_an_entry_that_names_no_meeting_means_the_whole_window(site: Councils, look: Look) -> None:
    mark = look(site.target("one")).poll("one").cursor
    site.asked_for()
    site.installs["one"].feed.insert(0, ("Minutes published: somewhere", "CId=1", "2026-03-10"))
    look(site.target("one", mark))
    assert "one GetCommittees" in site.asked_for()


def test_committee_by_committee_where_all_at_once_fails_and_that_is_remembered(site: Councils, look: Look) -> None:
    site.installs["one"].all_at_once = False
    first = look(site.target("one"))
    assert told(first) == [("item", "501"), ("document", "901")]
    asked = [path for path in site.asked_for() if "GetMeetings" in path]
    assert asked == ["one GetMeetings 0"] * 2 + ["one GetMeetings 1", "one GetMeetings 2"]
    assert mark_of(first)["each"] is True
    look(site.target("one", first.poll("one").cursor), sweep=True)
    assert "one GetMeetings 0" not in site.asked_for()


def test_no_meeting_at_all_is_no_news_but_a_failure(site: Councils, look: Look) -> None:
    site.installs["one"].meetings.clear()
    poll = look(site.target("one")).poll("one")
    assert poll.outcome == "invalid"
    assert "of 2 committees no meeting is listed, 2025-12-10 to 2026-05-10" in (poll.detail or "")


@pytest.mark.parametrize("status", [409, 500])
def test_a_committee_that_cannot_be_listed_fails_the_look(status: int, site: Councils, look: Look) -> None:
    site.answers["/one/.*lCommitteeId=[02]&"] = html("<h1>Conflict</h1>", status)
    poll = look(site.target("one")).poll("one")
    assert poll.outcome == {409: "invalid", 500: "error"}[status]
    assert f"answered {status}" in (poll.detail or "")


def test_a_meeting_called_off_is_told_also_when_its_agenda_is_taken_down(site: Councils, look: Look) -> None:
    mark = look(site.target("one")).poll("one").cursor
    install = site.installs["one"]
    install.meetings["12"] = Gathering("1", "2026-03-17", [], "Cancelled")
    install.feed.insert(0, agenda("13", "2026-03-10"))
    result = look(site.target("one", mark))
    [item] = result.records("one")
    assert (item.kind, item.key, item.fields["status"]) == ("item", "501", "Cancelled")
    assert (item.title, item.fields["meeting_date"]) == (LETTER.title, "2026-03-17")
    assert mark_of(result)["meetings"]["12"] == [
        "2026-03-17",
        "Cancelled",
        "",
        "Children's Scrutiny & Families",
    ]


def test_minutes_come_with_the_item_as_text(site: Councils, look: Look) -> None:
    site.installs["one"].meetings["11"].matters = [
        Matter("402", "Improvement", minutes="<p>Members noted the Ofsted\r\nletter.</p><p>&nbsp;</p><p>RESOLVED</p>")
    ]
    found = [r for r in look(site.target("one")).records("one") if r.key == "402"]
    assert [(r.kind, r.text) for r in found] == [
        ("item", None),
        ("minutes", "Members noted the Ofsted letter.\nRESOLVED"),
    ]
    site.installs["one"].meetings["11"].minuted = False
    assert [r.key for r in look(site.target("one")).records("one")] == ["501", "901"]


def test_exempt_items_are_told_without_documents(site: Councils, look: Look) -> None:
    site.installs["one"].meetings["12"].matters = [
        Matter("502", "Ofsted improvement contract (Exempt Category 3)", papers=[Paper("902", "Contract")]),
        Matter("503", "Ofsted letter", restricted=True, papers=[Paper("903", "Letter")]),
        Matter("504", "Ofsted letter", papers=[Paper("904", "Private", restricted=True), Paper("905", "Public")]),
    ]
    found = look(site.target("one")).records("one")
    assert [(r.kind, r.key, r.fields.get("restricted")) for r in found] == [
        ("item", "502", True),
        ("item", "503", True),
        ("item", "504", None),
        ("document", "905", None),
    ]


def test_two_installs_on_one_host_are_two_sites(site: Councils, look: Look) -> None:
    site.installs["two"].meetings["12"].matters = [Matter("777", "Ofsted elsewhere")]
    result = look(site.target("one"), site.target("two"))
    assert told(result, "one") == [("item", "501"), ("document", "901")]
    assert told(result, "two") == [("item", "777")]
    assert site.asked_for().count("robots.txt") == 1
    for poll in (result.poll("one"), result.poll("two")):
        assert (poll.outcome, poll.requests) == ("ok", 6)


def test_another_address_is_asked_where_one_fails_and_first_the_next_time(site: Councils, look: Look) -> None:
    site.answers["^/one/"] = html("<title>Access denied</title>", 403)
    target = site.target("one", None, site.url("two"))
    first = look(target)
    poll = first.poll("one")
    assert poll.outcome == "ok"
    assert (poll.detail or "").startswith(f"read from {site.url('two')}/; ")
    assert "/one/mgRss.aspx is a challenge page" in (poll.detail or "")
    assert told(first) == [("item", "501"), ("document", "901")]
    site.asked_for()
    again = look(site.target("one", poll.cursor, site.url("two"))).poll("one")
    assert site.asked_for() == ["two feed"]
    assert (again.outcome, again.detail) == ("unchanged", f"read from {site.url('two')}/")
    del site.answers["^/one/"]
    swept = look(site.target("one", poll.cursor, site.url("two")), sweep=True).poll("one")
    assert (swept.outcome, swept.detail) == ("ok", None)


def test_when_no_address_answers_the_first_failure_is_told_and_the_mark_stays(site: Councils, look: Look) -> None:
    mark = look(site.target("one")).poll("one").cursor
    site.answers["^/one/"] = html("<title>Access denied</title>", 403)
    site.answers["^/two/"] = html("<title>Hello</title>")
    poll = look(site.target("one", mark, site.url("two"))).poll("one")
    assert (poll.outcome, poll.cursor) == ("blocked", mark)
    assert "/one/" in (poll.detail or "")
    assert "/two/" in (poll.detail or "")


def test_a_service_that_is_blocked_is_not_an_empty_one(site: Councils, look: Look) -> None:
    site.answers["mgWebService"] = html("<title>Attention Required!</title>", 403)
    poll = look(site.target("one")).poll("one")
    assert (poll.outcome, poll.cursor) == ("blocked", None)
    assert "GetCommittees" in (poll.detail or "")


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        (moved("/one/mgError.aspx"), "missing", "its error page"),
        (html("Server was unable to process request. ---> Timeout expired"), "error", "unable to process"),
        (html("<html><head><title>Bot Verification</title></head></html>"), "invalid", "root element is <html>"),
        (html("<html><head><title>Pardon Our Interruption</title></head></html>"), "blocked", "challenge"),
        (html(""), "invalid", "is empty"),
        (html("<rss><channel><item>"), "ok", ""),
    ],
)
def test_what_comes_instead_of_a_feed(answer: Any, outcome: str, words: str, site: Councils, look: Look) -> None:
    site.answers["/mgRss.aspx"] = answer
    poll = look(site.target("one")).poll("one")
    assert (poll.outcome, words in (poll.detail or "")) == (outcome, True), poll.detail


def test_a_meeting_that_fails_costs_itself_alone_and_is_tried_again(site: Councils, look: Look) -> None:
    site.installs["one"].meetings["13"].matters = [Matter("601", "Ofsted action plan")]
    site.answers["lMeetingId=12"] = html("Server was unable to process request.")
    first = look(site.target("one"))
    assert (first.poll("one").outcome, told(first)) == ("error", [("item", "601")])
    assert mark_of(first)["again"] == {"12": 1}
    del site.answers["lMeetingId=12"]
    second = look(site.target("one", first.poll("one").cursor))
    assert (second.poll("one").outcome, ("item", "501") in told(second)) == ("ok", True)
    assert "again" not in mark_of(second)


def test_a_meeting_that_fails_for_good_is_given_up_and_said(site: Councils, look: Look) -> None:
    site.answers["lMeetingId=12"] = html("<broken")
    outcomes, mark = [], None
    for _ in range(6):
        poll = look(site.target("one", mark)).poll("one")
        outcomes.append(poll.outcome)
        mark = poll.cursor
        if poll.outcome == "ok":
            assert "meeting 12 is given up after 5 looks: " in (poll.detail or "")
    assert outcomes == ["invalid"] * 4 + ["ok", "unchanged"]


def test_a_document_that_fails_is_tried_again_and_one_that_is_gone_is_not(
    site: Councils, look: Look, tmp_path: Path
) -> None:
    folder = str(tmp_path / "documents")
    site.answers["ID=901"] = html("<html><title>Just a moment...</title></html>")
    first = look(site.target("one"), documents_dir=folder)
    [paper] = [r for r in first.records("one") if r.kind == "document"]
    assert paper.document_error is not None
    assert (first.poll("one").outcome, paper.document_error.outcome) == ("blocked", "blocked")
    site.answers["ID=901"] = moved("/one/mgError.aspx")
    second = look(site.target("one", first.poll("one").cursor), documents_dir=folder)
    [paper] = [r for r in second.records("one") if r.kind == "document"]
    assert paper.document_error is not None
    assert (second.poll("one").outcome, paper.document_error.gone) == ("ok", True)


def test_a_site_that_keeps_failing_is_left_alone_and_the_rest_waits(site: Councils, look: Look) -> None:
    install = site.installs["one"]
    install.meetings |= {str(n): Gathering("1", "2026-03-20") for n in range(20, 40)}
    site.answers["lMeetingId=[23]"] = html("Server Error in '/' Application.")
    result = look(site.target("one"))
    assert sum("GetMeeting 2" in path or "GetMeeting 3" in path for path in site.asked_for()) == 3
    assert "18 meetings were left for the next look" in (result.poll("one").detail or "")
    again = mark_of(result)["again"]
    assert sorted(again.values()) == [0] * 18 + [1] * 3


def test_a_page_in_the_address_is_no_folder_and_no_address_is_said(site: Councils, look: Look) -> None:
    target = Target("one", "one", url=site.url("one") + "/mgListCommittees.aspx?bcr=1")
    result = look(target, Target("none", "none"))
    assert (result.poll("one").outcome, result.poll("none").outcome) == ("ok", "invalid")
    assert result.poll("none").detail == "no address of a committee site is known"


def test_a_mistake_of_this_program_costs_one_council(site: Councils, look: Look) -> None:
    bad = Target("bad", "bad", url=site.url("one"), documents=["no mapping"])  # type: ignore[arg-type]
    result = look(bad, site.target("two"))
    assert (result.poll("bad").outcome, result.poll("two").outcome) == ("error", "ok")


def test_records_are_equal_each_time_and_polls_are_windows(site: Councils, look: Look) -> None:
    first, second = look(site.target("one")), look(site.target("one"), today=TODAY)
    assert first.records("one") == second.records("one")
    assert all(isinstance(item, Record) or (isinstance(item, Poll) and not item.complete) for item in first.items)


def made_anew(site: Councils, day: str = "2026-03-10", **items: str) -> None:
    """The agenda of meeting 12, made anew on a day: titles by the items' new ids."""
    matters = [Matter("400", "Heading", "0"), *(Matter(key[1:], title, "5.") for key, title in items.items())]
    site.installs["one"].meetings["12"] = Gathering("1", "2026-03-17", matters)
    site.installs["one"].feed = [agenda("12", day), agenda("11", "2026-02-02")]


def test_an_item_of_an_agenda_that_is_made_anew_keeps_its_key(site: Councils, look: Look) -> None:
    seen = look(site.target("one"))
    for new, day in (("777", "2026-03-10"), ("778", "2026-03-11")):
        made_anew(site, day, **{f"i{new}": LETTER.title})
        seen = look(site.target("one", json.dumps(mark_of(seen))))
        [item] = seen.records("one")
        assert (item.key, item.url) == ("501", site.url("one") + f"/mgAi.aspx?ID={new}")


@pytest.mark.parametrize(
    ("items", "keys"),
    [
        ({"i501": LETTER.title, "i777": LETTER.title}, ["501", "777"]),
        ({"i777": LETTER.title, "i778": LETTER.title}, ["777", "778"]),
        ({"i777": "Ofsted inspection report"}, ["777"]),
    ],
)
def test_another_item_is_another(site: Councils, look: Look, items: dict[str, str], keys: list[str]) -> None:
    first = look(site.target("one"))
    made_anew(site, **items)
    found = look(site.target("one", json.dumps(mark_of(first)))).records("one")
    assert [record.key for record in found] == keys
