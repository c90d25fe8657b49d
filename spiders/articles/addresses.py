"""Addresses of articles: the one form that names an article, and which links lead to one. Pure."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

NOISE = re.compile(
    r"^(utm_\w+|replytocom|ref|referrer|fbclid|gclid|mc_[ce]id|cmpid|share|at_\w+|shared|_ga|ver|nonce|amp)$", re.I
)
"""Parameters that say where a reader came from, not what is read."""
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
    """The address to ask for: as it was given, without the fragment and without tracking parameters."""
    parts = urlsplit(url.strip())
    return urlunsplit((parts.scheme, parts.netloc, parts.path, _query(parts), ""))


def canonical(url: str) -> str:
    """The one form that names an article: https, lower-case host without "www.", no noise, no trailing slash."""
    parts = urlsplit(url.strip())
    path = quote(unquote(parts.path), safe=SAFE).rstrip("/")
    return urlunsplit(("https", _place(parts), path or "/", _query(parts, in_order=True), ""))


def host_of(url: str) -> str:
    """The host without "www.": a site's two names for itself count as one."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


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


def _place(parts: SplitResult) -> str:
    host = (parts.hostname or "").removeprefix("www.")
    port = str(parts.port or "")
    return host if port in ("", DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"


def _query(parts: SplitResult, *, in_order: bool = False) -> str:
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not NOISE.match(k)]
    return urlencode(sorted(pairs) if in_order else pairs)
