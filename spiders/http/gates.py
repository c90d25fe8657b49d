"""What a site shows in place of the page that was asked for, with status 200: a login, a cookie wall, a waiting room,
or its home page. Pure.

Each is known by its own words, and only where there is little else to read: ordinary pages have a login in their head,
a note about cookies, and write of waiting lists.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scrapy.http import Response

from spiders.http.addresses import host_of
from spiders.http.html_words import headings, main_markup, own_words

MAX_CHARACTERS = 600
"""Characters of a main part that is nothing but a gate."""
TRIGGERS = (b"password", b"log in", b"login", b"sign in", b"sign-in", b"signin", b"cookie", b"queue", b"wait")
"""One of these stands in every gate. They are looked for first, because most pages have none."""
PASSWORD = re.compile(r"<input\b[^<>]*\btype\s*=\s*[\"']?password\b", re.I)
LOGIN = re.compile(
    r"(please )?(log ?in|sign[ -]?in)( required| to (your|continue|an?|the|my)\b.{0,40})?"
    r"|(staff|user|member) (log|sign)[ -]?in",
    re.I,
)
PARTS = re.compile(r"\s+[|:\u2013\u2014\u00b7\u00bb-]\s+")
COOKIES = re.compile(
    r"\bcookies\b.{0,80}\b(before|to|in order to) (you can )?(continue|proceed|go on|enter|use|access|view)\b.{0,30}"
    r"\b(web ?site|site|page)\b"
    r"|\bto (continue|proceed|go on|enter|use|access|view)\b.{0,40}\b(web ?site|site|page)\b.{0,60}\bcookies\b",
    re.I,
)
QUEUE = re.compile(
    r"\byou are (now |currently )?in (a|an|the|our) ((online|virtual) )?(queue|waiting room)\b"
    r"|\b(virtual|online) waiting room\b|\bestimated wait(ing)?( time)?\b"
    r"|\byou will be (redirected|let in) when it is your turn\b",
    re.I,
)
FRONT = re.compile(r"/?(home|index|default)?(\.(html?|aspx?|php))?/?", re.I)
"""The path of a home page."""


def gate(response: Response) -> str | None:
    """The words by which an answer is a login, a cookie wall or a waiting room; None for any other answer."""
    body: bytes = response.body
    lower = body.lower()
    if not any(trigger in lower for trigger in TRIGGERS):
        return None
    words = own_words(body)
    if len(words) > MAX_CHARACTERS:
        return None
    asks = PASSWORD.search(main_markup(body)) is not None
    said = next((title for title in headings(body) if any(map(LOGIN.fullmatch, PARTS.split(title)))), None)
    found = COOKIES.search(words) or QUEUE.search(words)
    return said or ("it asks for a password" if asks else found.group() if found else None)


def led_home(response: Response) -> bool:
    """Whether a site answered the question for one of its pages by leading to its home page. That of another host may
    be the page itself, which has moved there: a newsroom that got a name of its own."""
    led: list[str] = response.request.meta.get("redirect_urls") or [] if response.request else []
    same = bool(led) and host_of(led[0]) == host_of(response.url)
    return same and _is_front(response.url) and not _is_front(led[0])


def _is_front(url: str) -> bool:
    return FRONT.fullmatch(urlsplit(url).path) is not None
