"""Press: a site's feed, or a page that lists its articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.model import Target
from spiders.http.errors import PageError
from spiders.press.spider import listing_window
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.windows import Room, again, article, job_of

BODY = ("Ofsted has inspected children's services in Dudley and praised them.", "The pace of change was “swift”.")


@pytest.fixture
def look(room: Room, tmp_path: Path) -> Callable[..., Crawled]:
    def _look(target: Target, today: str = "2024-05-15") -> Crawled:
        return crawl(job_of("press", room.url, target, today=today), tmp_path)

    return _look


def paper(room: Room) -> Target:
    return Target("Paper", "Paper", room.url + "/news/", options={"listing": True})


def lists(room: Room, *names: str) -> None:
    links = "".join(f'<li><a href="/news/2024/05/13/{name}/?utm_source=home">{name}</a></li>' for name in names)
    nav = '<a href="/about">About</a><a href="/news/category/social-work-news">Social work</a>'
    room.says("/news/", f"<html><head><title>News</title></head><body>{nav}<ul>{links}</ul></body></html>")
    for name in names:
        room.says(f"/news/2024/05/13/{name}/", article(f"Title of {name}", *BODY))


def test_every_article_of_a_listing_is_opened_once(room: Room, look: Callable[..., Crawled]) -> None:
    lists(room, "dudley", "pay")
    room.says("/news/2024/05/13/pay/", article("Pay", "What the new offer means for everybody in the sector."))
    seen = look(paper(room))
    [record] = seen.records("Paper")
    assert (record.title, record.published) == ("dudley", "2024-05-13")
    assert record.text == "\n".join(("dudley", *BODY))
    assert room.paths() == ["/news/", "/news/2024/05/13/dudley/", "/news/2024/05/13/pay/"]
    assert look(again(paper(room), seen)).poll("Paper").outcome == "unchanged"
    lists(room, "third", "dudley", "pay")
    room.paths()
    later = look(again(paper(room), seen))
    assert [r.title for r in later.records("Paper")] == ["third"]
    assert room.paths() == ["/news/", "/news/2024/05/13/third/"]


def test_a_listed_article_that_fails_is_owed(room: Room, look: Callable[..., Crawled]) -> None:
    lists(room, "dudley")
    room.says("/news/2024/05/13/dudley/", "busy", status=500)
    seen = look(paper(room))
    assert (seen.poll("Paper").outcome, seen.records("Paper")) == ("ok", [])
    lists(room, "dudley")
    assert len(look(again(paper(room), seen)).records("Paper")) == 1


def test_a_listing_without_articles_was_rebuilt(room: Room, look: Callable[..., Crawled]) -> None:
    lists(room)
    poll = look(paper(room)).poll("Paper")
    said = '/news/ has no link that looks like an article\'s; it begins "AboutSocial work"'
    assert (poll.outcome, poll.detail) == ("invalid", said)


def test_no_more_than_thirty_links_are_followed() -> None:
    links = "".join(f'<a href="/n/2024/05/13/a{n}">A {n}</a>' for n in range(40))
    window = listing_window(f"<html><body>{links}</body></html>", "https://a.uk/n/")
    assert (len(window.entries), window.entries[0].title) == (30, "A 0")


def test_articles_that_lie_elsewhere_on_the_host_can_be_named() -> None:
    page = '<html><body><a href="/improvement-programme-embedding">A</a></body></html>'
    with pytest.raises(PageError):
        listing_window(page, "https://a.uk/news/")
    assert len(listing_window(page, "https://a.uk/news/", "/").entries) == 1
