"""The few pages of a CMIS that a crawl walks through, for the proxy: the replica plays none."""

from __future__ import annotations

import re

LETTER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HTML = {"Content-Type": "text/html; charset=utf-8"}
CALENDAR = '<div id="dnn$ctr397$MeetingCalendarPublic"><a href="/cmis/x/tabid/70/Default.aspx">x</a></div>'
WAY = "/cmis/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting"
MEETING = (
    "<h1>Meeting</h1><dl><dt>Committee:</dt><dd>Children's Services</dd><dt>Date:</dt><dd>{day} May 2024</dd>"
    "<dt>Status:</dt><dd>Confirmed</dd></dl><ul>"
    '<li><a href="/cmis/Document.ashx?id=a{day}">Ofsted inspection of children\'s services</a> (119 KB)</li>'
    '<li><a href="/cmis/Document.ashx?id=b{day}">Printed Minutes</a> (95 KB)</li></ul>'
)


def answer(path: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an address below /cmis."""
    if "Document.ashx" in path:
        return 200, {"Content-Type": "application/pdf"}, LETTER
    if found := re.search(r"/Meeting/(\d+)/", path):
        return _page(MEETING.format(day=found[1]))
    if "MeetingCalendarPublicNoJava" in path:
        links = (f'<td><a href="{WAY}/{day}/Committee/9/Default.aspx">Children</a></td>' for day in (11, 12, 13))
        return _page(f'<table class="MeetingCalendar"><tr>{"".join(links)}</tr></table>')
    if path.endswith("Meetings.aspx"):
        return _page(CALENDAR)
    return 404, HTML, b"<h1>Page not found</h1>"


def _page(body: str) -> tuple[int, dict[str, str], bytes]:
    return 200, HTML, f"<html><head><title>Council</title></head><body>{body}</body></html>".encode()
