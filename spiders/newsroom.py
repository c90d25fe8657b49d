"""Councils' newsrooms by their feeds; one target is a council, its address the feed's.

As known in November 2026: 52 councils have a feed (Jadu, Drupal, WordPress, Contensis, hosted newsrooms), of which 47
were last seen in 2020. So a feed is held to be one only where its root is a feed's and it has entries, and one whose
newest entry is months old is an alarm. Where a feed fails nothing else is asked: several hosts let feeds through and
challenge every page, and a newsroom's page read in its place would look like news.
"""

from __future__ import annotations

from scrapy.http import Response

from monitor.model import Target
from spiders.answers import refuse_status_and_title
from spiders.errors import where
from spiders.feeds import is_feed, parse_feed
from spiders.window import Window, WindowSpider


class NewsroomSpider(WindowSpider):
    """Articles of councils' newsrooms that may be about an inspection."""

    name = "newsroom"

    def window(self, target: Target, response: Response) -> Window:  # noqa: ARG002 - every target is a feed
        """The feed in an answer."""
        return feed_window(response)


def feed_window(response: Response) -> Window:
    """The feed in an answer, which may be a challenge page or the site's "not found" with status 200."""
    if not is_feed(response.body):
        refuse_status_and_title(response)
    feed = parse_feed(response.body, where(response.url))
    return Window(feed.entries, feed.digest, feed.note)
