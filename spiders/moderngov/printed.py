"""The printed minutes and decisions that a ModernGov meeting's page links to.

Some councils publish minutes as a PDF only: GetMeeting says that they are published and holds none, and only
`ieListDocuments.aspx` links to `documents/g{meeting}/Printed minutes ….pdf?T=1` (decisions: "Printed decisions", T=2;
T=0 is the agenda's first page, T=10 the pack of reports). Known from other people's scrapers; not captured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from spiders.committees.memory import DECISIONS, MINUTES
from spiders.http.addresses import base_of, joined
from spiders.http.paragraphs import parsed

NAMES = {MINUTES: re.compile(r"\bprinted\s+(draft\s+)?minutes\b", re.I),
         DECISIONS: re.compile(r"\bprinted\s+(draft\s+)?decisions?\b", re.I)}  # fmt: skip
NUMBERS = {MINUTES: "1", DECISIONS: "2"}


def printed(html: str, page: str, meeting: str) -> dict[str, str]:
    """The absolute addresses of the meeting's own printed minutes and decisions, by MINUTES and DECISIONS. `page` is
    the page's address. Papers of items, and links to other meetings, are none of them."""
    found: dict[str, str] = {}
    root = parsed(html)
    base = base_of(root, page)
    for href, words in _links(root):
        address = urlsplit(joined(base, href))
        kind = _kind(unquote(address.path), address.query, words) if _is_of(meeting, address.path) else None
        if kind:
            whole = address._replace(path=quote(unquote(address.path)), fragment="")
            found.setdefault(kind, whole.geturl())
    return found


def _links(root: Any) -> Iterator[tuple[str, str]]:
    for link in root.iter("a") if root is not None else ():
        if href := (link.get("href") or "").strip():
            words = " ".join(("".join(link.itertext()), unescape(link.get("title") or "")))
            yield href, " ".join(words.split())


def _is_of(meeting: str, path: str) -> bool:
    return re.search(rf"/documents/g{re.escape(meeting)}/", path, re.I) is not None


def _kind(path: str, query: str, words: str) -> str | None:
    """By the name, and only where there is none by the number: T says how to print, and may be absent."""
    named = path.rpartition("/")[2] + " " + words
    number = next((value for name, value in parse_qsl(query) if name.lower() == "t"), "")
    by_name = (kind for kind, name in NAMES.items() if name.search(named))
    by_number = (kind for kind, known in NUMBERS.items() if known == number)
    return next(by_name, None) or next(by_number, None)
