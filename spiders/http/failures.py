"""aiohttp's failures in Scrapy's classes, which its retry middleware knows, and in words short enough for a poll."""

from __future__ import annotations

import re
import socket
import ssl

import aiohttp
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from spiders.http.addresses import AddressRefused
from spiders.http.connections import ConnectionLost

LONGEST_WORDS = 80
"""Characters of a client's own words; they may quote whatever a site sent."""


def translated(error: Exception, timeout: float) -> Exception:
    """The same failure for Scrapy; what is none of aiohttp's stays as it is. `timeout` is the request's, in seconds."""
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return DownloadTimeoutError("no connection could be made in time")
    if isinstance(error, TimeoutError):
        return DownloadTimeoutError(f"no complete answer within {timeout:g} s")
    if isinstance(error, aiohttp.InvalidURL):
        return AddressRefused(f"it leads to an address that is none ({_short(error)})")
    if isinstance(error, aiohttp.ClientConnectorError):
        return _no_connection(error)
    if isinstance(error, aiohttp.ClientResponseError):
        return DownloadFailedError(f"the answer is not HTTP ({_short(error.message)})")
    if isinstance(error, aiohttp.ClientPayloadError):
        return ResponseDataLossError("the body ended early")
    if isinstance(error, ConnectionLost):
        return DownloadFailedError("the connection was lost (it ended before the answer)")
    if isinstance(error, aiohttp.ClientError | OSError):
        return DownloadFailedError(f"the connection was lost ({_short(error)})")
    return error


def _no_connection(error: Exception) -> Exception:
    """Why a connection could not be made."""
    cause = error.__cause__
    if isinstance(cause, ssl.SSLError):
        return DownloadFailedError(f"TLS: {getattr(cause, 'verify_message', '') or cause.reason or _short(cause)}")
    if isinstance(cause, socket.gaierror):
        return CannotResolveHostError(f"the host name does not resolve ({cause.strerror})")
    if isinstance(cause, ConnectionRefusedError):
        return DownloadConnectionRefusedError("the connection was refused")
    words = cause.strerror if isinstance(cause, OSError) else None
    return DownloadFailedError(f"no connection ({_short(words or cause or error)})")


def _short(words: object) -> str:
    """One line of printable characters, of bounded length."""
    line = " ".join(re.sub(r"[^!-~]", " ", str(words)[: 4 * LONGEST_WORDS]).split()) or type(words).__name__
    return line if len(line) <= LONGEST_WORDS else line[:LONGEST_WORDS] + "…"
