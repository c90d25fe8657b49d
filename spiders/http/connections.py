"""The connections to the sites: kept open between requests, and used again only where nothing is left over."""

from __future__ import annotations

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection

KEEP_SECONDS = 60.0
"""How long a connection stays open unused. Vendors' hosts share four requests, so the next one may take a while."""
DNS_SECONDS = 600
"""How long a name's addresses are remembered. aiohttp begins with another of them each time, so a request that is made
again because one address did not answer goes to the next."""
LONGEST_LINE = 1 << 16
"""Bytes of a line in an answer's head, as Python's own client allows."""


class CleanConnector(aiohttp.TCPConnector):
    """Never uses a connection again on which bytes came that nobody asked for: aiohttp would take them for the next
    request's answer, and each page would be read under the address of another."""

    async def connect(self, req: aiohttp.ClientRequest, traces: list[aiohttp.tracing.Trace],
                      timeout: aiohttp.ClientTimeout) -> Connection:  # fmt: skip
        """A new connection, or a kept one without leftovers. There is at most one kept connection to a host."""
        connection = await super().connect(req, traces, timeout)
        if connection.protocol is not None and connection.protocol.should_close:
            connection.close()
            connection = await super().connect(req, traces, timeout)
        return connection


class ConnectionLost(aiohttp.ClientError):
    """The connection ended before an answer. aiohttp does not know it and so does not ask again by itself: Scrapy does,
    once, and after the delay that is due to the site."""


class Answer(aiohttp.ClientResponse):
    """An answer that can tell whether the connection broke while its body was read. aiohttp takes a body without a
    length for whole even if the connection was reset in the middle of it."""

    _protocol_used: ResponseHandler | None = None

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        """Read the head; aiohttp skips interim answers (100 to 199) before it. Raises ConnectionLost."""
        self._protocol_used = connection.protocol
        try:
            return await super().start(connection)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
            raise ConnectionLost(error) from error

    def broken(self) -> bool:
        """True if the connection ended by an error and not by the other side's orderly end."""
        return self._protocol_used is not None and isinstance(self._protocol_used.exception(), aiohttp.ClientOSError)


def open_session(resolver: aiohttp.abc.AbstractResolver) -> aiohttp.ClientSession:
    """A session with one connection a host, no cookies, and bodies as they come. To be called in a running loop."""
    connector = CleanConnector(
        resolver=resolver, ttl_dns_cache=DNS_SECONDS, limit=0, limit_per_host=1, keepalive_timeout=KEEP_SECONDS
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        response_class=Answer,
        skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
        max_line_size=LONGEST_LINE,
        max_field_size=LONGEST_LINE,
    )
