"""Trade and local press: a site is a feed, or with `options.listing` a page that lists articles.

Only the sites of the configuration are asked, and only their own hosts: copies of other papers' articles are many.
A listing gives addresses and titles; what an article is about and of which day it is only its own page says, so every
article of the listing is opened once. A list without a link that looks like an article's is not empty but changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from monitor.model import Target
from spiders.articles.addresses import canonical, is_article, tidy
from spiders.articles.feeds import Entry
from spiders.articles.spider import ListingPage, ListingSpider, feed_window
from spiders.http.addresses import joined
from spiders.http.answers import page_text
from spiders.http.errors import PageError, where
from spiders.http.paragraphs import paragraphs, parsed

MOST = 30
"""Links of one listing that are followed."""


class PressSpider(ListingSpider):
    """Articles of the press that may be about an inspection; a target's name is the site's."""

    name = "press"

    def window(self, target: Target, response: Response) -> ListingPage:
        """The feed or the listing in an answer."""
        if not target.options.get("listing"):
            return feed_window(response)
        html = page_text(response)
        # Addresses count from the one in the configuration, wherever the host redirects to.
        return listing_window(html, target.url or response.url, target.options.get("below"))


def listing_window(html: str, url: str, below: str | None = None) -> ListingPage:
    """The articles that a page lists, in its order. `below`: the address that they lie under, if not the page's."""
    entries = tuple({canonical(e.url): e for e in _links(parsed(html), url, below or url)}.values())[:MOST]
    if not entries:
        raise PageError("invalid", f"{where(url)} has no link that looks like an article's")
    names = "\n".join(sorted(f"{canonical(e.url)}\t{e.title}" for e in entries))
    return ListingPage(entries, hashlib.sha256(names.encode()).hexdigest()[:16], opens_all=True)


def _links(root: Any, url: str, below: str) -> Iterator[Entry]:
    for link in root.iter("a") if root is not None else ():
        address = tidy(joined(url, link.get("href") or ""))
        if is_article(address, joined(url, below)):
            yield Entry(address, " ".join(paragraphs(link)))
