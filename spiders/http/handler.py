"""Scrapy's download handler for http and https, on aiohttp.

aiohttp speaks HTTP; what a monitor needs beside that hangs on its hooks: the address that was checked is the one
connected to (`resolver`), nothing left over is taken for an answer (`connections`), certificates are verified
(`certificates`), a body is whole and of bounded size (here and in `unpacking`), and one limit of time covers the whole
exchange, from looking up the name to the last byte.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import aiohttp
from scrapy import Request, signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, ResponseDataLossError
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached
from yarl import URL

from spiders.http.addresses import AddressRefused, is_local_literal, is_public
from spiders.http.certificates import trusted
from spiders.http.connections import Answer, open_session
from spiders.http.errors import UNMEASURED
from spiders.http.failures import translated
from spiders.http.resolver import PublicResolver
from spiders.http.unpacking import encodings, unpack
from spiders.http.vendors import VendorLimiter

CONNECT_SHARE = 4
"""The part of a request's time that each address of a host gets to connect, TLS included. So an address that accepts
and then says nothing leaves time for the next one."""


class AiohttpHandler(BaseDownloadHandler):
    """Created by Scrapy at the first request, inside the running loop, once for each scheme."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._max_bytes = min(settings.getint("DOWNLOAD_MAXSIZE"), sys.maxsize - 1)
        self._allow_private = settings.getbool("ALLOW_PRIVATE_ADDRESSES")
        self._trusted = frozenset(settings.getlist("TRUSTED_HOSTS"))
        self._extra_ca = settings.getdict("EXTRA_CA")
        # asyncio's own pool has six threads on two cores: slow name servers would let the others' time run out in it
        self._threads = ThreadPoolExecutor(settings.getint("CONCURRENT_REQUESTS"))
        self._session = open_session(PublicResolver(self._threads, self._may_be_private))
        self._vendors = VendorLimiter(settings.getint("VENDOR_CRAWLS", 1))

    async def download_request(self, request: Request) -> Response:
        """The whole answer. Raises Scrapy's download errors, and AddressRefused."""
        timeout = float(request.meta["download_timeout"])
        try:
            async with self._vendors.of(urlparse_cached(request).hostname or ""):
                return await self._exchange(request, timeout)
        except Exception as error:
            failure = translated(error, timeout)
            if kept := request.meta.get("exchange"):
                kept.failed(request.url, failure)
            if failure is error:
                raise
            raise failure from error

    async def close(self) -> None:
        """End all connections."""
        await self._session.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _exchange(self, request: Request, timeout: float) -> Response:
        url = URL(request.url, encoded=True).with_user(None)
        host = urlparse_cached(request).hostname or ""
        self._refuse_literal(host)
        async with self._session.get(
            url,
            headers=[(name.decode("latin-1"), b", ".join(values).decode("latin-1"))
                     for name, values in request.headers.items()],
            timeout=aiohttp.ClientTimeout(total=timeout, sock_connect=timeout / CONNECT_SHARE),
            ssl=trusted(self._extra_ca.get(host)),
            allow_redirects=False,
        ) as answer:  # fmt: skip
            most = min(self._max_bytes, request.meta.get("max_bytes", self._max_bytes))
            body = await _body(answer, most)
        self._count(request, body)
        if kept := request.meta.get("exchange"):
            kept.answered(request.url, answer.status, answer.raw_headers, body)
        names = encodings(answer.headers.getall("Content-Encoding", ()))
        return _response(request.url, answer, unpack(body, names, most))

    def _count(self, request: Request, body: bytes) -> None:
        """Tell whoever counts how much came, packed as it was."""
        spider = self.crawler.spider
        self.crawler.signals.send_catch_log(signals.bytes_received, data=body, request=request, spider=spider)

    def _may_be_private(self, host: str) -> bool:
        return self._allow_private or host in self._trusted

    def _refuse_literal(self, host: str) -> None:
        """An address that is written as one is not looked up, so the resolver does not see it."""
        if host != "localhost" and is_local_literal(host) and not self._may_be_private(host) and not is_public(host):
            raise AddressRefused(f"{host} is a private address")


async def _body(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """The body as it came, whole, of at most so many bytes."""
    _limit(answer.content_length or 0, most)
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        _limit(len(body), most)
    if isinstance(answer, Answer) and answer.broken():
        raise ResponseDataLossError("the connection broke before the body's end")
    return bytes(body)


def _limit(size: int, most: int) -> None:
    if size > most:
        raise DownloadCancelledError(f"the body is larger than {most} bytes")


def _response(url: str, answer: aiohttp.ClientResponse, body: bytes) -> Response:
    headers = Headers(answer.raw_headers)
    headers.pop("Content-Encoding", None)
    cls: type[Response] = responsetypes.from_args(headers=headers, url=url, body=body)
    flags = [] if _says_its_length(answer) else [UNMEASURED]
    return cls(url=url, status=answer.status, headers=headers, body=body, flags=flags)


def _says_its_length(answer: aiohttp.ClientResponse) -> bool:
    """False for a body that ends where the connection ends (HTTP/1.0): nobody can tell whether it is whole. One that is
    packed has an end of its own."""
    names = answer.headers
    chunked = "chunked" in names.get("Transfer-Encoding", "").lower()
    return chunked or "Content-Length" in names or bool(encodings(names.getall("Content-Encoding", ())))
