"""HTTP as all ways out speak it: urllib, with verified certificates, within the time limit of its thread."""

from __future__ import annotations

import ssl
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.request import HTTPHandler, HTTPSHandler, Request, build_opener, install_opener

from notifiers.time_limit import connect

MAX_HINTS = 10
"""Heads before an answer that are passed over."""


class _Final(HTTPResponse):
    """The answer after whatever a server says before it: "103 Early Hints" is none (RFC 9110, 15.2). The standard
    library itself passes over "100 Continue" alone."""

    def begin(self) -> None:
        """Read up to the body."""
        super().begin()
        for _ in range(MAX_HINTS):
            if not HTTPStatus.SWITCHING_PROTOCOLS < self.status < HTTPStatus.OK:
                return
            self.headers = None  # type: ignore[assignment] # for then another head is read
            super().begin()
        raise HTTPException("hints, and no answer")


class _Plain(HTTPConnection):
    response_class = _Final

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._create_connection = connect


class _Tls(_Plain, HTTPSConnection):
    """The same over TLS."""


class LimitedHttp(HTTPHandler):
    """Opens http:// addresses."""

    def http_open(self, req: Request) -> HTTPResponse:
        """One request, on a connection of its own."""
        return self.do_open(_Plain, req)


class LimitedHttps(HTTPSHandler):
    """Opens https:// addresses; the certificate must fit."""

    def __init__(self) -> None:
        self._verifying = ssl.create_default_context()
        super().__init__(context=self._verifying)

    def https_open(self, req: Request) -> HTTPResponse:
        """One request, on a connection of its own."""
        return self.do_open(_Tls, req, context=self._verifying)


@cache
def install() -> None:
    """Have `urllib.request.urlopen` open everything like this, for client libraries that call it."""
    install_opener(build_opener(LimitedHttp(), LimitedHttps()))
