"""The shapes in which ModernGov sites tell the same: HTML that is not escaped, decisions, minutes as a PDF, rows that
cannot be read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from monitor.model import Record, Target
from tests.spiders.council_site import (
    Answer,
    Councils,
    Gathering,
    Install,
    Matter,
    Paper,
    agenda,
    an_install,
    committees,
    job,
    meeting,
    meetings,
    xml,
)
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.site import html

Look = Callable[..., Crawled]
WELL_FORMED = (
    '<div class="W"><p class="MsoNormal">Members noted the <b>Ofsted</b>\r\nletter &amp; thanked staff.</p></div>'
)
NOT_WELL_FORMED = (
    "<p>Members noted the&nbsp;Ofsted letter &amp; thanked<br>staff."
    "<p>RESOLVED & <![if !supportLists]>·<![endif]>agreed"
)


@pytest.fixture
def site(httpserver: HTTPServer) -> Councils:
    return Councils(httpserver, {"one": an_install()})


@pytest.fixture
def look(site: Councils, tmp_path: Path) -> Look:
    def _look(mark: str | None = None, **options: Any) -> Crawled:
        target: Target = site.target("one", mark)
        return crawl(job(target, documents_dir=str(tmp_path / "d"), **options), tmp_path)

    return _look


def held(site: Councils, *items: Matter, **changes: Any) -> Gathering:
    """The meeting of the past, with these items."""
    made = Gathering("1", "2026-02-10", list(items), **changes)
    site.installs["one"].meetings["11"] = made
    return made


def records(crawled: Crawled, kind: str, meeting: str = "11") -> list[Record]:
    return [r for r in crawled.records("one") if r.kind == kind and r.fields["meeting"] == meeting]


def spoilt(site: Councils, install: Install, path: str, *changes: tuple[str, str]) -> None:
    """Replace parts of an answer of GetCommittees, GetMeetings or GetMeeting 12."""
    made: dict[str, Callable[[], str]] = {
        "GetCommittees": lambda: committees(install),
        "GetMeetings": lambda: meetings(install, "0").get_data(as_text=True).partition("?>")[2].strip(),
        "lMeetingId=12": lambda: meeting("12", install, site.url("one")),
    }

    def answer(_: object) -> Response:
        body = made[path]()
        for old, new in changes:
            assert re.search(old, body), old
            body = re.sub(old, new, body, count=1)
        return xml(body)

    site.answers[path + r"(\b|$)"] = answer


@pytest.mark.parametrize("root", ["committees", "getcommittees"])
def test_both_known_roots_of_the_committees_are_read(root: str, site: Councils, look: Look) -> None:
    spoilt(site, site.installs["one"], "GetCommittees", ("<committees>", f"<{root}>"), ("</committees>", f"</{root}>"))
    seen = look()
    assert (seen.poll("one").outcome, len(records(seen, "item", "12"))) == ("ok", 1)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (WELL_FORMED, "Members noted the Ofsted letter & thanked staff."),
        (NOT_WELL_FORMED, "Members noted the Ofsted letter & thanked\nstaff.\nRESOLVED & ·agreed"),
        ("Ofsted came, no markup", "Ofsted came, no markup"),
    ],
)
@pytest.mark.parametrize("unescaped", [True, False])
@pytest.mark.parametrize("where", ["agenda", "minutes", "decision"])
def test_html_is_read_escaped_or_not_well_formed_or_not(
    where: str, unescaped: bool, text: str, lines: str, site: Councils, look: Look
) -> None:
    site.installs["one"].unescaped = unescaped
    held(site, Matter("401", "Ofsted letter", **{where: text}), minuted=where == "minutes", decided=where == "decision")
    seen = look()
    assert (seen.poll("one").outcome, seen.poll("one").detail) == ("ok", None)
    [found] = records(seen, "item" if where == "agenda" else "minutes")
    assert found.text == lines


def test_an_answer_that_is_cut_off_is_refused_however_its_html_is_written(site: Councils, look: Look) -> None:
    install = site.installs["one"]
    install.unescaped = True
    held(site, Matter("401", "Ofsted letter", agenda=NOT_WELL_FORMED))
    body = meeting("11", install, site.url("one"))
    for cut in (len(body) // 3, body.index("</agendaitem>"), len(body) - 5):
        site.answers["lMeetingId=11"] = html(body[:cut])
        seen = look()
        assert (seen.poll("one").outcome, records(seen, "item")) == ("invalid", [])
        assert len(records(seen, "item", "12")) == 1


def test_an_item_that_only_its_decision_makes_concern_us_is_told(site: Councils, look: Look) -> None:
    held(site, Matter("401", "Urgent business", decision="<p>That the Ofsted letter be noted.</p>"), decided=True)
    [minutes] = records(look(), "minutes")
    assert (minutes.key, minutes.text) == ("401", "That the Ofsted letter be noted.")
    assert minutes.fields["form"] == "decision"
    assert minutes.fields["committee"] == "Children's Scrutiny & Families"


def test_minutes_go_before_decisions_and_drafts_are_neither(site: Councils, look: Look) -> None:
    letter = Matter("401", "Ofsted letter", minutes="<p>It was long.</p>", decision="<p>Noted.</p>")
    held(site, letter, minuted=True, decided=True)
    [minutes] = records(look(), "minutes")
    assert (minutes.text, minutes.fields.get("form")) == ("It was long.", None)
    held(site, letter)
    assert records(look(), "minutes") == []


PRINTED = "documents/g11/Printed minutes 10th-Feb-2026 10.00 Scrutiny.pdf?T=1"
SHEET = "documents/g11/Printed decisions 10th-Feb-2026 10.00 Scrutiny.pdf?T=2"
OTHERS = [
    ("documents/g11/Agenda frontsheet 10th-Feb-2026.pdf?T=0", "Agenda frontsheet"),
    ("documents/g11/Public reports pack.pdf?T=10", "Public reports pack"),
    ("documents/g10/Printed minutes 3rd-Feb-2026.pdf?T=1", "Printed minutes"),
    ("documents/s99/Printed minutes of the last meeting.pdf", "Printed minutes of the last meeting"),
]


@pytest.mark.parametrize(
    ("href", "words", "published", "form"),
    [
        (PRINTED, "Printed minutes PDF 99 KB", "minuted", "printed minutes"),
        ("{root}/documents/g11/Printed%20draft%20minutes.pdf", "PDF", "minuted", "printed minutes"),
        ("documents/g11/x.pdf?T=1", "PDF 99 KB", "minuted", "printed minutes"),
        ("/one/documents/g11/x.pdf", "Printed minutes", "minuted", "printed minutes"),
        (SHEET, "Printed decisions", "decided", "printed decisions"),
    ],
)
def test_minutes_that_are_a_pdf_only_are_the_minutes_of_each_item(
    href: str, words: str, published: str, form: str, site: Councils, look: Look
) -> None:
    links = [*OTHERS, (href.format(root=site.url("one")), words)]
    matters = [Matter("401", "Ofsted letter"), Matter("402", "Bins"), Matter("403", "Ofsted plan", restricted=True)]
    held(site, *matters, printed=links, **{published: True})
    seen = look()
    [minutes] = records(seen, "minutes")
    assert (seen.poll("one").outcome, seen.poll("one").detail) == ("ok", None)
    assert (minutes.key, minutes.fields["form"], minutes.text) == ("401", form, None)
    assert minutes.fields["printed"].startswith(site.url("one") + "/documents/g11/")
    assert " " not in minutes.fields["printed"]
    assert minutes.document is not None
    assert site.asked_for().count("one page 11") == 1


def test_no_page_is_asked_for_where_the_service_has_the_minutes(site: Councils, look: Look) -> None:
    minuted = [Matter("401", "Ofsted letter"), Matter("402", "Bins", minutes="<p>Emptied.</p>")]
    held(site, *minuted, minuted=True, printed=[(PRINTED, "Printed minutes")])
    look()
    held(site, Matter("401", "Bins"), minuted=True, printed=[(PRINTED, "Printed minutes")])
    look()
    assert "one page 11" not in site.asked_for()


@pytest.mark.parametrize(
    ("answer", "outcome", "says"),
    [
        (None, "ok", "the minutes of meeting 11 are published and not seen: its page links to none"),
        (html("<title>Just a moment...</title>", 403), "ok", "and not seen: "),
        (html("Server Error", 500), "error", "ieListDocuments.aspx"),
    ],
)
def test_minutes_that_are_to_be_seen_nowhere_are_said_and_looked_for_again(
    answer: Answer | None, outcome: str, says: str, site: Councils, look: Look
) -> None:
    gathering = held(site, Matter("401", "Ofsted letter"), minuted=True)
    if answer:
        site.answers["ieListDocuments"] = answer
    first = look()
    assert (first.poll("one").outcome, says in (first.poll("one").detail or "")) == (outcome, True)
    assert (len(records(first, "item")), records(first, "minutes")) == (1, [])
    site.answers.clear()
    gathering.printed.append((PRINTED, "Printed minutes"))
    site.installs["one"].feed = [agenda("99", "2026-03-10"), agenda("98", "2026-03-10")]
    again = look(first.poll("one").cursor)
    assert (len(records(again, "minutes")), json.loads(again.poll("one").cursor or "")["meetings"]["11"][2]) == (
        1,
        "am",
    )


def test_a_committee_is_named_by_the_list_the_papers_or_the_feed(site: Councils, look: Look) -> None:
    """GetMeeting itself names none."""
    install = site.installs["one"]
    mark = look().poll("one").cursor
    install.meetings["15"] = Gathering("2", "2026-04-01", [Matter("601", "Ofsted plan", papers=[Paper("905", "Plan")])])
    install.meetings["16"] = Gathering("1", "2026-04-02", [Matter("602", "Ofsted plan")])
    install.feed[:0] = [agenda("15", "2026-03-10"), agenda("16", "2026-03-10")]
    site.asked_for()
    seen = look(mark)
    assert [r.fields["committee"] for r in records(seen, "item", "15")] == ["Cabinet"]
    assert [r.fields["committee"] for r in records(seen, "item", "16")] == ["Children's Scrutiny & Families"]
    assert site.asked_for().count("one GetCommittees") == 1
    install.feed.insert(0, agenda("16", "2026-03-11"))
    again = look(seen.poll("one").cursor)
    assert [r.fields["committee"] for r in records(again, "item", "16")] == ["Children's Scrutiny & Families"]
    assert "one GetCommittees" not in site.asked_for()


def test_the_printed_number_is_told_and_not_the_inner_order(site: Councils, look: Look) -> None:
    matters = [Matter("401", "Ofsted 1", "9."), Matter("402", "Ofsted 2", "12a"), Matter("403", "Ofsted 3", "\n")]
    held(site, *matters, Matter("404", "Ofsted heading", "0"))
    assert [r.fields["number"] for r in records(look(), "item")] == ["9", "12a", ""]
    spoilt(site, site.installs["one"], "lMeetingId=12", ("<fulldisplaynumberformat>4.</fulldisplaynumberformat>", ""))
    assert [r.fields["number"] for r in records(look(), "item", "12")] == ["4"]


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        ("GetCommittees", "<committeeid>2<", "<committeeid><", "left out 1 of the committees: it has no committeeid"),
        ("GetMeetings", "24/03/2026", "soon", 'left out 1 of the listed meetings: the date of meeting 13 reads "soon"'),
        ("GetMeetings", "<meetingid>13<", "<meetingid>\n<", "left out 1 of the listed meetings: it has no meetingid"),
        ("lMeetingId=12", "<agendaitemid>501<", "<agendaitemid><", "left out 1 of the items of meeting 12: it has no"),
        ("lMeetingId=12", "<attachmentid>901<", "<attachmentid><", "left out 1 of the documents of meeting 12: it has"),
    ],
)
def test_a_bad_row_is_a_remark_and_the_rest_is_read(
    path: str, old: str, new: str, says: str, site: Councils, look: Look
) -> None:
    install = site.installs["one"]
    install.meetings["12"].matters.append(Matter("502", "Ofsted plan", papers=[Paper("902", "Plan")]))
    spoilt(site, install, path, (old, new))
    seen = look()
    assert (seen.poll("one").outcome, says in (seen.poll("one").detail or "")) == ("ok", True), seen.poll("one").detail
    told = {(r.kind, r.key) for r in seen.records("one")}
    assert {("item", "502"), ("document", "902")} <= told
    lost = {"<agendaitemid>501<": {"501", "901"}, "<attachmentid>901<": {"901"}}.get(old, set())
    assert {key for _, key in told} == {"501", "901", "502", "902"} - lost


def test_one_broken_meeting_among_several_costs_itself_alone(site: Councils, look: Look) -> None:
    install = site.installs["one"]
    install.meetings["13"].matters = [Matter("601", "Ofsted plan")]
    install.meetings["12"].day = "2026-03-17"
    spoilt(site, install, "lMeetingId=12", ("</agendaitem>", "<&></agendaite>"))
    seen = look()
    assert [r.key for r in seen.records("one")] == ["601"]
    assert "lMeetingId=12" in (seen.poll("one").detail or "")
    assert json.loads(seen.poll("one").cursor or "")["again"] == {"12": 1}


def test_a_meeting_without_a_date_takes_it_from_its_items(site: Councils, look: Look) -> None:
    stated = "</agendaitemid>", "</agendaitemid><actualmeetingdate>17/03/2026</actualmeetingdate>"
    spoilt(site, site.installs["one"], "lMeetingId=12", ("<meetingdate>.*?<", "<meetingdate>\n<"), stated)
    assert [r.fields["meeting_date"] for r in records(look(), "item", "12")] == ["2026-03-17"]
