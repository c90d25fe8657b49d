"""Addresses of articles: the one form that names an article, and which links lead to one. Pure.

An address may carry three kinds of noise: where a reader came from (tracking), who is reading (sessions), and how long
the link is good for (signatures). All may be others at each request, and none says what is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from spiders.http.addresses import host_of

TRACKING = re.compile(
    r"^(utm_\w+|replytocom|fbclid|gclid|dclid|msclkid|mc_[ce]id|cmpid|at_\w+|_ga|_gl|xtor|igshid|__cf\w+|"
    r"(mtm|pk|piwik|matomo|hsa|vero|oly|ns|fb|gaa|ga)_\w+|_?_hs\w+|hsctatracking|mkt_tok|[gw]braid|(y|tw|tt|rb_|sc)c?lid|"
    r"li_fat_id|srsltid|s_cid|s_kwcid|s_source|ito|cmp|wt\.\w+|ref_(src|url)|epik|_k[ex]|dm_[it]|em[cd]i|guc\w+|mibextid|"
    r"wickedid|trk(campaign|info)?|usp)$",
    re.I,
)
"""Parameters that say where a reader came from, by the tools that add them."""
SOURCE = re.compile(r"^(ref|referr?er|share|shared|source|src|from|origin|ver)$", re.I)
"""Parameters that mostly say where a reader came from ("arc", "rss"), and on some sites which item is meant (4711)."""
FIRST_NOISE = re.compile(
    r"^(utm_\w+|replytocom|ref|referrer|fbclid|gclid|mc_[ce]id|cmpid|share|at_\w+|shared|_ga|ver|nonce|amp)$", re.I
)
"""What the first edition took for noise."""
NUMBERED = re.compile(r"\d{2}|^\d$")
"""A value that names an item."""
SESSION = re.compile(
    r"^(jsessionid|phpsessid|aspsessionid\w*|session_?(id|token|key)|sess_?id|cfid|cftoken|oscsid|zenid|csrf\w*|"
    r"_?(wp)?nonce|_|cb|rnd|rand(om)?|no_?cache|cache_?bust(er)?)$",
    re.I,
)
SIGNATURE = re.compile(
    r"^(x-(amz|goog|oss|ms)-\w[\w-]*|awsaccesskeyid|googleaccessid|ossaccesskeyid|key-pair-id|signature|hmac|"
    r"expir(es|y)|expires_?(at|in)|(access_?|auth_?|security_?|download_?)?token|__token__|hdn(ea|ts)|amp)$",
    re.I,
)
"""Of signed links: Amazon's, CloudFront's, Google's, Alibaba's, Akamai's and home-made ones. And AMP's other form."""
IF_RANDOM = re.compile(
    r"^(s|sid|sess|session|st|sig|hash|md5|sha(1|256)|checksum|policy|verify|key|auth(_?key)?|ticket)$", re.I
)
"""Names that are a session or a signature only with a random value."""
RANDOM = re.compile(r"^(?=.*\d)(?=.*[a-z])[\w~=+/.-]{16,}$", re.I)
IF_NOW = re.compile(r"^_?(t|ts|time|timestamp|e|exp|dt|v)$", re.I)
"""Names that are the moment of the request or the end of a link's life, if the value counts seconds since 1970."""
SECONDS = re.compile(r"^1\d{9}(\d{3}|\.\d+)?$")
AZURE = re.compile(r"^(s[vrept]|spr|sip|ss|srt|sig|skoid|sktid|sk[test]|skv)$")
"""Parameters of a link that Azure signed; any of them is that only beside a `sig`."""
PATH_SESSION = re.compile(r";(jsessionid|phpsessid|sid|sessionid)=[^/;]*|/\((?:[A-Z]\([a-z\d_-]+\))+\)(?=/)", re.I)
""""…/page;jsessionid=0A1B" of Java servers, and "/(S(lit3py55t21z5v55vlm25s55))/" of ASP.NET without cookies."""
PLACE = re.compile(
    r"^(comments?|respond|disqus_thread|top|main|content|main-?content|skip\S*)?$|"
    r"^(:~:|(xtor|echobox|utm_\w+|at_\w+|ns_\w+|sa-ns_\w+|intcid|cid)=)",
    re.I,
)
"""Fragments that lead to a place on the page, or carry tracking, and name no entry."""
DEFAULT_PORTS = {"http": "80", "https": "443"}
SAFE = "/:@!$&'()*+,;=~-._"
NO_ARTICLE = re.compile(
    r"(^|/)(tags?|categor(y|ies)|authors?|page|feed|rss|search|login|register|subscribe|about|contact|privacy|"
    r"cookies?|terms|events|jobs|wp-(content|admin|json|login)[^/]*)(/|$)|"
    r"\.(pdf|jpe?g|png|gif|svg|docx?|xlsx?|zip|xml|rss|css|js|ics|mp[34])$",
    re.I,
)
ARTICLE = re.compile(r"/(19|20)\d\d/\d\d?/|/\d{4,}(/|$|[-.])|[^/]+-[^/]+-[^/]+/?$")
"""A day in the path, a number of its own, or a last part of three words: so do these sites name articles."""


def tidy(url: str) -> str:
    """The address to ask for and to show: as it was given, without tracking and sessions. A signature stays, because
    the link does not open without it, and so does all that may say what is read."""
    parts = urlsplit(url.strip())
    path = PATH_SESSION.sub("", parts.path)
    return urlunsplit(
        (parts.scheme, parts.netloc.rpartition("@")[2], path, urlencode(_kept(parts, _is_passing)), _fragment(parts))
    )


def canonical(url: str) -> str:
    """The one form that names an article: https, lower-case host without "www.", no noise, no trailing slash."""
    return _named(url, _is_noise)


def in_full(url: str) -> str:
    """The same with every parameter that is not certainly tracking: tells apart what `canonical` cannot."""
    return _named(url, lambda name, _value, _signed: bool(TRACKING.match(name)))


def as_before(url: str) -> str:
    """The name that the first edition gave an article: without fragment, and with what is noise since."""
    parts = urlsplit(url.strip())
    path = quote(unquote(parts.path), safe=SAFE).rstrip("/")
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not FIRST_NOISE.match(k)]
    return urlunsplit(("https", _place(parts), path or "/", urlencode(sorted(pairs)), ""))


def twins(host: str) -> set[str]:
    """A host with and without "www."."""
    bare = host.removeprefix("www.")
    return {bare, f"www.{bare}"} if bare and not bare.replace(".", "").isdigit() else {host}


def is_article(url: str, listing: str) -> bool:
    """Whether a link of a listing leads to an article: same host, below the listing, named like an article."""
    here, there = urlsplit(listing), urlsplit(url)
    base = here.path.rstrip("/") + "/"
    if there.scheme not in ("http", "https") or host_of(url) != host_of(listing) or here.port != there.port:
        return False
    rest = there.path.removeprefix(base)
    below = there.path.startswith(base) and bool(rest.strip("/"))
    return below and not NO_ARTICLE.search(rest) and bool(ARTICLE.search("/" + rest))


Noise = Callable[[str, str, bool], bool]
"""Whether a parameter (its name and value, and whether the link is signed by Azure) is noise."""


def _named(url: str, noise: Noise) -> str:
    parts = urlsplit(url.strip())
    path = quote(unquote(PATH_SESSION.sub("", parts.path)), safe=SAFE).rstrip("/")
    query = urlencode(sorted(_kept(parts, noise)))
    return urlunsplit(("https", _place(parts), path or "/", query, _fragment(parts)))


def _kept(parts: SplitResult, noise: Noise) -> list[tuple[str, str]]:
    """The parameters that are no noise."""
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    signed = any(name == "sig" for name, _ in pairs)
    return [(name, value) for name, value in pairs if not noise(name, value, signed)]


def _is_passing(name: str, _value: str, _signed: bool) -> bool:
    """Whether a parameter certainly says how a reader came here, or who is reading."""
    return bool(TRACKING.match(name) or SESSION.match(name))


def _is_noise(name: str, value: str, signed: bool) -> bool:
    """Whether a parameter most likely does not say what is read."""
    if SOURCE.match(name):
        return not NUMBERED.search(value)
    if (IF_RANDOM.match(name) and RANDOM.match(value)) or (IF_NOW.match(name) and SECONDS.match(value)):
        return True
    return _is_passing(name, value, signed) or bool(SIGNATURE.match(name)) or (signed and bool(AZURE.match(name)))


def _fragment(parts: SplitResult) -> str:
    """The fragment, where it names an entry of its page."""
    return "" if PLACE.search(parts.fragment) else parts.fragment


def _place(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    port = str(parts.port or "")
    return host if port in ("", DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"
