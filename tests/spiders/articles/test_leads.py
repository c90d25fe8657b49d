"""What an article says first is read where it stands outside its text, once and in its own words."""

from __future__ import annotations

import pytest

from spiders.articles.article import read_article
from spiders.articles.leads import missing, standfirst
from spiders.http.paragraphs import parsed

URL = "https://www.a.gov.uk/news/ofsted-report"
LEAD = "Ofsted has rated the council's services for children as inadequate following an inspection in September."
BODY = (
    "The lead member said that the council accepted every finding and had begun to act on them at once.",
    "Inspectors found that care leavers receive committed support from their personal advisers everywhere.",
    "The council will publish its plan in January, and an independent person will chair its board.",
    "Partners in health and the police have promised to take part in all of the work that follows from it.",
    "Families will be asked what they think of the help that they get, in each part of the county, twice a year.",
)


def page(above: str, inside: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in BODY)
    return (
        "<!doctype html><html><head><title>Ofsted report - Council</title></head><body>"
        f"<header><nav><ul><li>{LEAD}</li></ul></nav></header><main>{above}"
        f"<article><div>{inside}{body}</div></article></main></body></html>"
    )


@pytest.mark.parametrize(
    "above",
    [
        f"<div class=title-block><h1>Ofsted report</h1><p class=subtitle>{LEAD}</p></div>",
        f"<header><h1>Ofsted report</h1></header><div class=lgd-lead>{LEAD}</div>",
        f"<h1>Ofsted report</h1><p>Published: 26 November 2026</p><p><strong>{LEAD}</strong></p><p>Share on X</p>",
        f"<div class=hero><h1>Ofsted report: what it says</h1><div>{LEAD}</div></div>",
        f"<h1>Ofsted report</h1><nav>Home &gt; News</nav><ul><li>{LEAD}</li></ul>",
        f"<section><h1>ofsted report</h1><h2>{LEAD}</h2></section><form><p>Search all pages of the council.</p></form>",
    ],
)  # fmt: skip
def test_the_standfirst_comes_before_the_text(above: str) -> None:
    assert read_article(page(above), URL).lines == (LEAD, *BODY)


def test_a_lead_inside_the_article_is_said_once() -> None:
    assert read_article(page("<h1>Ofsted report</h1>", f"<p>{LEAD}</p>"), URL).lines == (LEAD, *BODY)


@pytest.mark.parametrize(
    "above",
    [
        "<h1>Ofsted report</h1><p>News</p><p>By the press office</p>",
        f"<h1>Ofsted report</h1><aside><p>{LEAD}</p></aside>",
        f"<p>{LEAD}</p><h1>Ofsted report</h1>",
    ],
)
def test_what_is_no_standfirst_is_left_out(above: str) -> None:
    assert read_article(page(above), URL).lines == BODY


def test_a_text_far_below_its_heading_has_no_standfirst() -> None:
    teasers = "<p>A teaser of another story that fills a line of this page.</p>" * 20
    assert standfirst(parsed(page(f"<h1>Ofsted report</h1>{teasers}")), "Ofsted report", BODY) == []


def test_the_feeds_summary_stands_in_for_a_lead_that_the_page_lacks() -> None:
    article = read_article(page("<h1>Ofsted report</h1>"), URL)
    assert article.with_lead(LEAD).lines == (LEAD, *BODY)
    assert article.with_lead(BODY[0]) == article
    assert article.with_lead(f"{BODY[0]} {LEAD}").lines[0] == LEAD


@pytest.mark.parametrize(
    "summary",
    [
        "",
        "Read more about it here.",
        "The lead member said that the council accepted every finding and had […]",
        "Ofsted has inspected the services and the council has said that it will read more",
        "the LEAD member said that the council accepted every finding and had begun to act on them at once.",
    ],
)
def test_a_summary_adds_only_whole_sentences_that_are_missing(summary: str) -> None:
    assert missing(summary, BODY) == ""


def test_a_cut_summary_gives_its_whole_sentences() -> None:
    assert missing(f"{LEAD} The lead member said that…", BODY) == LEAD
