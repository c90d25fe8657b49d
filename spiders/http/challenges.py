"""A firewall's challenges and refusals in place of the page, with any status and often without a title. Pure.

A challenge is known by what firewalls put into it, and only where there is little to read: the same scripts are part of
ordinary pages. Marks and phrases are from the vendors' documentation and from public bug reports (none was captured).
"""

from __future__ import annotations

import re

from scrapy.http import Response

from spiders.http.html_words import headings, visible

MAX_BYTES = 200_000
"""A larger body is an ordinary page; Cloudflare's challenge has some 30 kB."""
MAX_CHARACTERS = 1_500
"""Characters to read on a challenge; the longest known, Cloudflare's block page, has about a thousand."""
MAX_SHELL_CHARACTERS = 200
"""Characters to read on a page that only loads the firewall's script."""
HEADERS = {
    "cf-mitigated": (b"challenge",),
    "x-amzn-waf-action": (b"challenge", b"captcha"),
    "x-sucuri-block": (b"1", b"true"),
    "x-dd-b": (b"1", b"2", b"3"),
}
"""Headers in which a firewall says so itself: Cloudflare, AWS, Sucuri, DataDome."""
MARKS = (
    b"_incapsula_resource", b"/cdn-cgi/challenge-platform/", b"challenges.cloudflare.com", b"cf-browser-verification",
    b"_cf_chl_opt", b"awswaf.com", b"awswafcookiedomainlist", b"gokuprops", b"captcha-delivery.com", b"px-captcha",
    b"_pxappid", b"bm-verify=", b"/_sec/cp_challenge", b"/tspd/", b"sucuri_cloudproxy_js", b"perfdrive.com",
    b"/.well-known/ddos-guard/", b"kpsdk",
)  # fmt: skip
"""What stands in a challenge's markup, in lower case: Imperva, Cloudflare, AWS, DataDome, HUMAN, Akamai, F5, Sucuri,
Radware, DDoS-Guard, Kasada."""
HOSTS = ("perfdrive.com", "captcha-delivery.com", "queue-it.net", "challenges.cloudflare.com", "awswaf.com",
         "hcaptcha.com", "ddos-guard.net")  # fmt: skip
"""Where firewalls and waiting rooms send a visitor in place of the page."""
TITLE = re.compile(
    r"pardon our interruption|captcha|just a moment|attention required|access (is )?denied|request (blocked|rejected)|"
    r"are you (a )?(human|robot)|verify you are|security check|unusual traffic|you are being redirected|ddos-guard",
    re.I,
)
PHRASE = re.compile(
    r"incapsula incident id|request unsuccessful|your support id is|checking your browser|ddos protection by|"
    r"checking if the site connection is secure|enable (javascript|js) and cookies to continue|"
    r"enable js and disable any ad ?blocker|"
    r"verif(y|ying) (that )?you are (a )?(human|not a (ro)?bot)|you have been blocked|the request is blocked|"
    r"your (request|access) (was|has been) blocked|pardon our interruption|complete the security check|"
    r"prove (that )?you( a|')re (human|not a (ro)?bot)|needs to review the security of your connection|"
    r"unusual traffic from|you don't have permission to access .{1,200} on this server",
    re.I,
)

TRIGGERS = (
    b"incapsula", b"request unsuccessful", b"your support id", b"checking your browser", b"ddos protection",
    b"connection is secure", b"cookies to continue", b"disable any ad", b"are human", b"are a human", b"re human",
    b"not a robot", b"not a bot", b"been blocked", b"was blocked", b"is blocked", b"pardon our", b"security check",
    b"security of your connection", b"unusual traffic", b"permission to access",
)  # fmt: skip
"""One stands in every phrase. They are looked for first, in a tenth of the time: most pages have none."""


def is_firewalls(host: str) -> bool:
    """True for a host of a firewall or waiting room."""
    return any(host == name or host.endswith("." + name) for name in HOSTS)


def challenge(response: Response) -> str | None:
    """What shows that an answer is a challenge or a firewall's refusal; None for any other answer."""
    for name, actions in HEADERS.items():
        said = (response.headers.get(name) or b"").strip().lower()
        if said in actions:
            return f"{name}: {said.decode()}"
    body: bytes = response.body
    if len(body) > MAX_BYTES or b"<" not in body[:1024]:
        return None
    return _in_title(body) or _in_markup(body)


def _in_title(body: bytes) -> str | None:
    found = next((words for words in headings(body) if TITLE.search(words)), None)
    return f'"{found[:80]}"' if found and len(visible(body)) <= MAX_CHARACTERS else None


def _in_markup(body: bytes) -> str | None:
    lower = body.lower()
    mark = next((mark for mark in MARKS if mark in lower), None)
    if mark is None and not any(trigger in lower for trigger in TRIGGERS):
        return None
    words = visible(body)
    phrase = PHRASE.search(words) if len(words) <= MAX_CHARACTERS else None
    if phrase:
        return f'"{phrase.group()[:80]}"'
    return mark.decode() if mark and len(words) <= MAX_SHELL_CHARACTERS else None
