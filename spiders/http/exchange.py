"""Cookies within one exchange: a page asked for, with the redirects and repeats that lead to it. Some servers set a
cookie, redirect to the same page and let nobody pass who does not bring it back. Nothing is kept after the exchange,
so no site can follow us from one look to the next."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

MOST_COOKIES = 20
LONGEST_COOKIE = 4096
"""Characters of a cookie's name and value. RFC 6265 asks browsers to take as many of either, per host."""

Jar = dict[str, str]


class ExchangeCookies:
    """Sends a host's cookies back to that host. They travel in the request's meta, which Scrapy hands on."""

    def process_request(self, request: Request) -> None:
        """Add the cookies that this exchange was given by the request's host."""
        request.headers.pop("Cookie", None)
        if pairs := _jar(request):
            request.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in pairs.items())

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep what the host sets, for the rest of this exchange."""
        pairs = dict(_jar(request))
        for line in response.headers.getlist("Set-Cookie"):
            name, _, value = line.decode("latin-1").partition(";")[0].partition("=")
            if name.strip() and len(name) + len(value) <= LONGEST_COOKIE:
                pairs[name.strip()] = value.strip()
        if pairs:
            kept = dict(list(pairs.items())[:MOST_COOKIES])
            request.meta["cookies"] = {**request.meta.get("cookies", {}), _site(request): kept}
        return response


def _jar(request: Request) -> Jar:
    found: Jar = request.meta.get("cookies", {}).get(_site(request), {})
    return found


def _site(request: Request) -> str:
    """A cookie goes back to the host that set it; one that came over https never over http."""
    parts = urlparse_cached(request)
    return f"{parts.scheme}://{parts.hostname}"
