"""Asking for one page or file, and counting what that cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from spiders.http.answers import download_failure, html_of
from spiders.http.capture import Capture
from spiders.http.errors import PageError, where
from spiders.http.vendors import HostLimiter
from spiders.http.whole_pages import ends_whole, refuse_cut

T = TypeVar("T")

FAILURES_IN_A_ROW = 8
"""After so many a host is down or wants none of us, and the rest of the crawl does not ask it."""
MAX_PAGE_BYTES = 5_000_000
"""Of a page, a feed or a service's answer; the largest known have a fifth of it. Files may be larger."""
MAX_TARGET_SECONDS = 1200.0
"""How long a target among others may be asked, so that no slow site keeps a crawl from its end; it delays no other's
news (`spiders.together`). CMIS sites whose months take 40 seconds need half of it."""
NO_ANSWER = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    ValueError,
)
"""ValueError: a header that holds no value of its kind, such as a redirect to "http://[" or to port 99999."""


def conditional(etag: str | None, modified: str | None) -> dict[str, str]:
    """The headers that ask for an answer only if it is another one than the one with these validators."""
    pairs = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in pairs.items() if value}


class Fetcher:
    """Fetches through Scrapy's downloader; every failure is a `PageError`. It counts what it asked for, with
    repeats and redirects; `for_target` gives one that counts by itself and shares what is known of the hosts. `target`
    is whom it asks for now; `moved` has the addresses that led elsewhere, `remarks` what is odd about the characters of
    pages. `pages_end`: pages of this target are known to end with their end tag, so one without it was cut."""

    def __init__(self, crawler: Crawler, beside: Fetcher | None = None) -> None:
        self._crawler = crawler
        self._engine = crawler.engine
        self._counts: dict[str, int] = beside._counts if beside else {}
        self._hosts: HostLimiter = beside._hosts if beside else HostLimiter()
        self._meta: dict[str, Any] = {"fetcher": self} if beside else {}
        self._since: float | None = None
        self._capture: Capture | None = getattr(crawler.spider, "capture", None)
        self.target = ""
        self.moved: dict[str, str] = {}
        self.remarks: list[str] = []
        self.pages_end = False
        self.requests = 0
        self.bytes = 0
        if beside is None:  # one for all: a request would be told to every target's fetcher otherwise
            crawler.signals.connect(self._count_request, signals.request_reached_downloader)
            crawler.signals.connect(self._count_bytes, signals.bytes_received)

    def for_target(self) -> Fetcher:
        """A fetcher for one target among others that are looked at beside it."""
        return Fetcher(self._crawler, self)

    async def page(self, url: str, meta: Mapping[str, Any] | None = None) -> str:
        """The text of an HTML page. What is odd about its characters is remarked."""
        found = await self.get(url, {}, html_of, meta)
        self.remarks += [f"{where(url)}: {found.remark}"] if found.remark else []
        return found.text

    async def get(
        self, url: str, headers: dict[str, str], judge: Callable[[Response], T], meta: Mapping[str, Any] | None = None
    ) -> T:
        """What `judge` makes of the answer; `meta` is Scrapy's, for the one request, with our `max_bytes`. Raises
        PageError, also without asking when the host keeps failing."""
        kept = self._capture.begin(self.target, url) if self._capture else None
        request = self._request(url, headers, {"max_bytes": MAX_PAGE_BYTES, **(meta or {}), "exchange": kept})
        try:
            result = await self._judged(request, judge)
        except PageError as failed:
            if kept:
                kept.judged(failed.outcome, failed.reason)
            raise
        if kept:
            kept.judged("ok")
        return result

    async def _judged(self, request: Request, judge: Callable[[Response], T]) -> T:
        """The result, unless the host keeps failing. What fails is counted."""
        url = request.url
        host = urlparse_cached(request).netloc
        self._refuse(url, host)
        try:
            response = await self._download(request)
            refuse_cut(response, end_is_known=self.pages_end)
            result = judge(response)
            self.pages_end = self.pages_end or ends_whole(response)
        except PageError as failed:
            self._counts[host] = self._counts.get(host, 0) + 1 if failed.outcome in ("error", "blocked") else 0
            raise
        self._counts[host] = 0
        return result

    def _refuse(self, url: str, host: str) -> None:
        """Raise PageError where a host has failed too often, or a target has been asked for too long."""
        if self._counts.get(host, 0) >= FAILURES_IN_A_ROW:
            raise PageError("error", f"{where(url)}: not asked, because the last {FAILURES_IN_A_ROW} requests failed")
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        if self._meta and now - self._since > MAX_TARGET_SECONDS:
            why = f"because this site has taken {MAX_TARGET_SECONDS / 60:g} minutes of this crawl"
            raise PageError("error", f"{where(url)}: not asked, {why}")

    def _request(self, url: str, headers: dict[str, str], meta: Mapping[str, Any]) -> Request:
        """Raises PageError for what a page gave as an address and is none."""
        try:
            return Request(url, headers=headers, meta={**self._meta, **meta}, dont_filter=True)
        except ValueError as error:
            raise PageError("invalid", f"{where(url)} is no address that can be asked ({error})") from error

    async def _download(self, request: Request) -> Response:
        try:
            async with self._hosts.of(urlparse_cached(request).hostname or ""):
                response: Response = await self._engine.download_async(request)
        except NO_ANSWER as error:
            raise download_failure(error, request.url) from error
        except MemoryError as error:
            raise PageError("error", f"{where(request.url)}: the answer takes more memory than a crawl has") from error
        if response.url != request.url:
            self.moved[request.url] = response.url
        return response

    def _count_request(self, request: Request) -> None:
        for fetcher in self._counting(request):
            fetcher.requests += 1

    def _count_bytes(self, data: bytes, request: Request) -> None:
        for fetcher in self._counting(request):
            fetcher.bytes += len(data)

    def _counting(self, request: Request) -> tuple[Fetcher, ...]:
        """Who counts a request: this one, and its target's. Scrapy hands a request's meta on to its repeats and
        redirects; robots.txt belongs to no target."""
        own = request.meta.get("fetcher")
        return (self, own) if own else (self,)
