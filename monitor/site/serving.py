"""Serves a site's folder over HTTP: GET and HEAD alone, with caching headers and the policies that HTML cannot state.

WhiteNoise looks each file up when it is asked for (`autorefresh`): the files change while they are served, and headers
that were made at an earlier look would not fit them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

from monitor.site.frame import policy

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FRESH_SECONDS = 60
"""A browser asks again after so long, and gets "not modified" where nothing has changed."""
TYPES = {".atom": "application/atom+xml", ".ics": "text/calendar", ".json": "application/json",
         ".pf_meta": "application/octet-stream", ".pf_fragment": "application/octet-stream",
         ".pf_index": "application/octet-stream", ".pf_filter": "application/octet-stream",
         ".pagefind": "application/octet-stream", ".db": "application/vnd.sqlite3"}  # fmt: skip
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
MISSING = "404.html"
SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)


def application(folder: Path) -> WSGIApplication:
    """A WSGI application that serves a folder."""
    inner = partial(not_found, folder)
    files: WSGIApplication = WhiteNoise(
        inner,
        root=str(folder),
        autorefresh=True,
        max_age=FRESH_SECONDS,
        allow_all_origins=False,
        index_file=True,
        mimetypes=TYPES,
        add_headers_function=_add_headers,
    )

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Names that begin with a dot are the builder's own."""
        hidden = any(part.startswith(".") for part in environ.get("PATH_INFO", "").split("/"))
        return (inner if hidden else files)(environ, start)

    return app


def _add_headers(headers: Headers, path: str, url: str) -> None:
    for name, value in SECURITY:
        headers[name] = value
    if path.endswith(".html"):
        headers["Content-Security-Policy"] = _page_policy(url)
    elif path.endswith(".svg"):
        headers["Content-Security-Policy"] = PICTURE_POLICY


def _page_policy(url: str) -> str:
    """That of the page itself, and that nobody shows it inside another page."""
    return policy(scripted=url == "/search/") + "; frame-ancestors 'none'"


def not_found(folder: Path, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """What is answered where there is no file: the site's own page, or 405 to what is not a question."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        start("405 Method Not Allowed", [("Allow", "GET, HEAD"), ("Content-Type", "text/plain"), *SECURITY])
        return [b"only GET and HEAD are answered\n"]
    try:
        body, kind = (folder / MISSING).read_bytes(), "text/html; charset=utf-8"
    except OSError:
        body, kind = b"the site has not been written yet\n", "text/plain"
    security = (("Content-Security-Policy", _page_policy("")), *SECURITY)
    start("404 Not Found", [("Content-Type", kind), ("Content-Length", str(len(body))), *security])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
