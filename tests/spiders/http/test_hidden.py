"""What a page never shows is none of its words; what somebody can open is."""

from __future__ import annotations

import pytest

from spiders.articles.article import read_article
from spiders.cmis.lines import lines_of, parsed
from spiders.committees import word_text
from spiders.http.paragraphs import paragraphs_of, shown_only

URL = "https://www.example.gov.uk/news/ofsted"
OLD = "<p>Inspectors judged children's services in Devon inadequate in every one of the areas that they looked at.</p>"
NEWS = (
    "<p>Ofsted has inspected children's services in Devon, and found that leaders have made progress since 2022.</p>"
    "<p>Inspectors spent two weeks with staff, children and carers in the autumn, and spoke with partners too.</p>"
)
NEVER = {
    "template": f"<template>{OLD}</template>",
    "noscript": f"<noscript>{OLD}</noscript>",
    "hidden": f"<div hidden>{OLD}</div>",
    "hidden, by its value": f'<div hidden="hidden">{OLD}</div>',
    "display none": f'<div style="display:none">{OLD}</div>',
    "display none, however it is written": f'<div style="color: red; DISPLAY : none !important">{OLD}</div>',
    "a paragraph": OLD.replace("<p>", '<p style="visibility:hidden">'),
    "a dialog": f"<dialog>{OLD}</dialog>",
    "struck out": OLD.replace("inadequate", "<del>inadequate</del> good"),
    "struck out as people used to": OLD.replace("inadequate", "<s>inadequate</s> <strike>inadequate</strike>"),
    "for a browser without film": f"<video>{OLD}</video>",
    "a table in a page with a folded menu": f'<table class="table scaffold" hidden><tr><td>{OLD}</td></tr></table>',
    "hidden within a fold": f"<details><summary>More</summary><p>Text.</p><div hidden>{OLD}</div></details>",
}
SHOWN = {
    "plain": OLD,
    "a fold": f"<details><summary>The findings in full</summary>{OLD}</details>",
    "an open dialog": f"<dialog open>{OLD}</dialog>",
    "found by searching": f'<div hidden="until-found">{OLD}</div>',
    "below a heading": f'<h2>The findings in full</h2><div style="display:none">{OLD}</div>',
    "below a button": f"<p><button>The findings in full</button></p><div hidden>{OLD}</div>",
    "a link names it": f'<p>Read <a href="#full">more</a></p><p>.</p><div id="full" hidden>{OLD}</div>',
    "a button names it": f'<button aria-controls="x full">More</button><p>.</p><div id="full" hidden>{OLD}</div>',
    "an accordion": f'<div class="govuk-accordion"><p>.</p><div style="display: none">{OLD}</div></div>',
    "a tab": f'<p>.</p><section role="tabpanel" hidden>{OLD}</section>',
    "for those who see": f'<div aria-hidden="true">{OLD}</div>',
    "for those who hear": f'<div class="visually-hidden">{OLD}</div>',
    "another style": f'<div style="display:block; overflow:hidden">{OLD}</div>',
}


@pytest.mark.parametrize("html", NEVER.values(), ids=NEVER)
def test_what_nobody_is_shown_is_not_read(html: str) -> None:
    assert "inadequate" not in " ".join(paragraphs_of(f"<main>{NEWS}{html}{NEWS}</main>"))


@pytest.mark.parametrize("html", SHOWN.values(), ids=SHOWN)
def test_what_is_shown_or_can_be_opened_is_read(html: str) -> None:
    assert "inadequate" in " ".join(paragraphs_of(f"<main>{NEWS}{html}{NEWS}</main>"))


def article(inside: str, *, long: bool) -> str:
    news = NEWS * (4 if long else 1)
    return f"<html><body><article><h1>Ofsted inspects Devon</h1>{news}{inside}{NEWS}</article></body></html>"


@pytest.mark.parametrize("long", [True, False])
@pytest.mark.parametrize("html", NEVER.values(), ids=NEVER)
def test_an_article_has_no_words_that_nobody_is_shown(html: str, long: bool) -> None:
    found = read_article(article(html, long=long), URL)
    assert "inadequate" not in " ".join(found.lines)
    assert any(line.startswith("Ofsted has inspected") for line in found.lines)


@pytest.mark.parametrize("long", [True, False])
@pytest.mark.parametrize("name", ["plain", "a fold", "below a heading", "an accordion", "a link names it"])
def test_an_article_has_the_words_that_can_be_opened(name: str, long: bool) -> None:
    assert "inadequate" in " ".join(read_article(article(SHOWN[name], long=long), URL).lines)


@pytest.mark.parametrize("beside", ["aside", "nav", "footer"])
def test_what_stands_beside_a_short_article_is_none_of_it(beside: str) -> None:
    found = read_article(article(f"<{beside}>{OLD}</{beside}>", long=False), URL)
    assert "inadequate" not in " ".join(found.lines)


def test_a_pages_own_names_fold_nothing_on_it() -> None:
    assert paragraphs_of(f'<html><body class="menu-collapsed"><div hidden>{OLD}</div><p>News.</p></body></html>') == [
        "News."
    ]


def test_a_page_that_hides_nothing_is_left_as_it_is() -> None:
    html = f"<p style='color:red'>Caf\u00e9 &amp; <b>more</p>{SHOWN['a fold']}"
    assert shown_only(html) == html


def test_what_follows_something_hidden_stays() -> None:
    assert paragraphs_of("<p>Judged <span hidden>not</span> good.</p>") == ["Judged good."]
    assert paragraphs_of("<p>Judged <del>inadequate</del> good.</p>") == ["Judged good."]


def test_words_that_word_hides_in_an_agenda_are_none() -> None:
    html = "<p>The letter is <span style='display:none;mso-hide:all'>in</span> noted, <del>not</del> agreed.</p>"
    assert word_text.paragraphs(html) == "The letter is noted, agreed."


def test_a_meetings_page_has_no_words_for_browsers_without_scripts() -> None:
    page = f"<p>Committee: Cabinet</p><noscript>{OLD}</noscript><template>{OLD}</template>"
    assert [line.text for line in lines_of(parsed(page, URL), URL)] == ["Committee: Cabinet"]


def test_a_list_of_hidden_parts_takes_time_by_its_length() -> None:
    """The page is looked through once for what opens its parts, not once for each of them."""
    entry = '<li><a href="#x{0}">{0}</a><p>.</p><div id="x{0}" hidden>in {0}</div></li>'
    entries = "".join(map(entry.format, range(3000)))
    assert len(paragraphs_of(f"<ul>{entries}</ul>")) == 9000
