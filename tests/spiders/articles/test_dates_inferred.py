"""No date that is worked out from a page makes an article of today old, and what a feed or a page states does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.coverage import Coverage
from monitor.coverage.pages import Page
from monitor.events import weight
from monitor.model import KINDS, Kind, Record, to_json
from monitor.model.codec import record_from_json
from monitor.model.crawl import Dated
from monitor.model.state import RecordChange, Stored
from spiders.articles.article import read_article
from spiders.articles.feeds import Entry
from spiders.articles.look import came_out
from tests.making import NOON
from tests.spiders.articles.test_article import URL, page, prose

OLD = KINDS[Kind.ARTICLE].old_after
assert OLD is not None
TODAY = NOON.date().isoformat()
FEET = {
    "words": "<footer><p>Privacy policy, last updated 10 March 2005</p></footer>",
    "a line": "<footer><p>Published: 10 March 2005</p></footer>",
    "a time": '<footer>Policy of <time datetime="2005-03-10">10 March 2005</time></footer>',
    "a time beside": '<aside>Before: <time datetime="2005-03-10T08:00:00Z">March 2005</time></aside>',
    "a time of another article": '<article><h2>Older</h2><time datetime="2005-03-10">March 2005</time></article>',
    "copyright": "<footer>&copy; 2005 Devon County Council. Last modified: 10/03/2005</footer>",
}
JSON_LD = '<script type="application/ld+json">{"datePublished": "2005-03-10"}</script>'
META = '<meta property="article:published_time" content="2005-03-10T09:00:00+00:00">'
IN_ARTICLE = '<time datetime="2005-03-10">10 March 2005</time>'


def dated(html: str, url: str = URL, **entry: str) -> tuple[str | None, Dated | None]:
    return came_out(Entry(url, "Ofsted report", **entry), read_article(html, url).dates)


def is_old(published: str | None, by: Dated | None) -> bool:
    record = Record("newsroom", "80461", Kind.ARTICLE, "1", URL, "Ofsted", published, dated_by=by)
    crossed = record_from_json(to_json(record))
    step = RecordChange("published", None, Stored(crossed, "listed", NOON.isoformat()))
    return weight.is_old(Page(step, Coverage(True, "")), NOON.isoformat())


@pytest.mark.parametrize("foot", FEET.values(), ids=FEET)
def test_a_date_in_the_foot_makes_nothing_old(foot: str) -> None:
    html = page(prose(), tail=foot)
    assert not is_old(*dated(html))
    assert dated(html, updated=TODAY) == (TODAY, "feed")


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (page(prose(), JSON_LD), URL),
        (page(prose(), META), URL),
        (page(IN_ARTICLE + prose()), URL),
        (page(prose()), "https://example.org/2005/03/10/must-try-harder/"),
    ],
    ids=["JSON-LD", "meta", "time in the article", "address"],
)
def test_what_a_page_states_of_itself_makes_it_old_where_the_feed_says_nothing(html: str, url: str) -> None:
    published, by = dated(html, url)
    assert ((published or "")[:10], by) == ("2005-03-10", "page")
    assert is_old(published, by)


def test_what_a_feed_states_counts_first() -> None:
    html = page(prose(), JSON_LD)
    assert dated(html, published=TODAY) == (TODAY, "feed")
    assert dated(html, updated=TODAY) == ("2005-03-10", "page")
    assert dated(page(IN_ARTICLE + prose()), updated=TODAY) == (TODAY, "feed")
    assert is_old(*dated(page(prose()), published="2005-03-10"))


@pytest.mark.parametrize(("by", "old"), [("feed", True), ("page", True), (None, True), ("inferred", False)])
def test_only_a_stated_date_makes_something_old(by: Dated | None, old: bool) -> None:
    assert is_old((NOON - OLD - timedelta(days=1)).date().isoformat(), by) == old
    assert not is_old((NOON - OLD).date().isoformat(), by)
    assert not is_old(None, by)
