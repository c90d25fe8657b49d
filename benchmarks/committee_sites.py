"""Made-up committee sites: ModernGov's feed and service, and the pages of a CMIS that a crawl walks through."""

from __future__ import annotations

from benchmarks import cmis_pages
from benchmarks.sites import Answers, Reply


class Committees(Answers):
    """What they answer."""

    def reply(self) -> Reply:
        """A page of a CMIS, or of a ModernGov."""
        html = cmis_pages.page(self.path)
        body = html.encode() if html else PAGES.get(self.path.partition("?")[0], b"")
        kind = "text/html" if html else "text/xml" if body == FEED else "text/plain"
        return 200 if body else 404, kind, body, {}


def _feed() -> bytes:
    entry = (
        "<item><title>Agenda published: Meeting of Monday, {n}th October, 2026 6.30 pm, Children&amp;#39;s Scrutiny"
        "</title><link>http://localhost/ieListDocuments.aspx?CId=4&amp;MId={n}</link>"
        "<description>Agenda published</description><pubDate>Fri, 02 Oct 2026 00:00:00 GMT</pubDate></item>"
    )
    rows = "\n".join(entry.format(n=n) for n in range(10, 25))
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>New</title>{rows}</channel></rss>'
    )
    return b"\xef\xbb\xbf" + text.encode()


FEED = _feed()
MEETING = b"<meeting><meetingid>7</meetingid><meetingdate>17/11/2026</meetingdate></meeting>"
COMMITTEE = b"<committee><committeeid>4</committeeid>" + MEETING + b"</committee>"
PAGES = {
    "/robots.txt": b"User-agent: *\nDisallow: /private\n",
    "/mgRss.aspx": FEED,
    "/mgWebService.asmx/GetCommittees": b"<getcommittees>" + COMMITTEE + b"</getcommittees>",
    "/mgWebService.asmx/GetMeetings": b"<getmeetings>" + COMMITTEE + b"</getmeetings>",
    "/mgWebService.asmx/GetMeeting": MEETING,
}
