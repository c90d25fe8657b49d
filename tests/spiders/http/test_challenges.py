"""A firewall's challenge is `blocked`, whatever its status and with or without a title; a page that is none is not."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from spiders.http.answers import html_of
from spiders.http.challenges import challenge
from spiders.http.errors import PageError

URL = "https://democracy.example.gov.uk/news"
SCRIPT = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
LONG = "<p>" + "Inspectors visited the council's services for children in September. " * 40 + "</p>"


def page(body: str, title: str = "", head: str = "") -> str:
    named = f"<title>{title}</title>" if title else ""
    return f"<!doctype html><html><head>{named}{head}</head><body>{body}</body></html>"


CHALLENGES = {
    "Cloudflare": page("<h1>devon.gov.uk</h1><p>Verifying you are human.</p>", "Just a moment...", SCRIPT),
    "Cloudflare, blocked": page("<h2>You have been blocked</h2>", "Attention Required! | Cloudflare"),
    "Cloudflare, no title": page("<p>Enable JavaScript and cookies to continue</p>", head=SCRIPT),
    "Imperva": page('<iframe src="/_Incapsula_Resource?y">Request unsuccessful. Incapsula incident ID: 0-0</iframe>'),
    "Imperva, nothing to read": page('<script src="/_Incapsula_Resource?x"></script>'),
    "AWS": page('<script src="https://x.token.awswaf.com/x/challenge.js"></script><div id="challenge-container">'),
    "AWS, its data": page('<script>window.gokuProps = {"key":"x"};</script>'),
    "DataDome": page('<p id="cmsg">Please enable JS and disable any ad blocker</p>'),
    "Akamai": page("", head='<meta http-equiv="refresh" content="5; URL=\'/news?bm-verify=AAQ\'" />'),
    "Akamai, refused": page(
        '<H1>Access Denied</H1>You don\'t have permission to access "x" on this server.<P>Reference #18.2',
        "Access Denied",
    ),
    "F5": page("<noscript>Please enable JavaScript.<br/>Your support ID is: 123</noscript>"),
    "F5, refused": page("The requested URL was rejected. Your support ID is: 123", "Request Rejected"),
    "Sucuri": page("<script>sucuri_cloudproxy_js='';</script>", "You are being redirected..."),
    "HUMAN": page('<div id="px-captcha"></div>'),
    "DDoS-Guard": page("", head='<script src="/.well-known/ddos-guard/js-challenge/index.js"></script>'),
    "Azure": page("<h2>The request is blocked.</h2>"),
}


def answer(body: str, status: int = 200, **headers: str) -> Response:
    given = {"Content-Type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Response(URL, status=status, headers=given, body=body.encode())


@pytest.mark.parametrize("status", [200, 202, 403, 405, 429, 503])
@pytest.mark.parametrize("body", CHALLENGES.values(), ids=CHALLENGES)
def test_a_challenge_is_blocked_whatever_its_status(body: str, status: int) -> None:
    with pytest.raises(PageError) as refused:
        html_of(answer(body, status))
    assert refused.value.outcome == "blocked"
    assert not refused.value.gone


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (202, {"x_amzn_waf_action": "challenge"}),
        (405, {"x_amzn_waf_action": "captcha"}),
        (200, {"cf_mitigated": "challenge"}),
        (503, {"cf_mitigated": "Challenge"}),
    ],
)
@pytest.mark.parametrize("body", ["", page(LONG, "News")])
def test_a_header_that_says_so_is_enough(status: int, headers: dict[str, str], body: str) -> None:
    with pytest.raises(PageError, match="challenge page") as refused:
        html_of(answer(body, status, **headers))
    assert refused.value.outcome == "blocked"


ORDINARY = {
    "a page behind Cloudflare": page(SCRIPT + LONG, "News"),
    "a short page behind Cloudflare": page(SCRIPT + "<main>" + "Our plan for children of all ages. " * 8, "Plan"),
    "a page behind Imperva": page(LONG + '<script src="/_Incapsula_Resource?x"></script>', "News"),
    "a form with a captcha": page('<h1>Contact us</h1><div class="g-recaptcha"></div>', "Contact us"),
    "an article on access": page(LONG, "Access denied: disabled residents wait for ramps"),
    "an article that quotes": page(LONG + "<p>The letter says that you have been blocked.</p>", "News"),
    "an article on traffic": page(LONG, "Unusual traffic on the A38"),
    "an article on captchas": page(LONG, "Why our forms have no CAPTCHA any more"),
}


@pytest.mark.parametrize("body", ORDINARY.values(), ids=ORDINARY)
def test_an_ordinary_page_is_no_challenge(body: str) -> None:
    assert html_of(answer(body)).text == body


@pytest.mark.parametrize(
    "body", ["<" * 300_000, "<h1>" * 60_000, "<script>" * 20_000, "<main " * 30_000, "Just a moment <title>" * 9000]
)
def test_strange_markup_costs_no_time(body: str) -> None:
    challenge(answer(body))
