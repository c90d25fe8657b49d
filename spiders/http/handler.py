"""Scrapy's download handler for http and https on the standard library's client.

It exists for two reasons, both measured or shown by tests: it connects to the very address that was checked, so a
name that resolves to a private address is refused without a connection; and it saves a quarter of a crawl's CPU
time, most of which is importing a second HTTP stack. One connection a host, kept open; sizes and the whole time of
an exchange are bounded; a body shorter than promised is an error.
"""

from __future__ import annotations

import asyncio
import functools
import http.client
import socket
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from spiders.http.addresses import AddressRefused, open_socket

CHUNK = 1 << 16
Tls = Callable[[], ssl.SSLContext]


class PlainHttpHandler:
    """One `Line` a host; an exchange runs in a worker thread and never longer than the request's timeout."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self._max_bytes = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._verify = crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
        self._trusted = frozenset(crawler.settings.getlist("TRUSTED_HOSTS"))
        self._extra_ca: dict[str, str] = crawler.settings.getdict("EXTRA_CA")
        self._allow_private = crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES")
        self._lines: dict[tuple[str, str], Line] = {}
        # asyncio's own pool has six threads on two cores: slow hosts would let the others' time run out in its queue
        self._threads = ThreadPoolExecutor(crawler.settings.getint("CONCURRENT_REQUESTS"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PlainHttpHandler:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """The whole answer; raises Scrapy's own download errors."""
        timeout = float(request.meta["download_timeout"])
        line = self._line(request.url, timeout)
        try:
            exchange = asyncio.get_running_loop().run_in_executor(self._threads, line.exchange, request)
            return await asyncio.wait_for(exchange, timeout)
        except TimeoutError as error:
            line.hang_up()
            raise DownloadTimeoutError(f"no complete answer within {timeout:g} s") from error

    def _line(self, url: str, timeout: float) -> Line:
        parts = urlsplit(url)
        key = (parts.scheme, parts.netloc)
        line = self._lines.get(key)
        if line is None or line.dead:
            host = parts.hostname or ""
            private = self._allow_private or host in self._trusted
            tls = functools.partial(_tls_context, self._verify, self._extra_ca.get(host))
            line = self._lines[key] = Line(parts.scheme, parts.netloc, timeout, private, tls, self._max_bytes)
        return line

    async def close(self) -> None:
        for line in self._lines.values():
            line.hang_up()
        self._threads.shutdown(wait=False)


class Line:
    """A connection to one host, opened when needed and again when the host has closed it."""

    def __init__(self, scheme: str, netloc: str, timeout: float, private: bool, tls: Tls, max_bytes: int) -> None:
        self._connection = _connection(scheme, netloc.rpartition("@")[2], timeout, private, tls)
        self._max_bytes = max_bytes
        self._one_at_a_time = threading.Lock()  # a redirect may lead to a host that is being asked already
        self.dead = False

    def hang_up(self) -> None:
        """Close from outside; a thread that still reads wakes up with an error."""
        self.dead = True
        sock = self._connection.sock
        if sock is not None:
            _shut(sock)
        self._connection.close()

    def exchange(self, request: Request) -> Response:
        """Send the request and read the answer, translating the client's errors into Scrapy's."""
        try:
            with self._one_at_a_time:
                self._wait_for(float(request.meta["download_timeout"]))
                return self._read(request, self._ask(request))
        except AddressRefused:
            raise
        except Exception as error:
            self._connection.close()
            raise _translated(error) from error

    def _wait_for(self, timeout: float) -> None:
        """The patience of one request; the one before may have had less."""
        self._connection.timeout = timeout
        if self._connection.sock is not None:
            self._connection.sock.settimeout(timeout)

    def _ask(self, request: Request) -> http.client.HTTPResponse:
        reused = self._connection.sock is not None
        try:
            return self._send(request)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()
            if not reused:
                raise
            return self._send(request)

    def _send(self, request: Request) -> http.client.HTTPResponse:
        parts = urlsplit(request.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {k.decode("latin-1"): b", ".join(v).decode("latin-1") for k, v in request.headers.items()}
        self._connection.request("GET", path, headers=headers)
        return self._connection.getresponse()

    def _read(self, request: Request, answer: http.client.HTTPResponse) -> Response:
        promised = answer.length
        self._limit(promised or 0)
        body = bytearray()
        while chunk := answer.read1(CHUNK):
            body += chunk
            self._limit(len(body))
        answer.close()  # read1 leaves a fully read answer open, and the connection would refuse the next request
        if promised is not None and len(body) < promised:
            raise ResponseDataLossError(f"{len(body)} of {promised} bytes came")
        return _response(request.url, answer, bytes(body))

    def _limit(self, size: int) -> None:
        if 0 < self._max_bytes < size:
            raise DownloadCancelledError(f"the body is larger than {self._max_bytes} bytes")


def _connection(scheme: str, netloc: str, timeout: float, private: bool, tls: Tls) -> http.client.HTTPConnection:
    if scheme == "http":
        return _Plain(netloc, timeout, private)
    return _Tls(netloc, timeout, private, tls())


@functools.cache
def _tls_context(verify: bool, extra_ca: str | None = None) -> ssl.SSLContext:
    """One for all hosts: to read the trusted certificates takes 50 ms of CPU each time. A host with certificates of
    its own (`extra_ca`) has its own; they help to find the way to a trusted root and do not replace one."""
    context = ssl.create_default_context() if verify else ssl._create_unverified_context()  # noqa: S323
    if extra_ca and verify:
        context.verify_flags &= ~ssl.VERIFY_X509_PARTIAL_CHAIN  # from Python 3.13 on any of them would be an end
        context.load_verify_locations(extra_ca)
    return context


class _Plain(http.client.HTTPConnection):
    def __init__(self, netloc: str, timeout: float, private: bool) -> None:
        super().__init__(netloc, timeout=timeout)
        self._private = private

    def connect(self) -> None:
        self.sock = open_socket(self.host, self.port, self.timeout or 60.0, self._private)


class _Tls(http.client.HTTPSConnection):
    def __init__(self, netloc: str, timeout: float, private: bool, context: ssl.SSLContext) -> None:
        super().__init__(netloc, timeout=timeout, context=context)
        self._private = private
        self._tls = context

    def connect(self) -> None:
        sock = open_socket(self.host, self.port, self.timeout or 60.0, self._private)
        try:
            self.sock = self._tls.wrap_socket(sock, server_hostname=self.host)
        except OSError:
            sock.close()
            raise


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # already closed by the other side, which is what was wanted


def _response(url: str, answer: http.client.HTTPResponse, body: bytes) -> Response:
    headers = Headers([(k.encode("latin-1"), v.encode("latin-1", "replace")) for k, v in answer.getheaders()])
    cls: Any = responsetypes.from_args(headers=headers, url=url, body=body)
    response: Response = cls(url=url, status=answer.status, headers=headers, body=body)
    return response


def _translated(error: Exception) -> Exception:
    """The same failure in Scrapy's words, which its retry middleware knows."""
    if isinstance(error, ssl.SSLError):
        return DownloadFailedError(f"TLS: {getattr(error, 'verify_message', '') or error.reason or error}")
    if isinstance(error, TimeoutError):
        return DownloadTimeoutError("the connection timed out")
    if isinstance(error, socket.gaierror):
        return CannotResolveHostError(f"the host name does not resolve ({error.strerror})")
    if isinstance(error, ConnectionRefusedError):
        return DownloadConnectionRefusedError("the connection was refused")
    if isinstance(error, http.client.IncompleteRead):
        return ResponseDataLossError("the body ended early")
    if isinstance(error, http.client.HTTPException | OSError):
        return DownloadFailedError(f"the connection was lost ({str(error) or type(error).__name__})")
    return error
