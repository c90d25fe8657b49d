"""A site that says in its own layout, with status 200, that it is out of order has not been seen."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from spiders.http.answers import html_of
from spiders.http.errors import PageError

URL = "https://www.example.gov.uk/plan"
MENU = "<header><nav>" + "<a href='/x'>Pay your council tax online today</a>" * 60 + "</nav></header>"
FOOT = "<footer>" + "<p>Accessibility statement and how to contact the council by telephone</p>" * 20 + "</footer>"
NEWS = "<p>" + "Inspectors visited the council's services for children in September. " * 20 + "</p>"


def in_layout(main: str, title: str = "Devon County Council") -> str:
    """A page of the council's own site."""
    return f"<html><head><title>{title}</title></head><body>{MENU}<main>{main}</main>{FOOT}</body></html>"


def judged(body: str) -> str:
    try:
        html_of(Response(URL, headers={"Content-Type": "text/html"}, body=body.encode()))
    except PageError as failed:
        return failed.outcome
    return "ok"


OUT_OF_ORDER = {
    "title": in_layout("<p>We are sorry.</p>", "Service Unavailable | Devon County Council"),
    "site first": in_layout("<p>We are sorry.</p>", "Devon County Council - Site under maintenance"),
    "GOV.UK's words": in_layout("<h1>Sorry, there is a problem with the service</h1><p>Try again later.</p>"),
    "heading": in_layout("<h1>Sorry, something went wrong</h1>"),
    "curly": in_layout("<h1>We\u2019ll be back soon</h1>"),
    "ASP.NET": in_layout("<h1>Server Error in '/' Application.</h1>", "Runtime Error"),
    "a number": in_layout("<h1>Error 500</h1>"),
    "a gateway": in_layout("", "502 Bad Gateway"),
    "WordPress": in_layout("<h1>Error establishing a database connection</h1>"),
    "no heading": in_layout("<p>The website is currently unavailable while we are carrying out maintenance.</p>"),
    "no main": f"<body>{MENU}<div><p>This service is temporarily unavailable. Please try later.</p></div>{FOOT}</body>",
    "technical": in_layout("<h2>Sorry</h2><p>We are experiencing technical difficulties.</p>"),
}
NOT_FOUND = {
    "plain": in_layout("", "Page not found"),
    "site first": in_layout("", "Devon County Council | Page not found"),
    "number": in_layout("<h1>404 - Page not found</h1>"),
    "only the number": in_layout("<h1>Error 404</h1>"),
    "polite": in_layout("<h1>Sorry, we can't find that page</h1>"),
    "curly": in_layout("<h1>We can\u2019t find the page you\u2019re looking for</h1>"),
    "passive": in_layout("<h1>The page you requested could not be found</h1>"),
    **{
        words: in_layout(f"<h1>{words}</h1>{NEWS}")
        for words in (
            "This page no longer exists",
            "Page no longer available",
            "This content is no longer available",
            "The page you are looking for has been removed",
            "Page has moved",
            "Sorry, this page isn't here",
            "The page you were looking for doesn't exist",
            "Sorry - page not found",
            "Page not found (404)",
            "News article not found",
            "The requested URL was not found on this server",
            "This page has been deleted",
            "File or directory not found",
            "The resource cannot be found.",
            "This page may have been moved or deleted",
        )
    },
}
ORDINARY = {
    "highways": in_layout(f"<h1>Planned maintenance of Devon's roads</h1>{NEWS}"),
    "a problem": in_layout(f"<h1>There is a problem with damp in our schools</h1>{NEWS}"),
    "an error": in_layout(f"<h1>Council admits error in care plan</h1>{NEWS}"),
    "minutes": in_layout("<h1>Scrutiny Committee</h1><p>The minutes are currently unavailable.</p>"),
    "a paragraph": in_layout(f"<h1>News</h1>{NEWS}<p>The website is currently unavailable on Sundays.</p>"),
    "moved": in_layout(f"<h1>The children's home has moved</h1>{NEWS}"),
    "removed": in_layout(f"<h1>Improvement notice has been removed</h1>{NEWS}"),
    "no longer": in_layout(f"<h1>Report: services no longer inadequate</h1>{NEWS}"),
    "a report": in_layout(f"<h1>The report found no failings</h1>{NEWS}"),
    "found": in_layout(f"<h1>Ofsted: no failings found</h1>{NEWS}"),
    "unavailable": in_layout(f"<h1>Youth centre unavailable until May</h1>{NEWS}"),
    "a footer": in_layout("<p>Our plan.</p>")
    + "<footer>Something went wrong? The service is temporarily down.</footer>",
}


@pytest.mark.parametrize("body", OUT_OF_ORDER.values(), ids=OUT_OF_ORDER)
def test_a_site_out_of_order_is_an_error(body: str) -> None:
    assert judged(body) == "error"


@pytest.mark.parametrize("body", NOT_FOUND.values(), ids=NOT_FOUND)
def test_a_page_that_says_it_is_not_there_is_missing(body: str) -> None:
    assert judged(body) == "missing"


@pytest.mark.parametrize("body", ORDINARY.values(), ids=ORDINARY)
def test_a_page_that_only_speaks_of_such_things_is_read(body: str) -> None:
    assert judged(body) == "ok"
