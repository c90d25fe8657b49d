"""Pages and feeds that were cut on the way: what stands at the end of a whole one. Pure.

A proxy that loses its line may keep the half that it has, measure it anew and serve it with a length that fits. Half a
timeline then looks like one with fewer reports. HTML allows to leave `</html>` out, and some sites do. So a page
without it is refused only where the site's other pages have had it, and where it breaks off inside something that HTML
wants to be closed.
"""

from __future__ import annotations

import re
from collections import Counter

from scrapy.http import Response

from spiders.counts import counted
from spiders.http.errors import UNMEASURED, PageError, where

OPENING = re.compile(rb"<(html|body|head|rss|feed|rdf:rdf)\b", re.I)
ENDS = (b"</html", b"</body", b"</rss", b"</feed", b"</rdf:rdf", b"</rdf")
"""What stands near the end of a page or feed."""
END_BYTES = 1024
PAGE = re.compile(rb"<(!doctype\s+html|html|body|head)\b", re.I)
END = re.compile(rb"</html\s*>", re.I)
MARK = re.compile(
    rb"<!--|-->|<(/?)(main|div|section|article|aside|nav|header|footer|form|ul|ol|dl|table|a|span|h[1-6]|title|script|style"
    rb"|template)(?=[\s/>])",
    re.I,
)
"""Comments, and elements whose end tag must not be left out (HTML 13.1.2.4)."""
RAW = (b"script", b"style", b"template")
"""Elements in which tags are text."""
IN_A_TAG = re.compile(rb"<[a-z/!][^<>]*\Z", re.I)


def ends_whole(response: Response) -> bool:
    """Whether an answer is a page that ends with its end tag. Comments and scripts may follow it."""
    body: bytes = response.body
    return response.status == 200 and bool(PAGE.search(body[:END_BYTES]) and END.search(body))


def refuse_cut(response: Response, *, end_is_known: bool = False) -> None:
    """Raise PageError for a page or feed without its end, if it did not say how long it is, or if the site's pages are
    known to have their end (`end_is_known`). Documents of other kinds cannot be read at all without their end."""
    body: bytes = response.body
    if response.status != 200 or not OPENING.search(body[:END_BYTES]):
        return
    if UNMEASURED in response.flags and not any(mark in body[-END_BYTES:].lower() for mark in ENDS):
        raise PageError("error", f"{where(response.url)} came without its length, and its end is missing")
    if end_is_known and not END.search(body) and _is_open(body):
        why = "it breaks off, and the site's pages end with </html>"
        raise PageError("error", f"{where(response.url)} was cut after {counted(len(body), 'byte')}: {why}")


def _is_open(body: bytes) -> bool:
    """Whether a page ends inside something that has to be closed. Passes over it once, whatever it holds."""
    open_: Counter[bytes] = Counter()
    until = b""
    for mark in MARK.finditer(body):
        end, name = mark[1] == b"/", (mark[2] or mark[0]).lower()
        if until:
            until = b"" if name == until and (end or name == b"-->") else until
        elif name == b"<!--" or (name in RAW and not end):
            until = b"-->" if name == b"<!--" else name
        else:
            open_[name] += -1 if end else 1
    open_[b"-->"] = 0
    return bool(until) or IN_A_TAG.search(body) is not None or any(count > 0 for count in open_.values())
