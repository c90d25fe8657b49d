"""Made-up committee sites for the measurement: ModernGov's feed and service, and the pages of a CMIS that a crawl walks
through, all on one port of this machine, each site at an address of its own."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks import cmis_pages


class Sites(ThreadingHTTPServer):
    """All sites on one port; the address that was asked tells them apart."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        """How often each address was asked for, with its host."""
        super().__init__(("", 0), Answers)


class Answers(BaseHTTPRequestHandler):
    """Sites that never change."""

    protocol_version = "HTTP/1.1"
    server: Sites

    def do_GET(self) -> None:
        self.server.asked[f"http://{self.headers['Host']}{self.path}"] += 1
        html = cmis_pages.page(self.path)
        body = html.encode() if html else PAGES.get(self.path.partition("?")[0], b"")
        status, kind = 200 if body else 404, "text/html" if html else "text/xml" if body == FEED else "text/plain"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: what was asked is counted."""


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


@contextmanager
def sites() -> Iterator[Sites]:
    """The sites, served by a thread until the block ends."""
    with Sites() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
