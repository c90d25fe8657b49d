"""A small CMIS for tests, made after a description of real ones: no page of a real site was at hand.

Its `__VIEWSTATE` and the ids of its documents are others with every answer, and its classes lie.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
Answer = Callable[[Request], Response]


@dataclass
class Sitting:
    """A meeting; `files` are (title, size). `day` is written as the site writes it."""

    committee: str
    month: str
    day: str
    files: list[tuple[str, str]] = field(default_factory=list)
    status: str = "Confirmed"


def sittings() -> dict[str, Sitting]:
    """A committee held with minutes, one to come, one on something else."""
    return {
        "21": Sitting("Children's Services & Education", "2026-02-01", "10 Feb 2026", [
            ("Ofsted Monitoring Visit Letter", "119 KB"), ("Minutes of the Previous Meeting", "80 KB"),
            ("Printed Minutes", "95 KB"),
        ]),
        "22": Sitting("Cabinet", "2026-03-01", "Tuesday 17th March 2026 - 10:00", [
            ("Budget", "1.2 MB"), ("Inspection of Children's Services: Outcome", "300 KB"),
        ]),
        "23": Sitting("Planning Committee", "2026-03-01", "18/03/2026", [("Ofsted nursery application", "9 KB")]),
    }  # fmt: skip


@dataclass
class Cmis:
    """The site at `/luton`; `answers` replace what an address (a pattern) gets."""

    server: HTTPServer
    sittings: dict[str, Sitting] = field(default_factory=sittings)
    page: str = "MeetingsCalendar"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _number: int = 0

    def __post_init__(self) -> None:
        self.server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    @property
    def url(self) -> str:
        return self.server.url_for("/luton")

    def _answer(self, request: Request) -> Response:
        self._number += 1
        self.asked.append(request.full_path.rstrip("?"))
        for pattern, answer in self.answers.items():
            if re.search(pattern, request.full_path):
                return answer(request)
        return self._plain(request.path)

    def _plain(self, path: str) -> Response:
        if path == "/robots.txt":
            return Response("", mimetype="text/plain")
        if path == f"/luton/{self.page}.aspx":
            calendar = '<div id="dnn$ctr397$MeetingCalendarPublic">'
            return self._html(calendar + '<a href="/luton/x/tabid/70/Default.aspx">x</a></div>')
        months = rf"/luton/{self.page}/tabid/70/ctl/MeetingCalendarPublicNoJava/mid/397/Date/(.*)/Default.aspx"
        if found := re.fullmatch(months, path):
            return self._html(self._month(found[1]))
        if found := re.search(r"/Meeting/(\d+)/Committee/9/", path):
            return self._html(self._meeting(self.sittings[found[1]]))
        if path.startswith("/luton/Document.ashx"):
            return Response(PDF, mimetype="application/pdf")
        return Response("<h1>Page not found</h1>", 404, mimetype="text/html")

    def _html(self, body: str) -> Response:
        state = f'<input type="hidden" name="__VIEWSTATE" value="{self._number:032x}">'
        page = f"<html><head><title>Council</title></head><body><form>{state}{body}</form></body></html>"
        return Response(page, content_type="text/html; charset=utf-8")

    def _month(self, day: str) -> str:
        way = f"/luton/{self.page}/tabid/70/ctl/ViewMeetingPublic/mid/397"
        links = "".join(
            f'<td><a href="{way}/Meeting/{key}/Committee/9/Default.aspx">10:00 {escape(one.committee)}</a></td>'
            for key, one in self.sittings.items()
            if one.month == day
        )
        return f'<table class="MeetingCalendar"><tr>{links}</tr></table>'

    def _meeting(self, one: Sitting) -> str:
        rows = {"Committee": one.committee, "Date": one.day, "Status": one.status, "Venue": "Town Hall"}
        said = "".join(
            f'<dt class="Label">{k}:</dt>\n<dd class="Value Venue">{escape(v)}</dd>' for k, v in rows.items()
        )
        files = "".join(
            f'<li class="DocumentListItem"><a class="TitleLink" href="/luton/Document.ashx?id=czJ{self._number}{n}%3d">'
            f"{escape(title)}</a> <span>({size})</span></li>"
            for n, (title, size) in enumerate(one.files)
        )
        return f"<h1>Meeting</h1><dl>{said}</dl><h2>Documents</h2><ul>{files}</ul>"
