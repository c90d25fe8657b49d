"""Recognises CMIS's own addresses: of a meeting, of a document. Pure."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urlsplit, urlunsplit

from spiders.http.addresses import joined

MEETING = re.compile(
    r"(?P<page>[^?#]*)/tabid/(?P<tab>\d+)/ctl/[^/]+/mid/(?P<module>\d+)/Meeting/(?P<key>\d+)/Committee/\d+(?:/|$)", re.I
)
"""The path of a meeting's page. It holds the tab and the module that every address of the calendar needs."""
DOCUMENT = re.compile(r"Document\.ashx\?.", re.I)


def on_site(page: str, href: str) -> str:
    """Return where a link on `page` leads, on the host that was asked; "" if the link is no address.

    Sites write some links with `http://` or with the vendor's host, and these may not be asked.
    """
    base, address = urlsplit(page), joined(page, href.strip())
    if not address:
        return ""
    to = urlsplit(address)
    return urlunsplit((base.scheme, base.netloc, to.path, to.query, ""))


def document_key(meeting: str, address: str) -> str:
    """Return the key of a document: its meeting and a digest of its address.

    The address is long and opaque, and stays the same for months. Titles do not tell documents apart: a meeting may
    have two with the same title and size. Host, folder and the case of `%2f` may differ between two links to one
    document and do not count. The meeting counts, because a paper may stand on two agendas.
    """
    query = unquote(urlsplit(address).query)
    return f"{meeting}-{hashlib.sha256(query.encode()).hexdigest()[:16]}"
