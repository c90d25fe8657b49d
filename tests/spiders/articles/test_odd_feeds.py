"""Feeds as sites really send them: one bad thing costs itself, links lead somewhere, charsets are believed in order."""

# ruff: noqa: RUF001 - typographic quotes are what it is about

from __future__ import annotations

import pytest

from spiders.articles.feed_text import is_feed
from spiders.articles.feeds import ListingPage, parse_feed
from spiders.articles.identity import identified
from spiders.articles.memory import FeedMemory
from spiders.http.errors import PageError

URL = "https://news.a.gov.uk/rss/latest"
HEAD = '<?xml version="1.0" encoding="{}"?>'
GOOD = "<item><title>Ofsted visits</title><link>https://a.gov.uk/n/1</link><guid>https://a.gov.uk/n/1</guid></item>"


def rss(*items: str, link: str = "https://a.gov.uk/", base: str = "") -> str:
    return f'<rss version="2.0"{base}><channel><title>N</title><link>{link}</link>{"".join(items)}</channel></rss>'


def item(title: str = "T", link: str = "", rest: str = "") -> str:
    return f"<item><title>{title}</title>{f'<link>{link}</link>' if link else ''}{rest}</item>"


def read(text: str | bytes, charset: str | None = None) -> ListingPage:
    return parse_feed(text if isinstance(text, bytes) else text.encode(), URL, charset)


ATOM = 'xmlns{}="http://www.w3.org/2005/Atom"'


def atom(link: str, prefix: str = "", base: str = "", entry_base: str = "") -> str:
    name = f"{prefix}:" if prefix else ""
    return (
        f"<{name}feed {ATOM.format(f':{prefix}' if prefix else '')}{base}><{name}title>N</{name}title>"
        f"<{name}entry{entry_base}><{name}id>tag:a.gov.uk,2026:1</{name}id><{name}title>Ofsted</{name}title>"
        f"<{name}link href='{link}'/><{name}updated>2026-11-26T09:00:00Z</{name}updated></{name}entry></{name}feed>"
    )


RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.gov.uk/"><title>N</title>'
    '<link>https://a.gov.uk/</link></channel><item rdf:about="https://a.gov.uk/n/1"><title>Ofsted</title>'
    "<link>/n/1</link><dc:date>2026-11-26</dc:date></item></rdf:RDF>"
)


@pytest.mark.parametrize(
    ("feed", "address"),
    [
        (rss(item(link="/n/1")), "https://a.gov.uk/n/1"),
        (rss(item(link="n/1"), link="https://a.gov.uk/news/"), "https://a.gov.uk/news/n/1"),
        (rss(item(link="//b.gov.uk/n/1")), "https://b.gov.uk/n/1"),
        (rss(item(link="?id=1")), "https://a.gov.uk/?id=1"),
        (rss(item(link="/n/1"), link=""), "https://news.a.gov.uk/n/1"),
        (rss(item(link="1"), link="/news/"), "https://news.a.gov.uk/news/1"),
        (rss(item(link="n/1"), base=' xml:base="https://c.gov.uk/x/"'), "https://c.gov.uk/x/n/1"),
        (rss(item(link=" \n https://a.gov.uk/n/1 \n ")), "https://a.gov.uk/n/1"),
        (rss(item(rest="<guid>https://a.gov.uk/n/1</guid>")), "https://a.gov.uk/n/1"),
        (rss(item(rest='<guid isPermaLink="true">/n/1</guid>')), "https://a.gov.uk/n/1"),
        (atom("/n/1"), "https://news.a.gov.uk/n/1"),
        (atom("1"), "https://news.a.gov.uk/rss/1"),
        (atom("1", base=' xml:base="https://c.gov.uk/x/"'), "https://c.gov.uk/x/1"),
        (atom("1", entry_base=' xml:base="https://c.gov.uk/y/"'), "https://c.gov.uk/y/1"),
        (atom("//b.gov.uk/1", prefix="a"), "https://b.gov.uk/1"),
        (atom("https://a.gov.uk/1", prefix="atom"), "https://a.gov.uk/1"),
        (rss(item(link="/n?id=1&amp;amp;p=2")), "https://a.gov.uk/n?id=1&p=2"),
        (RDF, "https://a.gov.uk/n/1"),
    ],
)
def test_a_link_leads_to_an_address(feed: str, address: str) -> None:
    [entry] = read(feed).entries
    assert (entry.url, entry.linked) == (address, True)


@pytest.mark.parametrize(
    ("rest", "guid"),
    [
        ("<guid>12345</guid>", "12345"),
        ('<guid isPermaLink="false">https://a.gov.uk/?p=7</guid>', "https://a.gov.uk/?p=7"),
        ("<link>mailto:press@a.gov.uk</link><guid isPermaLink='false'>7</guid>", "7"),
    ],
)
def test_an_entry_without_an_address_is_told_by_its_guid(rest: str, guid: str) -> None:
    [entry] = read(rss(item(rest=rest))).entries
    assert (entry.url, entry.guid, entry.linked) == ("https://a.gov.uk/", guid, False)


@pytest.mark.parametrize(
    ("bad", "entries", "note"),
    [
        (item(title="No name at all"), 1, "entries without address and guid that were left out: 1"),
        (item("Caf\ufffd", "https://a.gov.uk/n/2"), 2, "1 character is lost (U+FFFD)"),
        (item(link="https://a.gov.uk/n/2", rest="<pubDate>Thu, 03 Sep 2026 09:15:009999999999</pubDate>"), 2, None),
        (item(link="https://a.gov.uk/n/2", rest="<pubDate>99/99/9999</pubDate>"), 2, None),
        (item(link="https://a.gov.uk/n/2", rest="<pubDate>-9999999999999</pubDate>"), 2, None),
        (item("A\x0b\x00B", "https://a.gov.uk/n/2"), 2, "2 characters that XML does not allow"),
        (item("&#xD83D; &#99999999999; &#x110000;&#1;", "https://a.gov.uk/n/2"), 2, "3 characters that XML does not"),
        (item("Bins & bones", "https://a.gov.uk/n/2"), 2, "is not well-formed XML"),
        (item(link="http://[", rest="<guid>http://[</guid>"), 1, None),
        (item("x" * 100_000, "https://a.gov.uk/n/2"), 2, None),
        (item("&#x1F600;&bogus;", "https://a.gov.uk/n/2"), 2, "is not well-formed XML"),
        ("<item/>", 1, "left out: 1"),
        (item(link="https://a.gov.uk/n/2", rest="<description>" + "&lt;div&gt;" * 3000 + "</description>"), 1,
         "entries that could not be read: 1 (first: its elements are nested deeper"),
    ],
)  # fmt: skip
def test_one_bad_entry_costs_itself_and_is_said(bad: str, entries: int, note: str | None) -> None:
    feed = read(rss(bad, GOOD))
    assert feed.entries[-1].title == "Ofsted visits"
    assert len([e for e in feed.entries if e.linked]) == entries
    assert note is None or note in (feed.note or "")


@pytest.mark.parametrize("query", ["ref={}", "token={}", "share={}", "amp={}", "hash={}", "source={}&amp;utm_source=x"])
def test_parameters_that_alone_tell_entries_apart_are_asked_for_and_kept(query: str) -> None:
    words = ("alpha", "beta")
    found = identified(read(rss(*(item(w, f"/item?{query.format(w)}") for w in words))).entries, FeedMemory()).entries
    asked = [f"https://a.gov.uk/item?{query.partition('&')[0].format(word)}" for word in words]
    assert [(k.entry.url, k.key) for k in found] == [(url, url) for url in asked]


def test_a_character_in_two_halves_is_one() -> None:
    assert (
        read(rss(item("Thanks &#xD83D;&#xDE00;&#55357;&#56832;", "/n/1"))).entries[0].title
        == "Thanks \U0001f600\U0001f600"
    )


def test_of_an_archive_the_newest_are_read() -> None:
    many = [item(f"T{n}", f"/n/{n}", f"<pubDate>{1 + n % 28}/10/2026</pubDate>") for n in range(600)]
    feed = read(rss(*many, item("Ofsted", "/n/new", "<pubDate>26/11/2026</pubDate>")))
    assert (len(feed.entries), feed.entries[0].title) == (500, "Ofsted")
    assert feed.note == "of 601 entries the newest 500 are read"


@pytest.mark.parametrize(
    ("declared", "header", "encoding"),
    [
        ("", "windows-1252", "cp1252"),
        ("", "iso-8859-1", "cp1252"),
        ("iso-8859-1", None, "cp1252"),
        ("utf-8", "windows-1252", "cp1252"),
        ("windows-1252", "utf-8", "utf-8"),
        ("utf8mb4", None, "utf-8"),
        ("none", "latin1", "cp1252"),
        ("utf-8", "x-sbcs", "utf-8"),
        ("utf-8", None, "utf-16"),
        ("utf-16", None, "utf-16"),
        ("utf-8", None, "utf-8-sig"),
        ("utf-8", None, "cp1252"),
        ("us-ascii", "us-ascii", "cp1252"),
    ],
)
def test_a_feeds_charset(declared: str, header: str | None, encoding: str) -> None:
    head = HEAD.format(declared) if declared else '<?xml version="1.0"?>'
    body = (head + rss(item("Ofsted’s visit – 7–18", "/n/1"))).encode(encoding)
    assert is_feed(body, header)
    assert read(body, header).entries[0].title == "Ofsted’s visit – 7–18"


def test_other_scripts_are_read_by_their_label() -> None:
    body = (HEAD.format("x-sjis") + rss(item("日本語", "/n/1"))).encode("cp932")
    assert read(body).entries[0].title == "日本語"


@pytest.mark.parametrize(
    ("before", "junk"),
    [("\n\n  ", None), ("<br />\n<b>Warning</b>: mysql_connect() in <b>/x.php</b>\n", "characters before the feed")],
)
def test_what_stands_before_a_feed_is_left_out(before: str, junk: str | None) -> None:
    feed = read(before + HEAD.format("UTF-8") + rss(GOOD))
    assert len(feed.entries) == 1
    assert junk is None or junk in (feed.note or "")


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><body><p>Use &lt;rss&gt;</p><rss version='2.0'></rss></body></html>",
        "<html><rss></rss></html>",
        "Not found <rss",
        "<svg:svg/>",
        "\x00" * 50,
    ],
)
def test_a_page_with_a_feeds_root_in_it_is_no_feed(body: str) -> None:
    with pytest.raises(PageError, match="is not a feed: its root is neither rss, feed nor RDF; it "):
        read(body)


def test_a_refusal_says_what_was_expected_and_how_the_answer_begins() -> None:
    with pytest.raises(PageError) as failed:
        read(rss(item(title="No name"), item(title="Nor here")))
    assert failed.value.reason.startswith(
        "/rss/latest is a feed without entries (entries without address and guid that were left out: 2); it begins "
        '"<rss version="2.0"><channel><title>N</title>'
    )
    assert len(failed.value.reason) < 330


@pytest.mark.parametrize("root", ["RSS", "Feed", "rdf:rdf"])
def test_roots_in_another_case_are_feeds(root: str) -> None:
    assert is_feed(f"<{root} version='2.0'></{root}>".encode())


def test_a_date_inside_a_tag_is_read() -> None:
    """As Drupal writes it where a template for pages is used for the feed."""
    dated = '&lt;time datetime="2026-11-27T09:00:00Z"&gt;Friday, 27 November 2026&lt;/time&gt;'
    body = "<rss version='2.0'><channel><title>N</title><item><title>A</title><link>https://a.gov.uk/n/1</link>"
    feed = parse_feed(f"{body}<pubDate>{dated}</pubDate></item></channel></rss>".encode(), "https://a.gov.uk/rss")
    assert feed.entries[0].published == "2026-11-27T09:00:00+00:00"
