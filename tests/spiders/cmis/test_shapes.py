"""The shapes of CMIS pages: labels, agendas, papers, and whose minutes a paper holds."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.cmis.agenda import Agenda, Item
from spiders.cmis.calendar import Row, calendars_linked, list_rows, module_of, month_rows, months_beside
from spiders.cmis.lines import Link
from spiders.cmis.links import document_key, on_site
from spiders.cmis.meeting import Meeting, meeting_page
from spiders.cmis.minutes import names_day, own_minutes, unsaid_minutes
from spiders.http.errors import PageError
from tests.spiders.cmis_site import ITEMS, SUMMARIES, Point, Sitting, meeting_html, sittings

URL = "https://a.cmis.uk.com/a/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/21/Committee/9/Default.aspx"
ROW = Row("21", "From the calendar", URL)
DAY, TODAY = date(2026, 2, 10), date(2026, 3, 10)


def page(sitting: Sitting, items: str = "spans", summary: str = "labels") -> Meeting:
    body = meeting_html(sitting, items, summary)
    menu = "<ul><li>Committees</li><li>Status</li></ul><h3>Documents</h3>"
    footer = '<div><p>3 Copyright</p><a href="/privacy.pdf">Privacy Statement</a></div>'
    return meeting_page(f"<html><body>{menu}<div>{body}</div>{footer}</body></html>", ROW)


@pytest.mark.parametrize("summary", SUMMARIES)
@pytest.mark.parametrize("label", ["Date/Time", "Date", "Date / Time", "Meeting Date", "Date and Time"])
@pytest.mark.parametrize(("status", "read"), [("Scheduled", "Scheduled"), ("Occurred", "Scheduled"), ("", ""),
                                              ("Completed", "Scheduled"), ("Agenda published", "Scheduled"),
                                              ("IN PROGRESS", "Scheduled"), ("Not held", "Not held"),
                                              ("Decision published", "Scheduled"), ("Upcoming", "Scheduled"),
                                              ("Cancelled", "Cancelled"), ("Postponed", "Postponed")])  # fmt: skip
def test_labels_are_read_in_every_markup(summary: str, label: str, status: str, read: str) -> None:
    meeting = page(Sitting("Children & Families", "2026-02-10", label=label, status=status), summary=summary)
    assert (meeting.committee, meeting.day, meeting.status) == ("Children & Families", "2026-02-10", read)


@pytest.mark.parametrize("written", ["3 Aug 2026 - 10:00", "3 Aug 2026 - 10:00 to 00:00",
                                     "03/08/2026", "03-08-2026 10:00", "Monday 3rd August 2026", "3rd of August 2026",
                                     "2026-08-03 10:00", "August 3, 2026", "31/02/2026 3 August 2026"])  # fmt: skip
def test_dates_are_read_as_they_are_written(written: str) -> None:
    assert page(Sitting("Cabinet", "2026-08-03", written=written)).day == "2026-08-03"


@pytest.mark.parametrize(
    ("written", "listed", "day"),
    [
        ("8/3/2026 10:00:00 AM", "2026-08-03", "2026-08-03"), ("8/3/2026 10:00:00 AM", None, "2026-03-08"),
        ("8/3/2026", "2026-09-14", "2026-03-08"), ("03/08/2026", "2026-08-03", "2026-08-03"),
        ("01/01/0001 00:00:00", "2026-08-03", "2026-08-03"), ("8/31/2026", None, "2026-08-31"),
    ],
)  # fmt: skip
def test_numbers_are_day_first_unless_only_the_calendars_day_is_month_first(
    written: str, listed: str | None, day: str
) -> None:
    assert meeting_page(f"<p>Committee: Cabinet</p><p>Date: {written}</p>", Row("21", "", URL, listed)).day == day


@pytest.mark.parametrize(
    "day", ["Tuesday, 30 June", "Tuesday 30th June", "Tue, 30 Jun", "TUESDAY, 30 JUNE 2026", "Tues 30 June, 2026"]
)
def test_the_days_of_a_month_are_read_as_they_are_written(day: str) -> None:
    link = '<a href="/a/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/7/Committee/4/">14:00 Cabinet</a>'
    head = "<p id='dnn_ctr397_MeetingCalendarPublicPrinter'></p><td>Monday, 1 June</td>"
    (row,) = month_rows(f"{head}<td>{day}</td><td>{link}</td>", URL, "2026-06-01").meetings.values()
    assert row.day == "2026-06-30"


@pytest.mark.parametrize("items", ITEMS)
def test_an_agenda_is_read_in_every_markup(items: str) -> None:
    agenda = page(sittings()["21"], items).agenda
    titled = [(item.number, item.title) for item in agenda.items if item.number]
    assert titled == [
        ("1", "Apologies"),
        ("2", "Minutes"),
        ("3", "Ofsted Monitoring Visit Letter"),
        ("4", "School Places"),
    ]
    letter = next(item for item in agenda.items if item.number == "3")
    assert letter.text == ["The letter is attached."]
    assert [paper.title for paper in letter.papers] == ["Item 3 - Report", "Item 3 - Report"]
    assert [paper.title for paper in agenda.loose] == ["Agenda Document Pack - Children - 10/02/2026"]
    assert [paper.title for paper in agenda.minutes] == ["M10022026"]


def test_a_heading_among_the_items_is_no_text_of_the_item_before() -> None:
    items = page(sittings()["21"]).agenda.items
    assert [item.title for item in items if not item.number] == ["Items for Discussion"]
    assert next(item for item in items if item.number == "2").text == [
        "To confirm the minutes of the previous meeting."
    ]


@pytest.mark.parametrize("items", ITEMS)
def test_numbered_paragraphs_of_a_text_are_no_items(items: str) -> None:
    text = "3. The committee is asked to note."
    agenda = page(Sitting("Cabinet", "2026-02-10", [Point("1", "One", text), Point("2", "Two")]), items).agenda
    assert [(item.number, item.title, item.text) for item in agenda.items] == [("1", "One", [text]), ("2", "Two", [])]


def test_private_items_and_the_footer() -> None:
    body = '<p>Committee: Cabinet</p><p>Date/Time: 10 Feb 2026</p><h3>Public Agenda</h3><p class="t"><b>1</b> Open</p>'
    body += '<h3>Private Agenda</h3><p class="t"><b>2</b> Closed</p><p>Its text</p><p>(12Kb)</p>'
    body += '<a href="/a/Document.ashx?k=1" title="Click to view"><img></a>'
    meeting = meeting_page(f"<div>{body}</div><footer><p>Copyright 2026</p></footer>", ROW)
    open_item, closed = meeting.agenda.items
    assert (open_item.restricted, closed.restricted, closed.text) == (False, True, ["Its text"])
    assert closed.papers == [Link("Click to view", "https://a.cmis.uk.com/a/Document.ashx?k=1")]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            "<h1>An error has occurred</h1>",
            'no label "Date/Time:" or "Committee:"; it begins "<h1>An error has occurred',
        ),
        ("<p>Committee</p><p>Date</p>", 'no label "Date/Time:"'),
        ("<p>Committee: Cabinet</p><p>Date/Time: soon</p>", 'no date behind its label "Date/Time:" ("soon")'),
        (f"<p>{'x' * 900}</p>", 'it begins "<p>' + "x" * 197 + '"'),
    ],
)
def test_a_refused_page_says_what_is_missing_and_what_came(html: str, words: str) -> None:
    with pytest.raises(PageError) as refusal:
        meeting_page(html, ROW)
    assert refusal.value.outcome == "invalid"
    assert words in refusal.value.reason


def test_a_deep_page_is_read_or_refused_at_once() -> None:
    deep = "<div>" * 5000 + "<p>Committee: Cabinet</p><p>Date: 10/02/2026</p>" + "</div>" * 5000
    with pytest.raises(PageError, match="shows no label"):
        meeting_page(deep, ROW)
    assert meeting_page(deep.replace("<div>" * 5000, "<div>" * 1000), ROW).day == "2026-02-10"


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("M10022026", True), ("M12042016", False), ("Final Scrutiny Minutes 16042026", False),
        ("Final Scrutiny Minutes 10022026", True), ("260210 CSC Minute (Final)", True), ("100226 Minutes", True),
        ("240424 CSC Minute (Final)", False), ("Minutes 10.02.26", True), ("Minutes_10_February_2026", True),
        ("Minutes of 10th February", True), ("Minutes of 13th January", False), ("Minutes - 2026-02-10", True),
        ("Minutes of the meeting held on February 10, 2026", True), ("Minutes 9 Feb 2026", False),
        ("Minutes - January 2026", False), ("Minutes - February 2026", None), ("Minutes", None), ("Minutes 7", None),
        ("Printed minutes Tuesday 10-Feb-2026 10.00", True), ("Minutes 31022026", None),
    ],
)  # fmt: skip
def test_the_day_that_a_paper_names(title: str, own: bool | None) -> None:
    assert names_day(title, DAY) is own


def minutes_of(place: str, title: str, day: date = DAY) -> Link | None:
    paper = Link(title, "https://a/Document.ashx?1")
    agenda = Agenda([Item("2", "Minutes"), Item("3", "Improvement Board")])
    {"item": agenda.items[0].papers, "other": agenda.items[1].papers, "loose": agenda.loose,
     "heading": agenda.minutes}[place].append(paper)  # fmt: skip
    return own_minutes(agenda, day, TODAY)


@pytest.mark.parametrize("place", ["item", "other", "loose", "heading"])
@pytest.mark.parametrize("title", ["M13012026", "Final Minutes 13012026", "260113 CSC Minute (Final)",
                                   "Minutes of the previous meeting", "The Last Minutes 10/02/2026"])  # fmt: skip
def test_an_earlier_meetings_minutes_are_never_taken(place: str, title: str) -> None:
    assert minutes_of(place, title) is None


@pytest.mark.parametrize(
    ("place", "title", "taken"),
    [
        ("heading", "Minutes", True), ("heading", "M10022026", True), ("heading", "CSC 7", True),
        ("item", "M10022026", True), ("item", "Minutes", False), ("item", "Appendix", False),
        ("loose", "Minutes 10/02/2026", True), ("loose", "Minutes", False), ("loose", "Agenda - 10/02/2026", False),
        ("other", "Minutes of the Board 10/02/2026", False),
    ],
)  # fmt: skip
def test_a_paper_is_its_own_by_its_day_or_its_place(place: str, title: str, taken: bool) -> None:
    assert (minutes_of(place, title) is not None) is taken


def test_a_meeting_to_come_has_no_minutes_and_final_ones_go_before_a_draft() -> None:
    assert minutes_of("heading", "Minutes", date(2026, 4, 1)) is None
    draft, final = Link("Draft Minutes", "https://a/1"), Link("Minutes", "https://a/2")
    assert own_minutes(Agenda(minutes=[draft, final]), DAY, TODAY) == final
    assert own_minutes(Agenda(minutes=[draft]), DAY, TODAY) == draft


def test_minutes_that_do_not_say_whose_are_named() -> None:
    agenda = Agenda(
        loose=[Link(title, "x") for title in ("Minutes", "M10022026", "Minutes of the last meeting", "Pack")]
    )
    assert [paper.title for paper in unsaid_minutes(agenda, DAY)] == ["Minutes"]


@pytest.mark.parametrize(
    "frame",
    [
        "<h4>Apologies</h4><h4>Minutes</h4>{paper}<h4>Budget</h4>",
        '<p class="t"><b>1</b> Apologies</p><h4>Minutes</h4>{paper}<p class="t"><b>3</b> Budget</p>',
        "<h4>1. Apologies</h4><h4>Minutes</h4>{paper}<h4>3. Budget</h4>",
    ],
)
def test_a_heading_minutes_within_an_agenda_is_an_item_and_not_the_meetings_own(frame: str) -> None:
    paper = '<a href="/a/Document.ashx?k=1">Minutes</a>'
    body = f"<p>Committee: Cabinet</p><p>Date/Time: 10 Feb 2026</p><h3>Agenda</h3>{frame.format(paper=paper)}"
    meeting = meeting_page(body, ROW)
    assert own_minutes(meeting.agenda, DAY, TODAY) is None


def test_the_same_document_has_one_key_whatever_host_and_case_its_address_has() -> None:
    one = document_key("21", "https://a.cmis.uk.com/a/Document.ashx?czJK%2fx%3d=b&c=d")
    assert one == document_key("21", "http://cmis.a.gov.uk/Document.ashx?czJK%2Fx%3D=b&c=d")
    assert one != document_key("22", "https://a.cmis.uk.com/a/Document.ashx?czJK%2fx%3d=b&c=d")
    assert one != document_key("21", "https://a.cmis.uk.com/a/Document.ashx?czJK%2fx%3d=b&c=e")


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("http://b.cmis.uk.com/x/Document.ashx?q=1#top", "https://a.gov.uk/x/Document.ashx?q=1"),
        ("Document.ashx?q=1", "https://a.gov.uk/cmis5/Document.ashx?q=1"),
        ("//b.gov.uk/d", "https://a.gov.uk/d"), ("http://[", ""), ("http://b:99999/", ""),
    ],
)  # fmt: skip
def test_links_stay_on_the_host_that_was_asked(href: str, address: str) -> None:
    assert on_site("https://a.gov.uk/cmis5/Meetings.aspx", href) == address


def test_the_module_is_found_in_names_and_in_ids_and_another_page_has_none() -> None:
    for text in ("dnn$ctr412$MeetingCalendarPublic$x", "dnn_ctr412_MeetingCalendarPublicList_x"):
        assert module_of(text, URL) == "412"
    with pytest.raises(PageError, match="shows no calendar of meetings"):
        module_of('<a href="/cmis/MeetingCalendar.aspx">Meetings</a>', URL)


def test_only_the_tab_of_the_calendar_itself_counts() -> None:
    text = '<a href="/a/Committees/tabid/62/Default.aspx"></a><a href="/a/Meetings/tabid/71/Default.aspx"></a>'
    url = "https://a.gov.uk/a/Meetings.aspx"
    assert "/a/Meetings/tabid/71/ctl/MeetingCalendarPublicNoJava/mid/5/" in months_beside(text, url, "5", "70")
    assert "/a/Meetings/tabid/70/" in months_beside("", url, "5", "70")


def test_rows_of_list_and_month_have_their_committee_and_day() -> None:
    way = "/a/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/7/Committee/4"
    head = "<p id='dnn_ctr397_MeetingCalendarPublicPrinter'></p>"
    month = f'{head}<td>Tuesday, 30 June</td><td><a href="{way}/">14:00 Children &amp; Families</a></td>'
    listed = f'{head}<a href="{way}/x">9 Jul 2026 11:00 - Full Council - Special</a>'
    assert [(r.committee, r.day) for r in month_rows(month, URL, "2026-06-01").meetings.values()] == [
        ("Children & Families", "2026-06-30")
    ]
    assert [(r.committee, r.day) for r in list_rows(listed, URL).meetings.values()] == [
        ("Full Council - Special", "2026-07-09")
    ]


def test_the_calendars_that_a_home_page_links_to() -> None:
    names = ("Home.aspx", "x/y/Meetings.aspx", "CalendarofMeetings/tabid/9/Default.aspx", "MeetingsArchive.aspx")
    home = "".join(f'<a href="/a/{name}">x</a>' for name in names)
    assert calendars_linked(home, "https://a.gov.uk/a/") == [
        "https://a.gov.uk/a/x/y/Meetings.aspx", "https://a.gov.uk/a/CalendarofMeetings/tabid/9/Default.aspx",
    ]  # fmt: skip
