"""Trade and local press: a site is a feed, or with `options.listing` a page that lists articles.

Only the sites of the configuration are asked, and only their own hosts: copies of other papers' articles are many.
A listing gives addresses and titles; what an article is about and of which day it is only its own page says, so every
article of the listing is opened once. A list without a link that looks like an article's is not empty but changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from scrapy.http import Response

from monitor.model import Target
from monitor.model.remarks import LINKS_FOLLOWED
from spiders.articles.addresses import canonical, is_article, tidy
from spiders.articles.feeds import Entry, ListingPage
from spiders.articles.spider import ListingSpider, feed_window
from spiders.http.addresses import base_of, joined
from spiders.http.answers import html_of
from spiders.http.errors import PageError, beginning, where
from spiders.http.paragraphs import paragraphs, parsed
from spiders.remarks import one_line

MAX_LINKS = 30
"""Links of one listing that are followed."""
MAX_SEEN = 3_000
"""Links of one page that are looked at, menus with it."""


NO_TITLE = re.compile(
    r"(((read|find out|see|view|learn) )?(more|(the )?full story)|\d+ comments?|\W*)(\W+.{0,3})?", re.I
)
"""What a link is called that leads to an article and does not name it."""


class PressSpider(ListingSpider):
    """Articles of the press that may be about an inspection; a target's name is the site's."""

    name = "press"

    def window(self, target: Target, response: Response) -> ListingPage:
        """The feed or the listing in an answer."""
        if not target.options.get("listing"):
            return feed_window(response)
        page = html_of(response)
        window = listing_window(page.text, response.url, target.options.get("below"), target.url)
        return replace(window, note=one_line((page.remark, window.note)))


def listing_window(html: str, url: str, below: str | None = None, listing: str | None = None) -> ListingPage:
    """The articles that a page lists, in its order. `below`: the address that they lie under, if not the page's;
    `listing`: the page's address in the configuration, if the host redirected from there."""
    root = parsed(html)
    base, listing = base_of(root, url), listing or url
    links: dict[str, Entry] = {}
    for entry in _links(root, base, joined(listing, below) if below else listing):
        links.setdefault(canonical(entry.url), entry)
        if len(entry.title) > len(links[canonical(entry.url)].title):
            links[canonical(entry.url)] = entry
    found = [entry for name, entry in links.items() if "#" not in name or name.partition("#")[0] not in links]
    if not found:
        said = beginning("\n".join(paragraphs(root)))
        raise PageError("invalid", f"{where(url)} has no link that looks like an article's; {said}")
    entries = tuple(found[:MAX_LINKS])
    names = "\n".join(sorted(f"{canonical(e.url)}\t{e.title}" for e in entries))
    left = LINKS_FOLLOWED.format(len(found), MAX_LINKS) if len(found) > MAX_LINKS else None
    return ListingPage(entries, hashlib.sha256(names.encode()).hexdigest()[:16], left, opens_all=True)


def _links(root: Any, base: str, under: str) -> Iterator[Entry]:
    for link in islice(root.iter("a"), MAX_SEEN) if root is not None else ():
        address = tidy(joined(base, link.get("href") or ""))
        if is_article(address, under):
            yield Entry(address, _title(link))


def _title(link: Any) -> str:
    """What a link is called: by the heading in it where it is a whole card; "" for "Read more", which says nothing."""
    heading = next((h for h in link.iter("h1", "h2", "h3", "h4", "h5", "h6")), link)
    words = " ".join(paragraphs(heading))
    return "" if NO_TITLE.fullmatch(words) else words
