"""HTTP as all ways out speak it: urllib, with verified certificates, within the time limit of its thread."""

from __future__ import annotations

import ssl
from functools import cache
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.request import HTTPHandler, HTTPSHandler, Request, build_opener, install_opener

from notifiers.time_limit import connect


class _Plain(HTTPConnection):
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
