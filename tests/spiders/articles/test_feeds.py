"""Feeds from bytes: what they list, and what is no feed."""

# ruff: noqa: RUF001 - typographic quotes are what it is about

from __future__ import annotations

import pytest

from spiders.articles.feed_text import is_feed
from spiders.articles.feeds import ListingPage, parse_feed
from spiders.http.errors import PageError

ITEM = (
    "<item><title>Ofsted visits</title><link>https://www.devon.gov.uk/news/ofsted-visits/?utm_source=rss</link>"
    "<pubDate>Thu, 25 May 2023 07:39:00 +0100</pubDate><description>Inspectors came.</description></item>"
)


def rss(*items: str, title: str = "News", head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title>{''.join(items)}</channel></rss>"
    ).encode()


def read(body: bytes) -> ListingPage:
    return parse_feed(body, "/feed")


def with_content(*paragraphs: str, summary: str = "Inspectors came. […]") -> bytes:
    html = "".join(f"<p>{p}</p>" for p in paragraphs)
    return rss(
        f"<item><title>Ofsted visits</title><link>https://a.gov.uk/x</link><description>{summary}</description>"
        f"<content:encoded><![CDATA[{html}]]></content:encoded></item>"
    )


def test_an_entry_is_read_with_its_zone_and_without_tracking() -> None:
    [entry] = read(rss(ITEM)).entries
    assert entry.url == "https://www.devon.gov.uk/news/ofsted-visits/"
    assert (entry.title, entry.summary, entry.body) == ("Ofsted visits", "Inspectors came.", ())
    assert (entry.published, entry.dated) == ("2023-05-25T07:39:00+01:00", "Thu, 25 May 2023 07:39:00 +0100")


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert is_feed(b"\xef\xbb\xbf" + rss(ITEM))
    assert len(read(b"\xef\xbb\xbf" + rss(ITEM)).entries) == 1


def test_entities_that_were_encoded_twice_are_decoded_twice() -> None:
    [entry] = read(rss(ITEM.replace("Ofsted visits", "Devon&amp;#39;s children &amp;amp; families"))).entries
    assert entry.title == "Devon's children & families"


def test_atom_is_read_and_its_update_is_not_its_publication() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><id>1</id><title>Ofsted</title>'
        '<link href="https://a.gov.uk/1"/><updated>2024-05-02T09:30:00Z</updated></entry></feed>'
    )
    [entry] = read(body.encode()).entries
    assert (entry.published, entry.updated) == (None, "2024-05-02T09:30:00+00:00")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Thu, 25 May 2023 07:39:00 GMT", "2023-05-25T07:39:00+00:00"),
        ("Thu, 25 May 2023 07:39:00 BST", "2023-05-25T07:39:00+01:00"),
        ("2023-05-25T07:39:00", "2023-05-25T07:39:00+01:00"),
        ("2023-05-25", "2023-05-25"),
    ],
)
def test_a_time_without_a_known_zone_is_englands(given: str, expected: str) -> None:
    [entry] = read(rss(ITEM.replace("Thu, 25 May 2023 07:39:00 +0100", given))).entries
    assert entry.published == expected


def test_content_is_the_article_only_if_it_is_whole() -> None:
    whole = read(with_content("“Practice is good,” they write.", "The council agreed.")).entries[0]
    assert whole.body == ("“Practice is good,” they write.", "The council agreed.")
    for cut in ("Inspectors came and […]", "Inspectors came…", "Inspectors came. Continue reading Ofsted visits"):
        assert read(with_content("Ofsted came to Devon.", cut)).entries[0].body == ()
    assert read(with_content("Inspectors came.", summary="Inspectors came.")).entries[0].body == ()


def test_what_wordpress_adds_to_an_article_is_taken_off() -> None:
    added = 'The post <a href="x">Ofsted visits</a> appeared first on <a href="y">Devon News</a>.'
    assert read(with_content("One.", "Two.", "Share on X", added)).entries[0].body == ("One.", "Two.")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "/feed is empty"),
        (b"  \n", "/feed is empty"),
        (b"<!DOCTYPE html><html><body>Page</body></html>", "is not a feed"),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', "is not a feed"),
        (bytes(range(256)), "is not a feed"),
        (rss(ITEM * 30_000), "is larger than"),
        (b"<??>" * 20_000 + b"<html>", "is not a feed"),
        (rss(), "a feed without entries"),
        (rss(ITEM, title="Comments on: Ofsted visits"), "the comments on an article"),
    ],
)
def test_what_is_no_newsrooms_feed_is_invalid(body: bytes, reason: str) -> None:
    with pytest.raises(PageError, match=reason) as failed:
        read(body)
    assert failed.value.outcome == "invalid"


@pytest.mark.parametrize("declared", ["", '<?xml version="1.0"?>', '<?xml version="1.0"?>\n<!-- made by a CMS -->\n'])
def test_a_document_type_with_entities_of_its_own_is_left_out(declared: str) -> None:
    feed = read(rss(ITEM.replace("visits<", "visits &a;<"), head=declared + '<!DOCTYPE rss [<!ENTITY a "b">]>'))
    assert feed.entries[0].title == "Ofsted visits &a;"
    assert "characters before the feed were left out" in (feed.note or "")


def test_windows_1252_that_says_so_is_read() -> None:
    body = rss(ITEM.replace("Ofsted", "‘Ofsted’"), head='<?xml version="1.0" encoding="windows-1252"?>')
    assert read(body.decode().encode("cp1252")).entries[0].title == "‘Ofsted’ visits"


def test_a_feed_that_is_not_well_formed_is_read_and_said() -> None:
    feed = read(rss(ITEM.replace("Inspectors came.", "Inspectors & others <b>came")))
    assert len(feed.entries) == 1
    assert "not well-formed" in (feed.note or "")


def test_the_digest_knows_titles_and_not_order_nor_teasers() -> None:
    other = ITEM.replace("ofsted-visits", "other").replace("visits<", "came<")
    one, two = read(rss(ITEM, other)), read(rss(other, ITEM.replace("Inspectors came.", "3 comments")))
    assert one.digest == two.digest != read(rss(ITEM.replace("visits<", "left<"), other)).digest
