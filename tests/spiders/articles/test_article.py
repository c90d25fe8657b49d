"""Articles: their address, main text, title and day."""

# ruff: noqa: RUF001 - typographic quotes are what it is about

from __future__ import annotations

import pytest

from spiders.articles.addresses import as_before, canonical, is_article, tidy
from spiders.articles.article import read_article
from spiders.articles.lines import tidied
from spiders.http.errors import PageError

URL = "https://www.example.gov.uk/news/ofsted-visits-devon"
PROSE = [
    "In their latest report, Ofsted inspectors say that there are improvements within our Childrens Services.",
    "“The quality of practice remains inconsistent,” they write, and ‘inadequate’-rated services – all of them – know.",
    "Some children , and we want that to be said, wait too long for a permanent home and for an answer to why.",
    "Councillor Joyce Bell, Cabinet Member for Children’s Services, said: “We welcome the findings and thank all.”",
    "The council has been asked to send its plan to the Department for Education before the end of the year.",
]


def page(body: str, head: str = "", tail: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ofsted visits Devon - Example</title>{head}'
        '</head><body><div id="cookie-banner">We use cookies to ensure that we give you the best experience.</div>'
        '<header><a href="/">Example</a></header><nav><ul><li><a href="/bins">Bins</a></li></ul></nav>'
        f"<main><article><h1>Ofsted visits Devon</h1>{body}</article>{tail}</main>"
        "<footer>Information in press releases is correct at publish date.</footer></body></html>"
    )


def prose(*more: str) -> str:
    return "".join(f"<p>{line}</p>" for line in (*PROSE, *more))


def test_the_words_are_kept_as_they_stand_and_the_noise_is_not() -> None:
    tail = "<p>More from Example</p><p>Ofsted visits Torbay</p><p>Comments are closed.</p>"
    found = read_article(page(prose("Share on X", "Photo: A. Bell/Fotolia"), tail=tail), URL)
    assert (found.title, list(found.lines), found.truncated) == ("Ofsted visits Devon", PROSE, False)


def test_the_same_page_gives_the_same_article() -> None:
    noisy = [page(prose(), tail=f'<p class="views">{n} views</p><script>nonce="{n}"</script>') for n in (1, 22)]
    assert read_article(noisy[0], URL) == read_article(noisy[1], URL)


def test_a_short_article_is_taken_from_its_element() -> None:
    posted = "<p class='posted'>Posted on: <time>17 May 2024</time></p>"
    body = posted + "<p>The nursery is praised by everybody.</p><p>It said so.</p>"
    assert read_article(page(body), URL).lines == ("The nursery is praised by everybody.", "It said so.")


def test_a_registration_wall_is_said() -> None:
    wall = "Register Now to Continue Reading. Thank you for visiting; you have 4 subscriber-only articles a month."
    found = read_article(page(prose(wall, "Become a member today and read everything that we have ever written.")), URL)
    assert (list(found.lines), found.truncated) == (PROSE, True)


@pytest.mark.parametrize(
    ("head", "body", "url", "day"),
    [
        ('<script type="application/ld+json">{"@graph":[{"datePublished":"2024-05-13T09:00:00Z"}]}</script>', "", URL,
         "2024-05-13T09:00:00+00:00"),
        ('<script type="application/ld+json">{broken</script>'
         '<meta property="article:published_time" content="2024-05-13T09:00:00+01:00">', "", URL,
         "2024-05-13T09:00:00+01:00"),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>",
         '<time datetime="2024-05-13T10:00:00">13 May</time>', URL, "2024-05-13T10:00:00+01:00"),
        ("", '<time datetime="2024-05-13">13 May</time>', URL, "2024-05-13"),
        ("", "", "https://example.org/2017/06/14/must-try-harder/", "2017-06-14"),
        ("", "<p>Published on 13 May 2024</p>", URL, "2024-05-13"),
        ("", "<p>Published: 13/05/2024</p>", URL, "2024-05-13"),
        ("", "<p>Date: Monday 13th May 2024</p>", URL, "2024-05-13"),
        ("", "<p>Published: 05/13/2024</p>", URL, None),
        ("", "<time>13 May 2024</time>", URL, "2024-05-13"),
        ("", '<time datetime="13/05/2024 09:00">yesterday</time>', URL, "2024-05-13T09:00:00+01:00"),
        ("", '<time datetime="PT5M">5 minutes</time>', URL, None),
        ('<meta property="article:published_time" content="13-05-2024">', "", URL, "2024-05-13"),
    ],
)  # fmt: skip
def test_the_day_is_the_pages_own(head: str, body: str, url: str, day: str | None) -> None:
    dates = read_article(page(body + prose(), head), url).dates
    assert (dates.stated or dates.marked or dates.inferred) == day


def test_a_page_without_an_article_is_invalid() -> None:
    with pytest.raises(PageError, match="has no text of an article"):
        read_article("<html><head><title>News</title></head><body><nav>Menu</nav></body></html>", URL)
    with pytest.raises(PageError, match="has no title"):
        read_article("<html></html>", URL)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.gov.uk/news/ofsted/?utm_source=rss&utm_medium=rss",
        "https://example.gov.uk/news/ofsted#comments",
        "https://EXAMPLE.gov.uk:443/news/ofsted/?replytocom=12",
        "https://example.gov.uk/news/ofsted?ref=arc",
        "https://example.gov.uk/news/ofsted;jsessionid=77AED228FAAF2964",
        "https://example.gov.uk/news/ofsted?PHPSESSID=8d7c1a2b3c4d5e6f",
        "https://example.gov.uk/(S(lit3py55t21z5v55vlm25s55))/news/ofsted",
        "https://example.gov.uk/news/ofsted?X-Amz-Signature=9de1&X-Amz-Expires=300&X-Amz-Date=20261126T0900Z",
        "https://example.gov.uk/news/ofsted?Expires=1764148500&Signature=ab~c_&Key-Pair-Id=K1",
        "https://example.gov.uk/news/ofsted?sv=2024-11-04&se=2026-11-27&sp=r&sig=aBc%3D",
        "https://example.gov.uk/news/ofsted?token=a1b2c3&expires=1764148500",
        "https://example.gov.uk/news/ofsted?sid=0f9e8d7c6b5a49382716&_=1764148500",
        "https://example.gov.uk/news/ofsted?Policy=eyJTdGF0ZW1lbnQiOlt7IlJlc291cmNl~_&Signature=x&Key-Pair-Id=K2",
        "https://example.gov.uk/news/ofsted?t=1764148500123&_wpnonce=a1",
        "https://example.gov.uk/news/ofsted?md5=0cc175b9c0f1b6a831c399e269772661&e=1764148500",
        "https://example.gov.uk/news/ofsted?amp=1&ver=5.2&share=twitter",
        "https://example.gov.uk/news/ofsted#xtor=RSS-1",
        "https://example.gov.uk/news/ofsted#:~:text=inadequate",
    ],
)
def test_one_article_has_one_address(url: str) -> None:
    assert canonical(url) == "https://example.gov.uk/news/ofsted"


def test_parameters_that_name_an_article_stay() -> None:
    assert canonical("http://a.uk/n?id=2&p=1&fbclid=x") == canonical("https://www.a.uk/n/?p=1&id=2")
    assert canonical("http://www.a.uk./n?id=2") == canonical("https://a.uk/n?id=2")


TOOLS = (
    "mtm_campaign", "pk_kwd", "hsa_acc", "_hsenc", "__hstc", "mkt_tok", "gbraid", "wbraid", "yclid", "twclid", "ttclid",
    "li_fat_id", "srsltid", "s_cid", "ito", "CMP", "ns_campaign", "WT.mc_id", "ref_src", "epik", "dm_i", "emci",
)  # fmt: skip


@pytest.mark.parametrize("name", TOOLS)
def test_what_a_tool_adds_to_a_link_names_nothing(name: str) -> None:
    assert tidy(f"https://a.uk/n?id=2&{name}=x1") == "https://a.uk/n?id=2"


@pytest.mark.parametrize("name", ["id", "item", "page", "news_id", "nid", "article", "lid", "pkey", "campaign", "s"])
def test_what_may_name_an_article_stays(name: str) -> None:
    assert canonical(f"https://a.uk/n?{name}=21") == f"https://a.uk/n?{name}=21"
    assert canonical("http://a.uk/n?id=2") != canonical("http://a.uk/n?id=3")
    assert canonical("https://a.uk/children%E2%80%99s") == canonical("https://a.uk/children’s")
    assert tidy("http://www.a.uk/n/?utm_source=x#top") == "http://www.a.uk/n/"
    assert tidy("http://a.uk/n;jsessionid=1?Signature=x&id=2") == "http://a.uk/n?Signature=x&id=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/latest#n1", "/latest#n2"),
        ("/latest#id=1", "/latest#id=2"),
        ("/item.aspx?ref=4711", "/item.aspx?ref=4712"),
        ("/item?ref=PR-2026-11", "/item?ref=PR-2026-12"),
        ("/item?sid=4711", "/item?sid=4712"),
        ("/item?s=ofsted", "/item?s=bins"),
        ("/item?sv=1", "/item?sv=2"),
        ("/item?t=118", "/item?t=119"),
        ("/item?session=2", "/item?session=3"),
        ("/item?policy=11", "/item?policy=12"),
        ("/item?ver=12", "/item?ver=13"),
        ("/item?source=11", "/item?source=12"),
        ("/#/news/1", "/#/news/2"),
    ],
)
def test_what_alone_tells_entries_apart_is_kept(one: str, other: str) -> None:
    assert canonical(f"https://a.uk{one}") != canonical(f"https://a.uk{other}")
    assert tidy(f"https://a.uk{one}") == f"https://a.uk{one}"


def test_the_first_editions_names_are_known_still() -> None:
    assert as_before("http://www.a.uk/n/?ref=4711&id=2#n1") == "https://a.uk/n?id=2"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/news/improvement-programme-embedding", True),
        ("/news/2017/06/14/harder", True),
        ("/news/article/4711/visit", True),
        ("/news", False),
        ("/news/", False),
        ("/news/category/children-and-families", False),
        ("/news/page/2017", False),
        ("/news/annual-report-2017-final.pdf", False),
        ("/about/our-long-history-here", False),
        ("/news/contact", False),
    ],
)
def test_which_links_of_a_listing_are_articles(path: str, expected: bool) -> None:
    assert is_article(f"https://www.a.uk{path}", "https://a.uk/news/") is expected


def test_other_hosts_are_no_articles() -> None:
    assert not is_article("https://b.uk/news/improvement-programme-embedding", "https://a.uk/news/")
    assert not is_article("mailto:news@a.uk", "https://a.uk/")


def test_teasers_end_an_article_only_in_its_second_half() -> None:
    assert tidied(["Related articles", *PROSE], "T") == (PROSE, False)
    assert tidied([*PROSE, "Related articles", "Ofsted judges Torbay inadequate"], "T") == (PROSE, False)
    assert tidied(["t", *PROSE], "T") == (PROSE, False)


def test_sentences_that_begin_like_noise_are_kept() -> None:
    lines = [
        "Share prices of care providers fell when the report said that children were moved too often, he added.",
        "Read more widely, the report says that leaders know their services and the children who depend on them.",
    ]
    assert tidied(lines, "T") == (lines, False)


def test_a_page_of_no_articles_size_is_not_read() -> None:
    with pytest.raises(PageError, match="is larger than"):
        read_article(page(prose() * 12_000), URL)


def test_a_table_has_its_own_words_and_nothing_that_is_drawn() -> None:
    sentence = "Inspectors visited the council's services for children in September and wrote about what they saw. "
    rows = "<tr><th>Judgement</th><th>Grade</th></tr><tr><td>Impact of leaders</td><td>Good</td></tr>"
    page = f"<main><h1>Our inspection</h1><p>{sentence * 8}</p><table>{rows}</table><p>One | two. {sentence}</p></main>"
    lines = read_article(f"<html><body>{page}</body></html>", "https://news.example.org/a").lines
    assert lines[1:] == ("Judgement Grade", "Impact of leaders Good", f"One | two. {sentence.strip()}")
