"""A small CMIS for tests, in the shape that real sites show: a calendar, its list, months, meetings.

Its hidden fields are others with every answer, the status of a meeting stands in a `Value Venue`, and the markup of its
agenda is one of several, because that of real sites is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.model.english_dates import MONTHS

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
Answer = Callable[[Request], Response]
ITEMS = {
    "spans": '<div><div class="Head">{number}<span>{title}</span></div><div>{text}</div>{papers}</div>',
    "cells": "<table><tr><td>{number}</td><td>{title}</td></tr><tr><td></td><td>{text}{papers}</td></tr></table>",
    "lines": "<h4>{number} {title}</h4>{text}{papers}",
}
"""The markup of an agenda item, by name."""
SUMMARIES = {
    "labels": '<div class="holder"><div class="L"><label><span>{label}:</span></label></div>'
    '<div class="Value Venue">{value}</div></div>',
    "terms": "<dl><dt>{label}:</dt>\n<dd>{value}</dd></dl>",
    "inline": "<p><b>{label}:</b> {value}</p>",
    "bare": "<table><tr><th>{label}</th><td>{value}</td></tr></table>",
}
"""The markup of a label with its value, by name."""


@dataclass
class Point:
    """An agenda item; `papers` are (title, name in the address)."""

    number: str
    title: str
    text: str = ""
    papers: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Sitting:
    """A meeting; `loose` are papers before the agenda, `minutes` those below the heading "Minutes"."""

    committee: str
    day: str
    points: list[Point] = field(default_factory=list)
    loose: list[tuple[str, str]] = field(default_factory=list)
    minutes: list[tuple[str, str]] = field(default_factory=list)
    status: str = "Scheduled"
    written: str = ""
    label: str = "Date/Time"

    @property
    def when(self) -> str:
        """The day as the summary writes it."""
        on = date.fromisoformat(self.day)
        return self.written or f"{on.day} {MONTHS[on.month - 1][:3]} {on.year} - 10:00 to 11:46"


def sittings() -> dict[str, Sitting]:
    """A meeting held, with minutes of its own and of the one before; one to come; one on something else."""
    return {
        "21": Sitting("Children's Services & Education", "2026-02-10", [
            Point("1", "Apologies"),
            Point("2", "Minutes", "To confirm the minutes of the previous meeting.", [("M13012026", "before")]),
            Point("", "Items for Discussion"),
            Point("3", "Ofsted Monitoring Visit Letter", "The letter is attached.",
                  [("Item 3 - Report", "three"), ("Item 3 - Report", "three-b")]),
            Point("4", "School Places"),
        ], [("Agenda Document Pack - Children - 10/02/2026", "pack")], [("M10022026", "own")], "Occurred"),
        "22": Sitting("Cabinet", "2026-03-17", [
            Point("5", "Budget", "2. The rate is not an inspection of anything.", [("Budget", "budget")]),
            Point("6", "Children's Services", "Report on the inspection of children's services.", [("Item 6", "six")]),
        ]),
        "23": Sitting("Planning Committee", "2026-03-18", [Point("1", "Ofsted nursery", "", [("Plan", "plan")])]),
    }  # fmt: skip


@dataclass
class Cmis:
    """The site at `/luton`; `answers` replace what an address (a pattern) gets. `tabs` says which tabs its calendar's
    page names: none, its own ("own") or only another page's ("other")."""

    server: HTTPServer
    sittings: dict[str, Sitting] = field(default_factory=sittings)
    page: str = "MeetingsCalendar"
    module: str = "MeetingCalendarPublic"
    mark: str = "$"
    tab: int = 73
    tabs: str = ""
    listed: bool = True
    items: str = "spans"
    summary: str = "labels"
    today: str = "2026-03-10"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    @property
    def url(self) -> str:
        """The site's folder."""
        return self.server.url_for("/luton")

    def _answer(self, request: Request) -> Response:
        self.asked.append(request.full_path.rstrip("?"))
        for pattern, answer in self.answers.items():
            if re.search(pattern, request.full_path):
                return answer(request)
        return self._plain(request)

    def _plain(self, request: Request) -> Response:
        path, ways = request.path, f"/luton/{self.page}/tabid/{self.tab}/ctl"
        if path == "/robots.txt":
            return Response("", mimetype="text/plain")
        if path == "/luton/":
            return self._html("<h1>Luton</h1>")
        if path in (f"/luton/{self.page}.aspx", f"/luton/{self.page}/tabid/{self.tab}/Default.aspx"):
            return self._html(self._list() if request.args.get("ctl") else self._calendar())
        if found := re.fullmatch(rf"{ways}/MeetingCalendarPublicNoJava/mid/397/Date/(.*)/Default.aspx", path):
            return self._html(self._month(date.fromisoformat(found[1])))
        if found := re.match(rf"{ways}/ViewMeetingPublic/mid/397/Meeting/(\d+)/Committee/9/", path):
            return self._html(meeting_html(self.sittings[found[1]], self.items, self.summary))
        if path == "/luton/Document.ashx":
            return Response(PDF, mimetype="application/pdf")
        if "/tabid/" in path:
            return Response(b"", 302, headers={"Location": "/luton/?error=An+unexpected+error"})
        return Response("<h1>Page not found</h1>", 404, mimetype="text/html")

    def _html(self, body: str) -> Response:
        """A page of the site. Its menu names the calendar, with its tab if pages name tabs."""
        state = f'<input type="hidden" name="__VIEWSTATE" value="{len(self.asked):032x}">'
        own = f"/luton/{self.page}/tabid/{self.tab}/Default.aspx" if self.tabs == "own" else f"/luton/{self.page}.aspx"
        other = '<a href="/luton/Committees/tabid/62/Default.aspx">Committees</a>' if self.tabs else ""
        page = f'<form>{state}<ul>{other}<li><a href="{own}">Meetings</a></li></ul>{body}</form><div>(c) 2026</div>'
        return Response(f"<html><head><title>Council</title></head><body>{page}</body></html>", mimetype="text/html")

    def _calendar(self) -> str:
        name = f"dnn{self.mark}ctr397{self.mark}{self.module}"
        return f'<div><input type="submit" name="{name}{self.mark}btnButtonListView" value="Meeting List View"></div>'

    def _list(self) -> str:
        now = [(k, s) for k, s in self.sittings.items() if s.day[:7] == self.today[:7] and self.listed]
        rows = "".join(
            f'<tr><td><a href="{self.link(key)}">{one.when[:11].strip()} 10:00 - {escape(one.committee)}</a></td></tr>'
            for key, one in now
        )
        return f'<table id="dnn_ctr397_MeetingCalendarPublicList_grd"><tr><th>Date/Start Time</th></tr>{rows}</table>'

    def _month(self, first: date) -> str:
        days = [first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == first.month]
        rows = "".join(
            f"<tr><td>{on:%A}, {on.day} {MONTHS[on.month - 1]}</td><td>{self._on(on)}</td></tr>" for on in days
        )
        return f'<table id="dnn_ctr397_MeetingCalendarPublicPrinter_grd">{rows}</table>'

    def _on(self, day: date) -> str:
        return "".join(
            f'<p><a href="{self.link(key)}">10:00 {escape(one.committee)}</a></p>'
            for key, one in self.sittings.items()
            if one.day == day.isoformat()
        )

    def link(self, key: str) -> str:
        """The address of a meeting, on the vendor's host as some sites write it."""
        way = f"/luton/{self.page}/tabid/{self.tab}/ctl/ViewMeetingPublic/mid/397/Meeting/{key}/Committee/9"
        return f"http://luton.cmis.invalid{way}/SelectedTab/Documents/Default.aspx"


def meeting_html(one: Sitting, items: str = "spans", summary: str = "labels") -> str:
    """The page of a meeting, without the frame."""
    values = {"Committee": one.committee, one.label: one.when, "Status": one.status, "Venue": "2 Town Hall Square"}
    said = "".join(SUMMARIES[summary].format(label=k, value=escape(v)) for k, v in values.items() if k != "Status" or v)
    agenda = "".join(_point(point, items) for point in one.points)
    own = f"<h3>Minutes</h3>{_papers(one.minutes)}" if one.minutes else ""
    return (
        f"<div><h1>Meeting Details</h1>{said}<ul><li>Documents</li><li>Attendance</li></ul><h2>Documents</h2>"
        f"<h3>Agenda</h3>{_papers(one.loose)}<h3>Public Agenda</h3>{agenda}{own}</div>"
    )


def _point(point: Point, items: str) -> str:
    number = f"<span>{point.number}</span> " if items == "spans" and point.number else point.number
    text = f"<p>{escape(point.text)}</p><p>&nbsp;</p>"
    return ITEMS[items].format(number=number, title=escape(point.title), text=text, papers=_papers(point.papers))


def _papers(papers: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<li><img alt="pdf"><a href="/luton/Document.ashx?czJK{name}%3d=a&amp;b%2fc=d">{escape(title)}</a>'
        f" <span>(12Kb)</span></li>"
        for title, name in papers
    )
    return f"<ol>{rows}</ol>" if rows else ""
