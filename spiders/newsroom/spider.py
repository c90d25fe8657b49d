"""Councils' newsrooms by their feeds; one target is a council, its address the feed's.

As known in November 2026: 52 councils have a feed (Jadu, Drupal, WordPress, Contensis, hosted newsrooms), of which 47
were last seen in 2020. So a feed is held to be one only where its root is a feed's and it has entries, and one whose
newest entry is months old is an alarm. Where a feed fails nothing else is asked: several hosts let feeds through and
challenge every page, and a newsroom's page read in its place would look like news.
"""

from __future__ import annotations

from scrapy.http import Response

from monitor.model import Target
from spiders.articles.feeds import ListingPage
from spiders.articles.spider import ListingSpider, feed_window


class NewsroomSpider(ListingSpider):
    """Articles of councils' newsrooms that may be about an inspection."""

    name = "newsroom"

    def window(self, target: Target, response: Response) -> ListingPage:  # noqa: ARG002 - every target is a feed
        """The feed in an answer."""
        return feed_window(response)
